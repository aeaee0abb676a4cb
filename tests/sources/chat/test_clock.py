from __future__ import annotations

import pytest

from classroom_analyzer.sources.chat.clock import place
from classroom_analyzer.sources.chat.lines import Clock, Stamp
from classroom_analyzer.sources.chat.stamps import parse_stamp


def written(*texts: str) -> list[Stamp]:
    return [parse_stamp(text) for text in texts]


def test_times_inside_the_recording_count_from_its_start():
    placed = place(written("00:00:05", "00:10:00"), duration_s=601.0, start_clock=None)
    assert placed.times_s == (5.0, 600.0)
    assert "inside the recording" in placed.rule


def test_times_of_day_without_a_known_start_begin_at_the_first_message_and_say_so():
    placed = place(written("10:15:05", "10:15:30"), duration_s=60.0, start_clock=None)
    assert placed.times_s == (0.0, 25.0)
    assert "--chat-start" in placed.rule


def test_a_given_start_overrides_the_guess():
    placed = place(written("00:00:20", "00:00:30"), duration_s=60.0, start_clock="00:00:10")
    assert placed.times_s == (10.0, 20.0)
    assert "00:00:10" in placed.rule


def test_times_go_on_over_midnight():
    placed = place(written("23:59:50", "00:00:10"), duration_s=60.0, start_clock="23:59:40")
    assert placed.times_s == (10.0, 30.0)


def test_a_first_message_after_midnight_belongs_to_a_lesson_that_began_before():
    assert place(written("00:00:10"), duration_s=60.0, start_clock="23:59:50").times_s == (20.0,)


def test_times_that_fall_a_little_stay_on_the_same_day():
    assert place(written("10:00:10", "10:00:08"), duration_s=60.0, start_clock="10:00:00").times_s == (10.0, 8.0)


def test_stated_seconds_are_never_moved():
    placed = place(written("1.5", "7"), duration_s=60.0, start_clock="10:00:00")
    assert placed.times_s == (1.5, 7.0)
    assert "as the file states" in placed.rule


def test_dates_place_messages_of_two_days():
    placed = place(written("2026-11-23T23:59:50", "2026-11-24T00:00:10Z"), duration_s=60.0, start_clock=None)
    assert placed.times_s == (0.0, 20.0)


def test_without_a_length_early_times_count_from_the_start():
    assert place(written("00:30:00"), duration_s=None, start_clock=None).times_s == (1800.0,)
    assert place(written("10:30:00"), duration_s=None, start_clock=None).times_s == (0.0,)


@pytest.mark.parametrize(
    "value", [True, None, "soon", "25", -1, 1e300, float("nan"), float("inf"), 10**400, "1:99:00", [], ""]
)
def test_what_is_no_time_is_none(value):
    stamp = parse_stamp(value)
    assert stamp == (Stamp(25.0, Clock.START) if value == "25" else None)
