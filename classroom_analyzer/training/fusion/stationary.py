"""What the class line must not do: see dips in lessons without any.

Classes of the training worlds whose engagement does not change, but for the small offset of each phase, are run through
the estimator and judged by the rule of the reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from classroom_analyzer.domain.moments import STRETCH_S, distance_from_usual, is_estimated
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.training.fusion.class_lines import ClassLines, class_lines
from classroom_analyzer.training.simulator.classes import FIRST_WINDOW_S, LESSON_S, simulate_classes
from classroom_analyzer.training.simulator.worlds import WorldSetting

__all__ = ["dips", "stationary_lessons", "wilson"]

Z_95 = 1.96
NONE = (0.0, 0.0)


def stationary_lessons(
    bundle: FusionBundle,
    worlds: Sequence[WorldSetting],
    lessons: int,
    seed: int,
    *,
    first_class_id: int,
    every_s: int = 1,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Count lessons of constant engagement in which a dip would be shown.

    Args:
        bundle: Calibrated model with thresholds.
        worlds: Taken in turn.
        lessons: How many.
        seed: Of the lessons.
        first_class_id: Ids count up from here.
        every_s: Seconds from one window to the next; 1 is what a lesson does. Windows overlap, so a stretch's mean
            band hardly depends on it.
        progress: Reported to after each lesson.
        cancel: Stops between windows.

    Returns:
        ``lessons``, ``without_dip`` (share) with ``ci95`` (Wilson), ``without_rise``, ``abstained`` and ``every_s``.
    """
    calm, flat, abstained = 0, 0, []
    ends = np.arange(FIRST_WINDOW_S, LESSON_S + 1)
    for index in range(lessons):
        world = worlds[index % len(worlds)]
        still = replace(world, class_drift_sd=NONE, student_state_sd=NONE, events_per_min=NONE)
        rows = simulate_classes(
            still, 1, seed, first_class_id=first_class_id + index, times_per_class=len(ends), students_per_time=None
        )
        lines = class_lines(bundle, rows.take((rows.time_s - FIRST_WINDOW_S) % every_s == 0), cancel)
        distances = dips(lines, every_s)
        calm += all(d >= 0 for d in distances)
        flat += all(d <= 0 for d in distances)
        abstained.append(float(1 - lines.used.mean()))
        progress("running lessons in which nothing changes", index + 1, lessons)
    return {
        "lessons": lessons,
        "every_s": every_s,
        "without_dip": calm / lessons,
        "ci95": wilson(calm, lessons),
        "without_rise": flat / lessons,
        "abstained": float(np.mean(abstained)),
    }


def dips(lines: ClassLines, every_s: int = 1) -> list[float]:
    """Return how far each stretch of two minutes lies from the lesson's median, by the rule of the reports.

    Args:
        lines: Of one lesson.
        every_s: Seconds from one window to the next.
    """
    used = lines.used
    if not used.any():
        return []
    median = float(np.median(lines.engagement[used]))
    stretch = (lines.t_s - 1) // STRETCH_S
    found = []
    for one in np.unique(stretch):
        inside, made = stretch == one, (stretch == one) & used
        low = high = None
        if is_estimated(int(made.sum()), int(inside.sum())):
            low, high = float(lines.low[made].mean()), float(lines.high[made].mean())
        found.append(distance_from_usual(low, high, float(made.sum()) * every_s, median))
    return found


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % score interval of a share (Wilson 1927)."""
    share, z2 = hits / n, Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return float(max(centre - half, 0.0)), float(min(centre + half, 1.0))
