from __future__ import annotations

import pytest

from classroom_analyzer.perception.novelty import novelty_factor


def test_usual_input_and_input_without_a_novelty_keep_their_quality() -> None:
    assert novelty_factor(None) == 1
    assert novelty_factor(-2.0) == 1
    assert novelty_factor(3.0) == 1


def test_quality_falls_with_novelty_and_never_reaches_zero() -> None:
    assert novelty_factor(6.0) == pytest.approx(1 / 2)
    assert novelty_factor(9.0) == pytest.approx(1 / 3)
    assert novelty_factor(1e9) > 0
