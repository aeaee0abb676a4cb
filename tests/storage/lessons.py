"""Parts of one small lesson, as the engine hands them to the writer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.phases import Phase, PhaseSpan
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.readings import Reading, SeatSecond
from classroom_analyzer.domain.summary import (
    ChatFigures,
    EngagementFigures,
    LessonSummary,
    ModelUsed,
    Performance,
    SeatFigures,
    TalkFigures,
)
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.lesson_writer import LessonWriter

PASSPHRASE = "correct horse battery staple"
CANARY = "CANARY-7f3a9 Ana Silva"
SEATS = (1, 2, 3)
MODELS = (ModelUsed("face detector", "bundled:centerface", "ab" * 32),)


def make_meta(policy: Policy = Policy.ENGAGEMENT) -> LessonMeta:
    return LessonMeta(
        title="Physics",
        started_wall=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        clock_origin="start of the recording",
        grant=PolicyGrant(policy, "command line"),
        software="0.1.0",
        models=MODELS,
        seed=7,
        device="cpu",
        source="physics",
    )


def make_estimate(t_s: int, *, abstains: bool = False) -> ClassEstimate:
    return ClassEstimate(
        t_s=t_s,
        engagement=None if abstains else 0.6,
        low=None if abstains else 0.5,
        high=None if abstains else 0.7,
        level_probabilities=None if abstains else (0.1, 0.2, 0.4, 0.3),
        coverage=0.9,
        contribution=(0.1, None, -0.05),
        phase=Phase.LECTURE,
        status=EstimateStatus.LOW_COVERAGE if abstains else EstimateStatus.OK,
        seats_seen=3,
        class_size=4,
    )


def make_seats(t_s: int) -> list[SeatSecond]:
    return [SeatSecond(s, 1.0, 0.5 + s / 10, None, -3.0, 4.0, 31.0, 0.8, None, "ok") for s in SEATS]


def add_second(writer: LessonWriter, t_s: int, *, estimates: bool = True) -> None:
    writer.add_second(
        t_s,
        [Reading("face_presence", 0.75, "share", 0.9, 3), Reading("facing_target", None, "share", 0.0, 0)],
        make_estimate(t_s, abstains=t_s == 2) if estimates else None,
        seats=make_seats(t_s),
        seat_estimates=[SeatEstimate(t_s, s, 0.4, 0.2, 0.6, 0.8, EstimateStatus.OK) for s in SEATS],
    )
    writer.commit()


def make_summary(folder: Path, policy: Policy = Policy.ENGAGEMENT, duration_s: float = 5.0) -> LessonSummary:
    estimated = policy.allows_estimate
    return LessonSummary(
        lesson=str(folder),
        duration_s=duration_s,
        policy=policy,
        coverage=Coverage(0.9, None, 1.0),
        seats=SeatFigures(4, 3, 3.0, (3.0, 3.0, None, 3.0, 3.0)),
        engagement=EngagementFigures(0.6, 0.1, (0.5, 0.7), 5, 1) if estimated else None,
        phases=(PhaseSpan(0.0, duration_s, Phase.LECTURE),),
        talk=TalkFigures(None, None, None, None, None, None),
        chat=ChatFigures(2, 2, float("nan") if estimated else 1, None),  # type: ignore[arg-type]
        contribution=(0.1, None, -0.05) if estimated else None,
        performance=Performance(0.5, 4.0, "cpu"),
        models=MODELS,
        warnings=("class size not given",),
    )


def holds_canary(folder: Path) -> list[Path]:
    """Files under ``folder`` with the canary in clear."""
    needle = CANARY.encode()
    return [p for p in folder.rglob("*") if p.is_file() and needle in p.read_bytes()]
