from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.fusion.index import MIDDLE, TERMS, AdditiveIndex
from tests.fusion.fusion_samples import windows

VISION_ONLY = np.array([[True, False, False]])


def facing(share: float, phase: Phase) -> float:
    batch = windows(1, phase)
    values = batch.values[Modality.VISION].copy()
    values[..., 1] = share
    batch = replace(batch, values={**batch.values, Modality.VISION: values})
    return float(AdditiveIndex().predict(batch, VISION_ONLY).engagement[0, 0])


@pytest.mark.parametrize("phase", [Phase.LECTURE, Phase.DIALOGUE])
def test_facing_the_target_raises_the_index_where_there_is_something_to_look_at(phase):
    assert facing(0.9, phase) > facing(0.1, phase)


@pytest.mark.parametrize("phase", [Phase.SILENT_WORK, Phase.GROUP_WORK])
def test_facing_away_costs_nothing_in_silent_and_group_work(phase):
    assert facing(0.0, phase) == facing(1.0, phase)


def test_without_evidence_the_index_is_the_middle():
    result = AdditiveIndex().predict(windows(2), np.zeros((2, 3), bool))
    assert (result.engagement == MIDDLE).all()


def test_every_term_names_a_column():
    AdditiveIndex().predict(windows(1), np.ones((1, 3), bool))
    assert len({(t.modality, t.name) for t in TERMS}) == len(TERMS)


def test_levels_are_ordered():
    logits = AdditiveIndex().predict(windows(5), np.ones((5, 3), bool)).cumulative_logits
    assert (np.diff(logits, axis=-1) < 0).all()
