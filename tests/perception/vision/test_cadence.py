from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.clock import NS_PER_S, to_ns
from classroom_analyzer.perception.vision.cadence import LONGEST_GAP_NS, DetectionCadence


def detections(cadence: DetectionCadence, times_s: np.ndarray, cost_s: float = 0.01) -> list[float]:
    """Times at which it detected."""
    due = []
    for t_s in times_s:
        if cadence.is_due(to_ns(float(t_s))):
            cadence.detected(to_ns(float(t_s)), cost_s)
            due.append(float(t_s))
    return due


@pytest.mark.parametrize(("rate_hz", "every"), [(2, 1), (4, 1), (8, 2), (12, 3), (16, 4), (25, 6)])
def test_pictures_are_searched_about_four_times_a_second_at_any_rate(rate_hz, every):
    due = detections(DetectionCadence(), np.arange(0, 10, 1 / rate_hz))
    assert np.diff(due) == pytest.approx(every / rate_hz)


def test_times_that_containers_round_do_not_skip_a_detection():
    times_s = np.round(np.arange(0, 10, 0.25) + np.random.default_rng(0).uniform(-0.004, 0.004, 40), 3)
    assert len(detections(DetectionCadence(), np.maximum(times_s, 0))) == 40


def test_the_first_picture_is_searched():
    assert DetectionCadence().is_due(0)


def test_a_hurry_searches_the_next_picture_and_only_that():
    cadence = DetectionCadence()
    cadence.detected(0, 0.01)
    assert not cadence.is_due(to_ns(0.05))
    cadence.hurry()
    assert cadence.is_due(to_ns(0.05))
    cadence.detected(to_ns(0.05), 0.01)
    assert not cadence.is_due(to_ns(0.1))


def test_a_recording_is_searched_alike_on_every_machine():
    times_s = np.arange(0, 10, 1 / 16)
    assert detections(DetectionCadence(), times_s, 0.001) == detections(DetectionCadence(), times_s, 5.0)


def test_a_slow_machine_searches_a_live_lesson_less_often_but_at_least_every_second():
    cadence = DetectionCadence(by_load=True)
    detections(cadence, np.arange(0, 5, 0.25), 0.2)
    assert cadence.gap_ns == pytest.approx(0.4 * NS_PER_S)
    detections(cadence, np.arange(5, 30, 0.25), 3.0)
    assert cadence.gap_ns == LONGEST_GAP_NS


def test_the_usual_pace_comes_back_with_the_machines_speed():
    cadence = DetectionCadence(by_load=True)
    detections(cadence, np.arange(0, 10, 0.25), 0.5)
    assert cadence.gap_ns == LONGEST_GAP_NS
    detections(cadence, np.arange(10, 30, 0.25), 0.05)
    assert cadence.gap_ns == to_ns(0.25)


def test_a_single_slow_search_does_not_slow_down_a_fast_machine():
    cadence = DetectionCadence(by_load=True)
    detections(cadence, np.arange(0, 5, 0.25), 0.03)
    cadence.detected(to_ns(5), 0.4)
    assert cadence.gap_ns == to_ns(0.25)
