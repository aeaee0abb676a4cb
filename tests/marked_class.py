"""Lessons of a simulated class with marks of known truth, written by the real storage writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage, EstimateStatus
from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.summary import (
    ChatFigures,
    EngagementFigures,
    LessonSummary,
    ModelUsed,
    Performance,
    SeatFigures,
    TalkFigures,
)
from classroom_analyzer.storage.labels import add_label
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.lesson_writer import LessonWriter

PRIOR = 0.6
SPAN_S = 30
BUNDLE = "cd" * 32


@dataclass(frozen=True)
class Truth:
    """How a teacher of this class marks: P(with me) = clip(intercept + slope x sum of weight x contribution)."""

    intercept: float = 0.55
    slope: float = 3.0
    weights: tuple[float, float, float] = (1.4, 0.6, 1.0)

    def level(self, contributions: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.clip(self.intercept + self.slope * contributions @ np.array(self.weights), 0.0, 1.0)


@dataclass(frozen=True)
class Plan:
    """One class.

    Attributes:
        follows: Whether marks follow the truth; by chance otherwise.
        levels: Whether marks are levels 0 to 3 in place of with me / lost.
    """

    lessons: int = 6
    marks: int = 12
    truth: Truth = Truth()
    follows: bool = True
    levels: bool = False
    visible: bool = False
    source: LabelSource = LabelSource.PRESS
    class_name: str | None = "7b"
    bundle: str = BUNDLE
    seed: int = 0
    policy: Policy = Policy.ENGAGEMENT
    spread: float = 0.12


def write_class(out: Path, plan: Plan) -> list[Path]:
    """Write all lessons of a class."""
    rng = np.random.default_rng(plan.seed)
    return [write_lesson(out, plan, rng, number) for number in range(plan.lessons)]


def write_lesson(out: Path, plan: Plan, rng: np.random.Generator, number: int = 0) -> Path:
    """Write one lesson: a mark after every half minute, whose contributions stay the same all along."""
    shares = rng.normal(0.0, plan.spread * np.array([0.8, 0.7, 0.5]), (plan.marks, 3))
    level = plan.truth.level(shares) if plan.follows else np.full(plan.marks, plan.truth.intercept)
    meta = LessonMeta(
        title=f"lesson {number}",
        started_wall=datetime(2026, 11, 2 + number % 20, 9, 0, tzinfo=UTC),
        clock_origin="start of the recording",
        grant=PolicyGrant(plan.policy, "command line"),
        software="0.1.0",
        models=(ModelUsed("fusion", "bundled:fusion", plan.bundle),) if plan.policy.allows_estimate else (),
        seed=1,
        device="cpu",
        class_name=plan.class_name,
    )
    writer = LessonWriter.create(out, f"lesson-{number}", meta, None)
    duration_s = plan.marks * SPAN_S
    for t_s in range(1, duration_s + 1):
        estimate = _estimate(t_s, shares[(t_s - 1) // SPAN_S]) if plan.policy.allows_estimate else None
        writer.add_second(t_s, list(_readings()), estimate)
    for k in range(plan.marks):
        writer.add_label(_label(plan, (k + 1) * SPAN_S, float(level[k]), rng))
    return writer.finish(_summary(writer.folder, duration_s, meta), complete=True)


def add_marks(folder: Path, marks: list[Label]) -> None:
    """Add marks to a closed lesson."""
    for mark in marks:
        add_label(folder, mark)


def estimate_of(contributions: tuple[float | None, float | None, float | None], *, t_s: int = 60) -> ClassEstimate:
    """A class line of the bundle with a band of +-0.1."""
    level = PRIOR + sum(w or 0.0 for w in contributions)
    return ClassEstimate(
        t_s,
        level,
        max(level - 0.1, 0.0),
        min(level + 0.1, 1.0),
        (0.1, 0.2, 0.4, 0.3),
        0.9,
        contributions,
        Phase.LECTURE,
        EstimateStatus.OK,
        10,
        12,
    )


def _estimate(t_s: int, shares: NDArray[np.float64]) -> ClassEstimate:
    vision, audio, text = (float(w) for w in shares)
    return replace(estimate_of((vision, audio, text)), t_s=t_s)


def _label(plan: Plan, t_s: int, level: float, rng: np.random.Generator) -> Label:
    if plan.levels:
        return Label(t_s, LabelKind.LEVEL, round(3 * level), plan.visible, plan.source)
    is_with_me = bool(rng.random() < level)
    kind = LabelKind.WITH_ME if is_with_me else LabelKind.LOST
    return Label(t_s, kind, int(is_with_me), plan.visible, plan.source)


def _readings() -> Iterator[Reading]:
    yield Reading("face_presence", 0.9, "share", 0.9, 12)
    yield Reading("speech_share", 0.6, "share", 0.9)


def _summary(folder: Path, duration_s: int, meta: LessonMeta) -> LessonSummary:
    estimates = meta.grant.policy.allows_estimate
    return LessonSummary(
        lesson=str(folder),
        duration_s=float(duration_s),
        policy=meta.grant.policy,
        coverage=Coverage(0.9, 0.9, None),
        seats=SeatFigures(12, 12, 12.0, ()),
        engagement=EngagementFigures(0.6, 0.1, (0.5, 0.7), duration_s, 0) if estimates else None,
        phases=(),
        talk=TalkFigures(None, None, None, None, None, None),
        chat=ChatFigures(None, None, None, None),
        contribution=(0.0, 0.0, 0.0) if estimates else None,
        performance=Performance(0.5, 4.0, "cpu"),
        models=meta.models,
        warnings=(),
    )
