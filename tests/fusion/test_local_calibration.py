from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.fusion.local_calibration import UNCALIBRATED, Coefficients, LocalCalibrator
from tests.marked_class import PRIOR, estimate_of

SURE = np.zeros((4, 4))


def coefficients(intercept: float, gains: tuple[float, float, float], covariance=SURE) -> Coefficients:
    return Coefficients(intercept, 2.0, np.array(gains), covariance)


@pytest.mark.parametrize("contributions", [(0.1, -0.05, 0.02), (0.3, 0.2, 0.1), (-0.4, None, -0.1), (0.0, None, None)])
@pytest.mark.parametrize("gains", [(2.0, 2.0, 2.0), (3.0, 0.5, -1.0), (0.0, 0.0, 0.0)])
def test_contributions_sum_to_the_calibrated_level_minus_its_prior_also_where_it_is_cut(contributions, gains):
    line = LocalCalibrator(coefficients(0.55, gains), 0.0).line(estimate_of(contributions))
    assert line.engagement is not None
    assert 0 <= line.engagement <= 1
    used = [w for w in line.contribution if w is not None]
    assert sum(used) == pytest.approx(line.engagement - 0.55, abs=1e-12)
    assert [w is None for w in line.contribution] == [w is None for w in contributions]
    wanted = 0.55 + sum(c * (w or 0) for c, w in zip(gains, contributions, strict=True))
    assert line.engagement == pytest.approx(min(max(wanted, 0), 1))


def test_contributions_that_cancel_out_stay_as_they_are():
    given = (0.3, -0.1, -0.2)  # sums to -3e-17
    line = LocalCalibrator(coefficients(0.55, (1.0, 1.0, 1.0)), 0.0).line(estimate_of(given))
    assert line.contribution == pytest.approx(given)


def test_a_slope_of_one_and_equal_weights_leave_the_line_as_it_was():
    given = estimate_of((0.1, -0.05, 0.02))
    line = LocalCalibrator(Coefficients(PRIOR, 1.0, np.ones(3), SURE), 0.0).line(given)
    assert line.engagement == pytest.approx(given.engagement)
    assert (line.low, line.high) == pytest.approx((given.low, given.high))
    assert line.contribution == pytest.approx(given.contribution)


def test_the_band_grows_with_the_slope_and_with_how_unsure_the_fit_is():
    given = estimate_of((0.05, 0.0, None))
    plain, steep, unsure = (
        LocalCalibrator(coefficients(0.5, gains, covariance), 0.0).line(given)
        for gains, covariance in [((1, 1, 1), SURE), ((2, 1, 9), SURE), ((1, 1, 1), np.eye(4) * 0.02)]
    )
    assert steep.high - steep.low == pytest.approx(2 * (plain.high - plain.low))
    assert unsure.high - unsure.low > plain.high - plain.low
    flat = LocalCalibrator(coefficients(0.5, (0.2, 0.2, 0.2)), 0.0).line(given)
    assert flat.high - flat.low == pytest.approx(plain.high - plain.low)
    for line in (plain, steep, unsure, flat):
        assert line.low < line.engagement < line.high
        assert sum(line.level_probabilities) == pytest.approx(1)


def test_a_line_that_no_longer_tells_low_from_not_low_abstains():
    line = LocalCalibrator(coefficients(0.5, (0.1, 0.1, 0.1)), 0.8).line(estimate_of((0.1, 0.0, 0.0)))
    assert line.status is EstimateStatus.UNCERTAIN
    assert line.engagement is None
    assert line.contribution == (None, None, None)


def test_a_window_that_abstained_stays_as_it_is():
    given = replace(estimate_of((0.1, None, None)), engagement=None, low=None, high=None)
    assert LocalCalibrator(coefficients(0.5, (1, 1, 1)), 0.0).line(given) == given


def test_a_bundle_that_is_switched_off_gives_no_line_and_no_seats():
    off = LocalCalibrator(None, 0.0)
    line = off.line(estimate_of((0.1, 0.0, 0.0)))
    assert (line.engagement, line.status) == (None, EstimateStatus.UNCERTAIN)
    seats = (SeatEstimate(60, 1, 0.7, 0.6, 0.8, 0.9, EstimateStatus.OK),
             SeatEstimate(60, 2, None, None, None, 0.0, EstimateStatus.TOO_SMALL))  # fmt: skip
    assert [row.engagement for row in off.seats(seats)] == [None, None]
    assert off.seats(seats)[1] == seats[1]
    assert LocalCalibrator(coefficients(0.5, (1, 1, 1)), 0.0).seats(seats) == seats


def test_what_the_bundle_itself_said_is_kept():
    rows = LocalCalibrator(None, 0.0).uncalibrated(estimate_of((0.1, None, 0.02)))
    assert [row.name for row in rows] == list(UNCALIBRATED)
    assert [row.value for row in rows] == [pytest.approx(0.72), 0.1, None, 0.02]
