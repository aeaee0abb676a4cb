"""Lesson phases, named by overt behaviour; a phase lasts at least 60 s."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["PHASES", "PHASE_MINIMUM_S", "Phase", "PhaseSpan"]

PHASE_MINIMUM_S = 60


class Phase(StrEnum):
    """What the class is doing, as far as sound and facing can tell."""

    UNKNOWN = "unknown"
    LECTURE = "lecture"
    DIALOGUE = "dialogue"
    GROUP_WORK = "group work"
    SILENT_WORK = "silent work"


PHASES: tuple[Phase, ...] = tuple(Phase)  # index = code in feature batches


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """One phase from ``from_s`` to ``to_s``, lesson clock."""

    from_s: float
    to_s: float
    phase: Phase
