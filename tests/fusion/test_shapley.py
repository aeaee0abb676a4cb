from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.modality import MODALITIES, Modality, modality_subsets
from classroom_analyzer.fusion.shapley import shapley_values


@given(st.lists(st.floats(0, 1), min_size=8, max_size=8))
def test_values_sum_to_the_estimate_minus_the_prior(estimates):
    table = dict(zip(modality_subsets(), estimates, strict=True))
    shares = shapley_values(table.__getitem__)
    assert sum(shares.values()) == pytest.approx(table[frozenset(MODALITIES)] - table[frozenset()], abs=1e-12)


def test_a_sum_of_parts_gives_each_its_part():
    parts = {Modality.VISION: 0.2, Modality.AUDIO: -0.1, Modality.TEXT: 0.05}
    shares = shapley_values(lambda subset: sum(parts[m] for m in subset))
    assert shares == pytest.approx(parts)


def test_what_only_two_reach_together_is_shared_between_them():
    both = frozenset({Modality.VISION, Modality.AUDIO})
    shares = shapley_values(lambda subset: 1.0 if both <= subset else 0.0)
    assert shares == pytest.approx({Modality.VISION: 0.5, Modality.AUDIO: 0.5, Modality.TEXT: 0.0})
