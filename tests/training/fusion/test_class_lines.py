from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import EstimateStatus
from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.index import AdditiveIndex
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.fusion.novelty import fit_gauge
from classroom_analyzer.training.bootstrap import draw_groups
from classroom_analyzer.training.fusion.class_lines import ClassLines, class_lines, line_summary
from classroom_analyzer.training.fusion.temperatures import fit_calibration
from classroom_analyzer.training.simulator.classes import simulate_classes
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS

WORLD = TRAINING_WORLDS[0]
NAN = float("nan")
LINES = ClassLines(
    group=np.array([1, 1, 2, 2]),
    t_s=np.array([30, 60, 30, 60]),
    truth=np.array([0.4, 0.6, 0.7, 0.3]),
    engagement=np.array([0.45, 0.4, NAN, 0.35]),
    low=np.array([0.35, 0.3, NAN, 0.2]),
    high=np.array([0.55, 0.5, NAN, 0.5]),
    low_probability=np.array([0.7, 0.8, NAN, 0.9]),
    uses_vision=np.array([True, True, False, False]),
    status=(EstimateStatus.OK, EstimateStatus.OK, EstimateStatus.UNCERTAIN, EstimateStatus.OK),
    shapley_gap=np.zeros(4),
)


@pytest.fixture(scope="module")
def bundle():
    train, other = simulate_classes(WORLD, 12, seed=1), simulate_classes(WORLD, 12, seed=1, first_class_id=100)
    gauges = {m: fit_gauge(WINDOWS[m], train.batch, other.batch) for m in MODALITIES}
    calibration, _ = fit_calibration(AdditiveIndex(), train, other)
    return FusionBundle(FusionKind.ATTENTION, AdditiveIndex(), calibration, gauges, {})


@pytest.fixture(scope="module")
def whole_classes():
    return simulate_classes(WORLD, 3, seed=9, times_per_class=4, students_per_time=None)


def test_lines_are_one_per_class_and_time_and_their_bands_hold_their_estimates(bundle, whole_classes):
    lines = class_lines(bundle, whole_classes)
    assert len(lines.truth) == 12
    assert sorted(set(lines.group.tolist())) == [0, 1, 2]
    assert (lines.low[lines.used] <= lines.engagement[lines.used]).all()
    assert 0 <= line_summary(lines)["band_coverage"] <= 1


def test_contributions_sum_to_the_estimate_minus_the_prior(bundle, whole_classes):
    lines = class_lines(bundle, whole_classes)
    assert lines.used.any()
    assert np.abs(lines.shapley_gap[lines.used]).max() < 1e-9


def test_a_threshold_can_be_set_afterwards(bundle, whole_classes):
    lines = class_lines(bundle, whole_classes)  # this bundle has none
    tau = float(np.nanmedian(lines.sureness))
    limited = class_lines(replace(bundle, calibration=replace(bundle.calibration, tau=tau)), whole_classes)
    shown = lines.above(tau)
    assert shown.status == limited.status
    assert EstimateStatus.UNCERTAIN in shown.status
    np.testing.assert_array_equal(shown.engagement, limited.engagement)
    np.testing.assert_array_equal(shown.uses_vision, limited.uses_vision)


def test_a_summary_counts_abstention_by_reason_and_scores_only_what_was_said():
    found = line_summary(LINES)
    assert found["n"] == 4
    assert found["abstained"] == 0.25
    assert found["abstained_because"] == {"uncertain": 0.25}
    assert found["band_coverage"] == pytest.approx(2 / 3)
    assert found["band_width"] == pytest.approx((0.2 + 0.2 + 0.3) / 3)
    assert found["mse"] == pytest.approx((0.05**2 + 0.2**2 + 0.05**2) / 3)
    assert found["selective_error"] == pytest.approx(1 / 3)  # 0.6 was called low


def test_intervals_of_lines_draw_whole_classes():
    found = line_summary(LINES, draw_groups(LINES.group, 0))
    assert found["classes"] == 2
    assert found["ci95"]["band_coverage"] == (0.5, 1.0)  # class 1 has one of two inside, class 2 its only one
    assert found["ci95"]["abstained"] == (0.0, 0.5)


def test_lines_that_all_abstain_have_no_scores():
    nothing = replace(LINES, engagement=np.full(4, NAN), status=(EstimateStatus.NO_MODALITY,) * 4)
    found = line_summary(nothing, draw_groups(LINES.group, 0, draws=20))
    assert found["abstained"] == 1
    assert found["mse"] is None
    assert found["ci95"]["mse"] is None
