"""The figures of one lesson, as summary.json holds them. A figure that could not be measured is None, never 0."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.estimates import Coverage
from classroom_analyzer.domain.phases import PhaseSpan
from classroom_analyzer.domain.policy import Policy

__all__ = [
    "ChatFigures",
    "EngagementFigures",
    "LessonSummary",
    "ModelUsed",
    "Performance",
    "SeatFigures",
    "TalkFigures",
]


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """Seats with a detected face.

    Attributes:
        expected: Class size N that the estimate used; None when unknown.
        max: Most seats seen in one second.
        mean: Mean over seconds.
        per_second: Element k: median over the analysed frames in [k, k+1); None where no frame was analysed.
    """

    expected: int | None
    max: int | None
    mean: float | None
    per_second: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class EngagementFigures:
    """The class estimate over the lesson; not made under ``observe``.

    Attributes:
        mean: Mean over windows with an estimate.
        low_share: Share of those windows at level 0 or 1.
        interval: 80 % interval of the mean.
        windows: Windows in all.
        abstained: Windows without an estimate.
    """

    mean: float | None
    low_share: float | None
    interval: tuple[float, float] | None
    windows: int
    abstained: int


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """Sound of the room over the lesson; shares of the time heard."""

    speech_share: float | None
    single_voice_share: float | None
    multiple_voices_share: float | None
    silence_share: float | None
    teacher_share: float | None
    wait_time_median_s: float | None


@dataclass(frozen=True, slots=True)
class ChatFigures:
    """Counts of the chat, without the lines that the teacher typed into the app; all None without a chat."""

    messages: int | None
    participants: int | None
    questions: int | None
    on_task_share: float | None


@dataclass(frozen=True, slots=True)
class Performance:
    """How fast it went.

    Attributes:
        realtime_factor: Processing time over lesson time; below 1 is faster than the lesson.
        analysed_fps: Analysed frames per second of lesson; None without a picture.
        device: ``cpu``, ``cuda:0`` ...
    """

    realtime_factor: float | None
    analysed_fps: float | None
    device: str


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """A model that had a part in the lesson.

    Attributes:
        role: ``face detector``, ``voice activity``, ``text encoder``, ``fusion`` ...
        spec: ``bundled:centerface``, ``dir:...`` ...
        sha256: Of the file, or of the folder's weight file.
    """

    role: str
    spec: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LessonSummary:
    """All figures of one lesson.

    Attributes:
        lesson: Folder of the lesson, absolute.
        engagement: None under ``observe``.
        contribution: Mean Shapley value of vision, audio, text; None under ``observe``.
    """

    lesson: str
    duration_s: float
    policy: Policy
    coverage: Coverage
    seats: SeatFigures
    engagement: EngagementFigures | None
    phases: tuple[PhaseSpan, ...]
    talk: TalkFigures
    chat: ChatFigures
    contribution: tuple[float | None, float | None, float | None] | None
    performance: Performance
    models: tuple[ModelUsed, ...]
    warnings: tuple[str, ...]
