from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.perception.vision.landmarks.mouth import INNER_CORNERS, INNER_LIPS, MouthWatch, mouth_opening


def mouth(gap: float) -> np.ndarray:
    points = np.zeros((478, 3), np.float32)
    points[INNER_CORNERS[1], 0] = 40
    for i, (upper, lower) in enumerate(INNER_LIPS):
        points[upper, :2], points[lower, :2] = (10 + 10 * i, -gap / 2), (10 + 10 * i, gap / 2)
    return points


def watched(t_s: np.ndarray, openings: np.ndarray) -> float | None:
    watch = MouthWatch()
    for t, value in zip(t_s, openings, strict=True):
        watch.push(round(t * 1e9), None if np.isnan(value) else float(value))
    return watch.moving_per_s(round(t_s[-1] * 1e9))


def test_opening_is_the_gap_over_the_width():
    assert mouth_opening(mouth(20)) == pytest.approx(0.5)
    assert mouth_opening(mouth(0)) == 0
    assert mouth_opening(np.zeros((478, 3), np.float32)) == 0


@pytest.mark.parametrize("fps", [8, 12.5, 25])
def test_a_moving_mouth_moves_more_than_one_that_stays_open_or_shut(fps):
    t_s = np.arange(0, 3, 1 / fps)
    talking = watched(t_s, 0.15 + 0.15 * np.sin(2 * np.pi * 2.7 * t_s))
    assert talking > 0.5
    assert watched(t_s, np.full(len(t_s), 0.4)) == 0
    assert watched(t_s, np.zeros(len(t_s))) == 0


def test_what_is_not_measured_is_none():
    assert MouthWatch().moving_per_s(0) is None
    t_s = np.arange(0, 3, 0.1)
    assert watched(t_s[:3], np.zeros(3)) is None
    assert watched(t_s[:5], np.zeros(5)) is None
    assert watched(t_s, np.where(np.arange(30) % 2, 0.1, np.nan)) is None
    watch = MouthWatch()
    for t in t_s:
        watch.push(round(t * 1e9), 0.1)
    assert watch.moving_per_s(10 * 10**9) is None
