"""The lesson simulator: classes whose engagement is known, seen through sensors as the engine measures them.

It exists because no public recordings of school classes with engagement labels may be shipped. What is learned from it
is how to combine incomplete, noisy evidence, not how real classes behave: nothing here validates an estimate.
``docs/simulator.md`` states every assumption.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASE_MINIMUM_S, PHASES, Phase
from classroom_analyzer.training.labelled_rows import LabelledRows, join_labelled
from classroom_analyzer.training.simulator.signals import (
    ClassSecond,
    Floats,
    correlated_noise,
    simulate_audio,
    simulate_text,
    simulate_vision,
)
from classroom_analyzer.training.simulator.worlds import ClassWorld, WorldSetting, draw_world

__all__ = ["SimulatedRows", "level_of", "simulate_classes"]

LESSON_S = 900
FIRST_WINDOW_S = 30
RATING_NOISE_SD = 0.10  # one observer against another
RATED_S = 10  # an estimate speaks of the last ten seconds
REAL_PHASES = (Phase.LECTURE, Phase.DIALOGUE, Phase.GROUP_WORK, Phase.SILENT_WORK)
PHASE_SHARES = (0.4, 0.25, 0.2, 0.15)
# ICAP orders overt behaviour passive < active < constructive < interactive (Chi & Wylie 2014); small on purpose.
PHASE_OFFSET = {Phase.LECTURE: -0.03, Phase.DIALOGUE: 0.03, Phase.GROUP_WORK: 0.03, Phase.SILENT_WORK: 0.0}


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedRows(LabelledRows):
    """Windows of simulated students, one row per student and time; a group is a class.

    Engagement is the mean of the last ten seconds, the level one observer's rating of it.

    Attributes:
        class_mean: ``(rows,) float64``, mean engagement of the whole class at that time.
        class_size: ``(rows,) int64``, N.
    """

    class_mean: NDArray[np.float64]
    class_size: NDArray[np.int64]


def level_of(engagement: Floats) -> NDArray[np.int64]:
    """Return the level 0 to 3 nearest to an engagement: borders at 1/6, 1/2 and 5/6."""
    return np.clip(np.rint(3 * engagement), 0, 3).astype(np.int64)


def simulate_classes(
    setting: WorldSetting,
    classes: int,
    seed: int,
    *,
    first_class_id: int = 0,
    times_per_class: int = 12,
    students_per_time: int | None = 6,
) -> SimulatedRows:
    """Simulate classes of one world and cut windows out of them.

    Args:
        setting: World.
        classes: How many classes, each with its own drawn behaviour.
        seed: Same seed, same rows, bit for bit.
        first_class_id: Ids count up from here, so that sets of classes can be kept disjoint.
        times_per_class: Window ends per class, drawn without replacement.
        students_per_time: Students drawn per time; None takes the whole class.

    Returns:
        All windows, class by class, time by time.
    """
    parts = []
    for index in range(classes):
        class_id = first_class_id + index
        rng = np.random.default_rng((seed, class_id))
        parts.append(_simulate_class(draw_world(setting, rng), class_id, rng, times_per_class, students_per_time))
    return join_labelled(parts)


def _simulate_class(
    world: ClassWorld, class_id: int, rng: np.random.Generator, times: int, students_per_time: int | None
) -> SimulatedRows:
    size = world.class_size
    phase = _phases(rng)
    engagement = _engagement(world, phase, rng)
    second = ClassSecond(phase, engagement)
    has = {
        Modality.VISION: rng.random() >= world.vision_absent,
        Modality.AUDIO: rng.random() >= world.audio_absent,
        Modality.TEXT: rng.random() >= world.text_absent,
    }
    ends = np.sort(rng.choice(np.arange(FIRST_WINDOW_S, LESSON_S + 1), times, replace=False))
    seen = size if students_per_time is None else min(students_per_time, size)
    who = np.stack([np.sort(rng.permutation(size)[:seen]) for _ in ends])  # (times, seen)
    late = np.clip(ends - round(world.lag_s), 1, LESSON_S)
    vision = simulate_vision(second, world, rng, ends, who)
    audio = simulate_audio(second, world, rng, late)
    text = simulate_text(second, world, rng, late)
    windows = {Modality.VISION: vision, Modality.AUDIO: audio, Modality.TEXT: text}
    for modality, (values, valid, quality) in windows.items():
        if not has[modality]:
            valid[:] = False
        values[~valid] = np.nan
        quality[~valid] = 0
    rows = times * seen

    def flat(part: NDArray[np.generic], modality: Modality) -> NDArray[np.generic]:
        if modality is Modality.VISION:
            return part.reshape(rows, *part.shape[2:])
        return np.repeat(part, seen, axis=0)

    total = np.concatenate([np.zeros((size, 1)), np.cumsum(engagement, axis=1)], axis=1)
    rated = (total[:, ends] - total[:, ends - RATED_S]).T / RATED_S  # (times, students)
    truth = np.take_along_axis(rated, who, axis=1).reshape(rows)
    observed = _observed_phase(phase, world, rng, ends, heard=has[Modality.AUDIO])
    return SimulatedRows(
        batch=FeatureBatch(
            {m: flat(windows[m][0], m).astype(np.float32) for m in MODALITIES},
            {m: flat(windows[m][1], m).astype(bool) for m in MODALITIES},
            {m: flat(windows[m][2], m).astype(np.float32) for m in MODALITIES},
            np.repeat(observed, seen),
        ),
        engagement=truth,
        level=level_of(truth + RATING_NOISE_SD * rng.standard_normal(rows)),
        group=np.full(rows, class_id, np.int64),
        time_s=np.repeat(ends, seen).astype(np.int64),
        class_mean=np.repeat(rated.mean(axis=1), seen),
        class_size=np.full(rows, size, np.int64),
    )


def _phases(rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw true phases ``(LESSON_S,)``, as indices into ``PHASES``, each 60 to 420 s long."""
    codes: list[NDArray[np.int64]] = []
    length_s = 0
    while length_s < LESSON_S:
        duration_s = int(rng.integers(PHASE_MINIMUM_S, 421))
        codes.append(np.full(duration_s, PHASES.index(REAL_PHASES[rng.choice(4, p=PHASE_SHARES)]), np.int64))
        length_s += duration_s
    joined: NDArray[np.int64] = np.concatenate(codes)
    return joined[:LESSON_S]


def _engagement(world: ClassWorld, phase: NDArray[np.int64], rng: np.random.Generator) -> Floats:
    """Latent engagement ``(students, LESSON_S)`` in [0, 1]: class level, drift, phase, events, trait, state."""
    size = world.class_size
    common = world.class_mean + world.class_drift_sd * correlated_noise((1, LESSON_S), 240.0, rng)
    offsets = np.array([PHASE_OFFSET.get(p, 0.0) for p in PHASES])
    common = common + offsets[phase]
    for start in np.flatnonzero(rng.random(LESSON_S) < world.events_per_min / 60):
        common[0, start:] += rng.normal(0, 0.12) * np.exp(-np.arange(LESSON_S - start) / 40.0)
    trait = world.student_trait_sd * rng.standard_normal((size, 1))
    state = world.student_state_sd * correlated_noise((size, LESSON_S), 60.0, rng)
    return np.asarray(np.clip(common + trait + state, 0.0, 1.0))


def _observed_phase(
    phase: NDArray[np.int64], world: ClassWorld, rng: np.random.Generator, ends: NDArray[np.int64], *, heard: bool
) -> NDArray[np.int64]:
    """The phase as the engine would give it: late by up to a minute, sometimes wrong, unknown without sound."""
    unknown = PHASES.index(Phase.UNKNOWN)
    late_s = rng.integers(0, PHASE_MINIMUM_S + 1, len(ends))
    seen: NDArray[np.int64] = phase[np.maximum(ends - 1 - late_s, 0)].copy()
    wrong = rng.random(len(ends)) < world.phase_error
    others = np.array([unknown, *(PHASES.index(p) for p in REAL_PHASES)])
    seen[wrong] = rng.choice(others, wrong.sum(), p=(0.6, 0.1, 0.1, 0.1, 0.1))
    seen[ends < PHASE_MINIMUM_S] = unknown
    if not heard and rng.random() < 0.8:
        seen[:] = unknown
    return seen
