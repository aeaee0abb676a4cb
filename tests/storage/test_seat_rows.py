from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.domain.readings import SeatSecond
from classroom_analyzer.storage.seat_rows import SEAT_VALUE_NAMES, pack_seat, unpack_seat

numbers = st.none() | st.floats(-1e6, 1e6)
shares = st.floats(0, 1)


@given(shares, numbers, numbers, numbers, numbers, numbers, shares, numbers)
def test_rows_come_back_as_they_were_measured(presence, facing, movement, yaw, pitch, iod, quality, novelty):
    second = SeatSecond(3, presence, facing, movement, yaw, pitch, iod, quality, novelty, "ok")
    rows = list(unpack_seat(pack_seat(second, None)))
    values = (presence, facing, movement, yaw, pitch, iod, novelty)
    assert rows == [
        (name, value, None, None, quality, "ok") for name, value in zip(SEAT_VALUE_NAMES, values, strict=True)
    ]


def test_an_estimate_is_one_row_with_its_interval():
    estimate = SeatEstimate(4, 3, 0.5, 0.3, 0.7, 0.9, EstimateStatus.OK)
    assert list(unpack_seat(pack_seat(None, estimate))) == [("engagement", 0.5, 0.3, 0.7, 0.9, "ok")]


def test_of_an_excluded_seat_only_the_status_is_kept():
    second = SeatSecond(3, 1.0, 1.0, 0.2, 1.0, 1.0, 30.0, 1.0, 0.1, "excluded")
    assert {row[1:] for row in unpack_seat(pack_seat(second, None))} == {(None, None, None, None, "excluded")}
