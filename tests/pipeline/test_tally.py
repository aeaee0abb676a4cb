from __future__ import annotations

import pytest

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage, EstimateStatus
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.pipeline.tally import LessonTally
from tests.pipeline.rows import audio, seat, text, vision

ALL = frozenset(MODALITIES)


def estimate(t_s: int, engagement: float | None, level: int = 3) -> ClassEstimate:
    if engagement is None:
        none = (None, None, None)
        return ClassEstimate(t_s, None, None, None, None, 0.1, none, Phase.UNKNOWN, EstimateStatus.LOW_COVERAGE, 0, 4)
    levels = tuple(0.7 if i == level else 0.1 for i in range(4))
    low, high = engagement - 0.1, engagement + 0.1
    shares = (0.1, None, 0.02)
    return ClassEstimate(
        t_s,
        engagement,
        low,
        high,
        levels,
        0.9,
        shares,
        Phase.UNKNOWN,
        EstimateStatus.OK,
        3,
        4,  # type: ignore[arg-type]
    )


def test_what_was_never_measured_is_none():
    tally = LessonTally(frozenset(), seed=0)
    tally.add_second(None, None, None)
    assert tally.coverage(None) == Coverage(None, None, None)
    assert (tally.seats(None).max, tally.seats(None).per_second) == (None, ())
    assert tally.engagement().mean is None
    assert tally.contribution() == (None, None, None)


def test_vision_coverage_is_valid_seat_seconds_over_class_size_times_seconds():
    tally = LessonTally(ALL, seed=0)
    tally.add_second(vision(1, seat(1), seat(2)), audio(1), text(1))
    tally.add_second(vision(2, seat(1), seat(2, status="unseen")), audio(2, quality=0.0), text(2, connected=False))
    assert tally.coverage(4) == Coverage(3 / 8, 0.5, 0.5)


def test_seats_per_second_keep_seconds_without_a_picture_as_none():
    tally = LessonTally(frozenset({Modality.VISION}), seed=0)
    tally.add_second(vision(1, seat(1), seat(2)), None, None)
    tally.add_second(vision(2, frames=0), None, None)
    figures = tally.seats(None)
    assert figures.per_second == (2.0, None)
    assert (figures.max, figures.mean) == (2, 2.0)


def test_abstained_windows_are_counted_and_never_averaged_in():
    tally = LessonTally(ALL, seed=0)
    tally.add_estimate(estimate(1, 0.8, level=3))
    tally.add_estimate(estimate(2, None))
    tally.add_estimate(estimate(3, 0.4, level=1))
    figures = tally.engagement()
    assert figures.mean == pytest.approx(0.6)
    assert (figures.low_share, figures.windows, figures.abstained) == (0.5, 3, 1)
    assert tally.contribution() == (pytest.approx(0.1), None, pytest.approx(0.02))


def test_a_short_lesson_has_the_mean_band_as_interval():
    tally = LessonTally(ALL, seed=0)
    for t_s in range(1, 61):
        tally.add_estimate(estimate(t_s, 0.6))
    assert tally.engagement().interval == (pytest.approx(0.5), pytest.approx(0.7))


def test_a_long_lesson_resamples_its_two_minute_blocks():
    tally = LessonTally(ALL, seed=0)
    for t_s in range(1, 3601):
        tally.add_estimate(estimate(t_s, 0.6 + 0.1 * ((t_s // 120) % 2)))
    interval = tally.engagement().interval
    assert interval is not None
    assert 0.62 < interval[0] < 0.65 < interval[1] < 0.68
