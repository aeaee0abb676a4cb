from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.domain.readings import SeatSecond
from classroom_analyzer.storage.seat_rows import pack_seat, unpack_seats

numbers = st.none() | st.floats(-1e6, 1e6)
shares = st.floats(0, 1)


@given(shares, numbers, numbers, numbers, numbers, numbers, shares, numbers)
def test_values_come_back_as_they_were_measured(presence, facing, movement, yaw, pitch, iod, quality, novelty):
    second = SeatSecond(3, presence, facing, movement, yaw, pitch, iod, quality, novelty, "ok")
    back, measured, judged = unpack_seats([pack_seat(second, None)])
    values = (presence, facing, movement, yaw, pitch, iod, novelty, quality)
    assert [None if math.isnan(v) else v for v in back[0]] == [*values, None, None, None, None]
    assert (measured, judged) == (["ok"], [""])


def test_an_estimate_comes_back_with_its_interval():
    estimate = SeatEstimate(4, 3, 0.5, 0.3, 0.7, 0.9, EstimateStatus.OK)
    back, measured, judged = unpack_seats([pack_seat(None, estimate)])
    assert back[0, 8:].tolist() == [0.5, 0.3, 0.7, 0.9]
    assert (measured, judged) == ([""], ["ok"])


def test_of_an_excluded_seat_only_the_status_is_kept():
    second = SeatSecond(3, 1.0, 1.0, 0.2, 1.0, 1.0, 30.0, 1.0, 0.1, "excluded")
    back, measured, _ = unpack_seats([pack_seat(second, None)])
    assert np.isnan(back).all()
    assert measured == ["excluded"]
