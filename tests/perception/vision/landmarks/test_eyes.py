from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.perception.vision.landmarks.eyes import (
    LEFT_EYE,
    MAX_SAMPLES,
    RIGHT_EYE,
    EyeFigures,
    EyeWatch,
    eye_aspect_ratio,
)

OPEN, SHUT = 0.30, 0.08


def eyes(height: float) -> np.ndarray:
    points = np.zeros((478, 3), np.float32)
    for eye, x in ((RIGHT_EYE, 0.0), (LEFT_EYE, 50.0)):
        shape = [(0, 0), (10, -height / 2), (20, -height / 2), (30, 0), (20, height / 2), (10, height / 2)]
        points[list(eye), :2] = np.add(shape, (x, 0))
    return points


def blinking(t_s: np.ndarray, starts_s: list[float], length_s: float, depth: float = SHUT) -> np.ndarray:
    """Lids fall and rise for a third of the time each; below the threshold for about ``length_s``."""
    whole_s, ear = length_s * 1.3, np.full(len(t_s), OPEN)
    for start_s in starts_s:
        fall = np.clip((t_s - start_s) / (whole_s / 3), 0, 1)
        rise = np.clip((start_s + whole_s - t_s) / (whole_s / 3), 0, 1)
        ear = np.minimum(ear, OPEN - (OPEN - depth) * np.minimum(fall, rise))
    return ear


def watched(t_s: np.ndarray, ear: np.ndarray, watch: EyeWatch | None = None) -> EyeFigures:
    watch = EyeWatch() if watch is None else watch
    for t, value in zip(t_s, ear, strict=True):
        watch.push(round(t * 1e9), None if np.isnan(value) else float(value))
    return watch.figures(round(t_s[-1] * 1e9))


def minute(fps: float, seconds: float = 62.0) -> np.ndarray:
    return np.arange(0, seconds, 1 / fps)


def test_the_ratio_is_height_over_width_and_0_for_no_eye():
    assert eye_aspect_ratio(eyes(9.0)) == pytest.approx(0.3)
    assert eye_aspect_ratio(eyes(0.0)) == 0
    assert eye_aspect_ratio(np.zeros((478, 3), np.float32)) == 0


@pytest.mark.parametrize("fps", [15, 25, 30])
@pytest.mark.parametrize("length_s", [0.1, 0.2, 0.35])
def test_blinks_of_any_usual_length_are_counted_at_any_usual_rate(fps, length_s):
    t_s = minute(fps)
    starts = list(np.arange(4, 60, 3.37))  # falls anywhere between two pictures
    figures = watched(t_s, blinking(t_s, starts, length_s))
    assert figures.blink_rate_per_min == pytest.approx(len(starts), abs=1.5)


def test_long_closures_are_no_blinks():
    t_s = minute(25)
    figures = watched(t_s, blinking(t_s, [10, 20, 30], 0.9))
    assert figures.blink_rate_per_min == 0
    assert figures.closed_share == pytest.approx(3 * 0.9 / 60, abs=0.01)


def test_a_closure_whose_begin_was_not_seen_is_no_blink():
    t_s = minute(25)
    ear = blinking(t_s, [10, 30], 0.2)
    ear[(t_s > 9.5) & (t_s < 10.15)] = np.nan
    assert watched(t_s, ear).blink_rate_per_min == pytest.approx(1, abs=0.1)


def test_small_eyes_have_their_own_threshold():
    t_s = minute(25)
    figures = watched(t_s, blinking(t_s, [10, 30, 50], 0.2) * 0.55)  # open at 0.165, below the fallback
    assert figures.closed_share < 0.02
    assert figures.blink_rate_per_min == pytest.approx(3, abs=0.1)


def test_until_a_person_is_known_the_fallback_holds():
    assert watched(np.arange(10) / 25, np.full(10, 0.19)).closed_share == 1
    assert watched(np.arange(10) / 25, np.full(10, 0.21)).closed_share == 0


def test_perclos_is_the_share_of_time_with_eyes_nearly_shut():
    t_s = minute(15)
    ear = blinking(t_s, [5, 12], 0.25)
    ear[(t_s >= 20) & (t_s < 32)] = SHUT
    ear[(t_s >= 40) & (t_s < 50)] = 0.6 * OPEN  # half shut is not shut
    assert watched(t_s, ear).perclos == pytest.approx(12 / 60, abs=0.015)
    assert watched(t_s, np.full(len(t_s), OPEN)).perclos == 0


def test_without_a_blink_there_is_no_depth_to_hold_closures_against():
    t_s = minute(15)
    ear = np.full(len(t_s), OPEN)
    ear[(t_s >= 20) & (t_s < 32)] = 0.6 * OPEN
    assert watched(t_s, ear).perclos is None


def test_eyes_that_stay_shut_for_more_than_a_minute_are_not_taken_for_small_ones():
    watch, t_s = EyeWatch(), minute(15)
    watched(t_s, blinking(t_s, [5, 12], 0.25), watch)
    figures = watched(t_s + 62, np.full(len(t_s), SHUT), watch)
    assert figures.closed_share == 1
    assert figures.perclos == 1


def test_what_is_not_measured_is_none():
    assert EyeWatch().figures(0) == EyeFigures()
    slow = watched(minute(8), np.full(len(minute(8)), OPEN))
    assert slow.ear == pytest.approx(OPEN)
    assert slow.closed_share == 0
    assert slow.blink_rate_per_min is None
    assert slow.perclos is None
    short = watched(minute(25, 30), np.full(len(minute(25, 30)), OPEN))
    assert (short.blink_rate_per_min, short.perclos) == (None, None)
    t_s = minute(25)
    hidden = np.full(len(t_s), OPEN)
    hidden[np.arange(len(t_s)) % 5 < 2] = np.nan
    assert watched(t_s, hidden) == EyeFigures()


def test_figures_forget_what_is_older_than_a_minute_and_memory_is_bounded():
    watch = EyeWatch()
    watched(minute(25), np.full(len(minute(25)), OPEN), watch)
    assert watch.figures(200 * 10**9) == EyeFigures()
    for i in range(MAX_SAMPLES + 100):
        watch.push(i, OPEN)
    assert len(watch._samples) == MAX_SAMPLES
