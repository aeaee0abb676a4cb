from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.domain.readings import FineFigures, SeatSecond
from classroom_analyzer.storage.seat_rows import SEAT_VALUE_NAMES, pack_seat, unpack_seats

numbers = st.none() | st.floats(-1e6, 1e6)
shares = st.floats(0, 1)


@given(shares, numbers, numbers, numbers, numbers, numbers, shares, numbers, numbers, numbers)
def test_values_come_back_as_they_were_measured(
    presence, facing, movement, yaw, pitch, iod, quality, novelty, ear, gaze
):
    fine = FineFigures(ear=ear, gaze_target=gaze)
    second = SeatSecond(3, presence, facing, movement, yaw, pitch, iod, quality, novelty, "ok", 0.25, 0.75, fine)
    back, measured, judged = unpack_seats([pack_seat(second, None)])
    values = [None if math.isnan(v) else v for v in back[0]]
    assert values[:7] == [presence, facing, movement, yaw, pitch, iod, novelty]
    assert dict(zip(SEAT_VALUE_NAMES, values, strict=False)) | {"ear": ear, "gaze_target": gaze, "perclos": None} == (
        dict(zip(SEAT_VALUE_NAMES, values, strict=False))
    )
    assert values[len(SEAT_VALUE_NAMES) :] == [0.25, 0.75, quality, None, None, None, None]
    assert (measured, judged) == (["ok"], [""])


def test_an_estimate_comes_back_with_its_interval():
    estimate = SeatEstimate(4, 3, 0.5, 0.3, 0.7, 0.9, EstimateStatus.OK)
    back, measured, judged = unpack_seats([pack_seat(None, estimate)])
    assert back[0, -4:].tolist() == [0.5, 0.3, 0.7, 0.9]
    assert (measured, judged) == ([""], ["ok"])


def test_of_an_excluded_seat_only_the_status_is_kept():
    second = SeatSecond(3, 1.0, 1.0, 0.2, 1.0, 1.0, 30.0, 1.0, 0.1, "excluded")
    back, measured, _ = unpack_seats([pack_seat(second, None)])
    assert np.isnan(back).all()
    assert measured == ["excluded"]
