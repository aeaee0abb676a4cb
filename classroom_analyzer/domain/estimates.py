"""An engagement estimate with its uncertainty, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classroom_analyzer.domain.phases import Phase

__all__ = ["STATUS_TEXTS", "ClassEstimate", "Coverage", "EstimateStatus", "SeatEstimate"]


class EstimateStatus(StrEnum):
    """Why a window has an estimate or has none."""

    OK = "ok"
    NO_MODALITY = "no_modality"
    LOW_COVERAGE = "low_coverage"
    TOO_SMALL = "too_small"
    OUT_OF_DISTRIBUTION = "out_of_distribution"
    UNCERTAIN = "uncertain"
    SOURCE_LOST = "source_lost"
    EXCLUDED = "excluded"


STATUS_TEXTS: dict[EstimateStatus, str] = {
    EstimateStatus.OK: "estimate available",
    EstimateStatus.NO_MODALITY: "not enough evidence: nothing could be seen, heard or read",
    EstimateStatus.LOW_COVERAGE: "not enough evidence: too little of this window was observed",
    EstimateStatus.TOO_SMALL: "not enough evidence: the faces are too small to read",
    EstimateStatus.OUT_OF_DISTRIBUTION: "not enough evidence: unlike anything the model was trained on",
    EstimateStatus.UNCERTAIN: "not enough evidence: the model cannot tell the levels apart",
    EstimateStatus.SOURCE_LOST: "not enough evidence: the source was lost",
    EstimateStatus.EXCLUDED: "left out on request",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of what could have been observed that was; None where the modality was off or absent.

    Attributes:
        vision: Valid seat-seconds over class size times seconds.
        audio: Share of time the source was connected and usable.
        text: As ``audio``.
    """

    vision: float | None
    audio: float | None
    text: float | None


@dataclass(frozen=True, slots=True)
class ClassEstimate:
    """The class at the end of one window; a row of estimates.parquet.

    Attributes:
        t_s: End of the window.
        engagement: 0 to 1; None when the window abstains.
        low: Lower end of the 80 % interval; None when it abstains.
        high: Upper end.
        level_probabilities: P(level 0) to P(level 3); None when it abstains.
        coverage: Share of the last 10 s that was observed, mean over the modalities that were switched on, 0 to 1.
        contribution: Shapley value of vision, audio, text; None for a modality that was not used.
        phase: Lesson phase.
        status: Why there is an estimate or none.
        seats_seen: Seats with valid vision in this window.
        class_size: N, or None when nobody has been seen and none was given.
    """

    t_s: int
    engagement: float | None
    low: float | None
    high: float | None
    level_probabilities: tuple[float, float, float, float] | None
    coverage: float
    contribution: tuple[float | None, float | None, float | None]
    phase: Phase
    status: EstimateStatus
    seats_seen: int
    class_size: int | None


@dataclass(frozen=True, slots=True)
class SeatEstimate:
    """One seat at the end of one window; goes to the encrypted seat rows only."""

    t_s: int
    seat: int
    engagement: float | None
    low: float | None
    high: float | None
    quality: float
    status: EstimateStatus
