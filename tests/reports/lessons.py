"""A made-up lesson of twelve seats and 100 seconds, written the way the engine writes one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.estimates import ClassEstimate, Coverage, EstimateStatus
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase, PhaseSpan
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
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.lesson_writer import LessonWriter

HOSTILE = "<img src=http://127.0.0.1:9/x><script>alert(1)</script>"
ETHICS = "EC-2026-14"


@dataclass(frozen=True)
class Sample:
    policy: Policy = Policy.ENGAGEMENT
    people: int | None = 12
    seats: int | None = 11
    authors: int | None = 12
    duration_s: int = 100
    audio: bool = True
    abstains: str = "some"  # some, all
    warnings: tuple[str, ...] = ("class size not given: the most seats seen stand for it",)
    title: str = "Physics 7B"
    complete: bool = True


def write_sample(out: Path, sample: Sample, key_source: KeySource | None = None) -> Path:
    meta = LessonMeta(
        title=sample.title,
        started_wall=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        clock_origin="start of the recording",
        grant=PolicyGrant(
            sample.policy, "command line", None, ETHICS if sample.policy is Policy.RESEARCH else None, "consent"
        ),
        software="0.1.0",
        models=(
            ModelUsed("face detector", "bundled:centerface", "ab" * 32),
            ModelUsed("fusion", "bundled:fusion", "cd" * 32),
        ),
        seed=1,
        device="cpu",
    )
    writer = LessonWriter.create(out, "sample", meta, key_source)
    estimates = sample.policy.allows_estimate
    for t_s in range(1, sample.duration_s + 1):
        writer.add_second(t_s, list(_readings(t_s, sample)), _estimate(t_s, sample) if estimates else None)
    for k in range(sample.authors or 0):
        writer.add_message(ChatMessage(to_ns(7 * k + 3), f"P{k + 1:02d}", HOSTILE))
    if sample.seats is not None:
        writer.add_gap(Modality.VISION, 40.0, 52.0, "camera lost " + HOSTILE)
    writer.set_counter("dropped_vision", 3)
    return writer.finish(_summary(writer.folder, sample), complete=sample.complete)


def _level(t_s: int, sample: Sample) -> float:
    return 0.55 + 0.12 * math.sin(t_s / 17) - (0.0 if t_s < sample.duration_s / 2 else 0.1)


def _estimate(t_s: int, sample: Sample) -> ClassEstimate:
    status = EstimateStatus.OK
    if t_s < 8 or sample.abstains == "all":
        status = EstimateStatus.LOW_COVERAGE
    elif 44 <= t_s < 60:
        status = EstimateStatus.UNCERTAIN
    known = status is EstimateStatus.OK
    value = _level(t_s, sample)
    half = 0.12 if t_s < 40 else 0.2
    return ClassEstimate(
        t_s=t_s,
        engagement=value if known else None,
        low=value - half if known else None,
        high=value + half if known else None,
        level_probabilities=(0.1, 0.2, 0.4, 0.3) if known else None,
        coverage=0.9 if t_s < 40 else 0.6,
        contribution=(0.05, 0.02 if sample.audio else None, 0.03) if known else (None, None, None),
        phase=Phase.LECTURE,
        status=status,
        seats_seen=sample.seats or 0,
        class_size=sample.people,
    )


def _readings(t_s: int, sample: Sample) -> Iterator[Reading]:
    heard = sample.audio and t_s > 20
    yield Reading("speech_share", 0.5 + 0.4 * math.sin(t_s / 9) if heard else None, "share", 0.9 if heard else 0.0)
    yield Reading("silence.longest_s", 4.0 + (t_s % 7) if heard else None, "s", 0.9 if heard else 0.0)
    yield Reading("chat_rate.messages", 60 * 12 / 120, "/min", 1.0, 12)
    seen = sample.seats is not None and not 40 <= t_s <= 52
    yield Reading("face_presence", 0.97 if seen else None, "share", 0.9, sample.seats)
    yield Reading("facing_target", None, "share", 0.0, 0)


def _summary(folder: Path, sample: Sample) -> LessonSummary:
    estimates = sample.policy.allows_estimate
    seats = sample.seats
    per_second = tuple(
        float(seats - (k % 2)) if not 40 <= k < 52 else None for k in range(sample.duration_s)
    ) if seats is not None else ()  # fmt: skip
    return LessonSummary(
        lesson=str(folder),
        duration_s=float(sample.duration_s),
        policy=sample.policy,
        coverage=Coverage(0.84 if seats else None, 0.8 if sample.audio else None, 1.0 if sample.authors else None),
        seats=SeatFigures(sample.people, seats, seats - 0.5 if seats else None, per_second),
        engagement=EngagementFigures(0.6, 0.1, (0.5, 0.7), 100, 23) if estimates else None,
        phases=(PhaseSpan(0.0, float(sample.duration_s), Phase.LECTURE),),
        talk=TalkFigures(0.62, 0.45, 0.12, 0.43, None, None) if sample.audio else TalkFigures(*[None] * 6),
        chat=ChatFigures(sample.authors, sample.authors, 4 if sample.authors else None, None),
        contribution=(0.05, 0.02, 0.03) if estimates else None,
        performance=Performance(0.4, 4.0, "cpu"),
        models=(),
        warnings=sample.warnings,
    )
