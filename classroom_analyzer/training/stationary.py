"""Two tries of what the class line must not do: see dips in lessons without any, and speak about noise.

Lessons: classes of the training worlds whose engagement does not change, but for the small offset of each phase, run
through the estimator and judged by the rule of the reports. Noise: windows of values drawn at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import Coverage, EstimateStatus
from classroom_analyzer.domain.features import WINDOWS, FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.moments import STRETCH_S, distance_from_usual, is_estimated
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.encoders import Scaling
from classroom_analyzer.fusion.estimator import Estimator
from classroom_analyzer.fusion.rows import take_rows
from classroom_analyzer.training.class_lines import ClassLines, class_lines
from classroom_analyzer.training.simulator import FIRST_WINDOW_S, LESSON_S, simulate_classes
from classroom_analyzer.training.simulator_worlds import WorldSetting

__all__ = ["dips", "noise_abstention", "stationary_lessons", "wilson"]

Z_95 = 1.96
NONE = (0.0, 0.0)
NOISE_SEATS = 10
NOISE_SDS = 2.0


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


def noise_abstention(bundle: FusionBundle, scaling: Scaling, clips: int, seed: int) -> dict[str, Any]:
    """Give the estimator windows of noise and count how often it has no estimate.

    Every step of every window is drawn anew around the usual values, twice as far spread as in training, shares kept
    between 0 and 1, at random quality. Real noise in a camera or microphone is another matter and tried elsewhere.

    Args:
        bundle: Calibrated model with thresholds.
        scaling: Mean and standard deviation of each column.
        clips: How many windows.
        seed: Of the noise.
    """
    estimator = Estimator(bundle)
    silent_clips = 0
    for clip in range(clips):
        seats = _noise(scaling, np.random.default_rng((seed, clip)))
        head = take_rows(seats, np.array([0]))
        blank = replace(head, valid={**head.valid, Modality.VISION: np.zeros_like(head.valid[Modality.VISION])})
        line, _ = estimator.estimate(
            t_s=LESSON_S,
            seats=tuple(range(NOISE_SEATS)),
            seat_batch=seats,
            class_batch=blank,
            class_size=NOISE_SEATS,
            coverage=Coverage(1.0, 1.0, 1.0),
            observed=1.0,
            phase=Phase.UNKNOWN,
            switched_on=frozenset(MODALITIES),
        )
        silent_clips += line.status is not EstimateStatus.OK
    return {"clips": clips, "abstained": silent_clips / clips, "ci95": wilson(silent_clips, clips)}


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % score interval of a share (Wilson 1927)."""
    share, z2 = hits / n, Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return float(max(centre - half, 0.0)), float(min(centre + half, 1.0))


def _noise(scaling: Scaling, rng: np.random.Generator) -> FeatureBatch:
    values: dict[Modality, NDArray[np.float32]] = {}
    for m, spec in WINDOWS.items():
        copies = NOISE_SEATS if m is Modality.VISION else 1
        drawn = rng.standard_normal((copies, spec.steps, len(spec.names)))
        drawn = scaling.mean[m] + NOISE_SDS * scaling.sd[m] * drawn
        is_share = np.array([unit.startswith("share") for unit in spec.units])
        drawn = np.where(is_share, np.clip(drawn, 0, 1), drawn)
        values[m] = np.repeat(drawn, NOISE_SEATS // copies, axis=0).astype(np.float32)
    valid = {m: np.ones(v.shape[:2], bool) for m, v in values.items()}
    quality = {m: rng.random(v.shape[:2]).astype(np.float32) for m, v in values.items()}
    return FeatureBatch(values, valid, quality, np.full(NOISE_SEATS, PHASES.index(Phase.UNKNOWN), np.int64))
