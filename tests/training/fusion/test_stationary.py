from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import EstimateStatus
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.training.fusion.class_lines import ClassLines
from classroom_analyzer.training.fusion.stationary import dips, stationary_lessons, wilson
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS
from tests.fusion.fusion_samples import USUAL
from tests.training.fusion.fusion_bundles import untrained_bundle

SCALE = {m: 0.2 * np.array(USUAL[m]) + 0.05 for m in MODALITIES}


def lines(engagement: np.ndarray, half: float = 0.05) -> ClassLines:
    n = len(engagement)
    return ClassLines(
        group=np.zeros(n, int),
        t_s=np.arange(1, n + 1),
        truth=np.full(n, 0.6),
        engagement=engagement,
        low=engagement - half,
        high=engagement + half,
        low_probability=np.full(n, 0.2),
        uses_vision=np.ones(n, bool),
        status=(EstimateStatus.OK,) * n,
        shapley_gap=np.zeros(n),
    )


def test_a_dip_is_a_stretch_of_two_minutes_below_the_lessons_median():
    engagement = np.full(600, 0.6)
    engagement[120:240] = 0.4
    assert [round(d, 2) for d in dips(lines(engagement))] == [0, -0.15, 0, 0, 0]
    assert dips(lines(engagement, half=0.25)) == [0] * 5


def test_windows_without_an_estimate_make_a_gap_and_no_dip():
    engagement = np.full(600, 0.6)
    engagement[120:240] = 0.4
    engagement[120:185] = np.nan
    assert dips(lines(engagement)) == [0] * 5
    assert dips(lines(np.full(600, np.nan))) == []


def test_a_line_that_never_speaks_shows_no_dip_and_the_abstention_says_so():
    bundle = untrained_bundle()
    mute = replace(bundle, calibration=replace(bundle.calibration, tau=1.1))
    found = stationary_lessons(mute, TRAINING_WORLDS[:1], 1, 0, first_class_id=5, every_s=120)
    assert found["without_dip"] == 1
    assert found["abstained"] == 1


def test_the_interval_of_a_share_is_wilsons():
    low, high = wilson(9, 10)
    assert low == pytest.approx(0.596, abs=1e-3)
    assert high == pytest.approx(0.982, abs=1e-3)
    assert wilson(0, 10)[0] == 0
