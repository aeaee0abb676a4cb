from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.readings import Reading, SeatSecond
from classroom_analyzer.perception.vision.readings import ReadingWindow


def row(seat: int, presence: float = 1.0, facing: float | None = 1.0, movement: float | None = 0.5) -> SeatSecond:
    return SeatSecond(seat, presence, facing, movement, 0.0, 0.0, 30.0, 0.8, None, "ok")


def read(*seconds: list[SeatSecond] | None) -> dict[str, Reading]:
    window = ReadingWindow()
    for rows in seconds:
        readings = window.close(rows or [], rows is not None)
    return {reading.name: reading for reading in readings}


def test_names_and_units_are_those_of_the_catalogue():
    assert [(r.name, r.unit) for r in read([row(1)]).values()] == [
        ("face_presence", "share"), ("facing_target", "share"), ("facing_target.low", "share"),
        ("facing_target.high", "share"), ("movement", "1/s"), ("synchrony", "r"), ("gaze_target", "deg"),
        ("ear", "ratio"), ("blink_rate", "/min"), ("perclos", "share"), ("hand_raise", "/10 min"),
    ]  # fmt: skip


def test_below_seven_of_ten_seconds_nothing_is_said():
    assert all(r.value is None and r.quality is None for r in read(*[[row(1)]] * 6).values())
    assert read(*[[row(1)]] * 7)["face_presence"].value == 1.0


def test_the_window_forgets_what_is_older_than_ten_seconds():
    readings = read(*[[row(1, facing=0.0)]] * 5, *[[row(1)]] * 10)
    assert readings["facing_target"].value == 1.0


def test_seconds_without_a_frame_lower_the_coverage():
    assert read(*[[row(1)]] * 6, *[None] * 4)["movement"].value is None
    assert read(*[[row(1)]] * 7, *[None] * 3)["movement"].value == 0.5


def test_presence_is_the_mean_over_seats_and_time():
    reading = read(*[[row(1), row(2, presence=0.5)]] * 10)["face_presence"]
    assert (reading.value, reading.n, reading.quality) == (0.75, 2, 1.0)


def test_absent_seats_do_not_count_as_unmeasured():
    readings = read(*[[row(1), row(2, 0.0, None, None)]] * 10)
    assert readings["facing_target"].value == 1.0
    assert readings["facing_target"].n == 1


def test_seats_too_small_to_measure_lower_the_coverage_of_facing_alone():
    readings = read(*[[row(1), row(2, facing=None)]] * 10)
    assert readings["facing_target"].value is None
    assert readings["movement"].value == 0.5


def test_hand_raise_is_never_measured():
    assert read(*[[row(1)]] * 10)["hand_raise"].value is None


def seconds_of(series: np.ndarray) -> list[list[SeatSecond]]:
    return [[row(i + 1, movement=float(v)) for i, v in enumerate(column)] for column in series.T]


def test_synchrony_is_the_mean_correlation_of_all_pairs_of_five_or_more_seats():
    series = np.random.default_rng(0).random((6, 10))
    expected = np.corrcoef(series)[np.triu_indices(6, 1)].mean()
    assert read(*seconds_of(series))["synchrony"].value == pytest.approx(expected)
    assert read(*seconds_of(series[:4]))["synchrony"].value is None


def test_seats_that_never_move_have_no_synchrony():
    assert read(*seconds_of(np.zeros((6, 10))))["synchrony"].value is None
