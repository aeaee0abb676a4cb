"""Lessons that were cut off, as they are offered for recovery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

__all__ = ["RecoveryOutcome", "RecoveryResult", "UnfinishedLesson"]


@dataclass(frozen=True, slots=True)
class UnfinishedLesson:
    """A lesson that was cut off.

    Attributes:
        path: Its folder.
        title: Name.
        started: When it began, local time; None when it cannot be told.
        length_s: How much of it there is; None when it cannot be told.
        why: What is known about the end, one sentence; may be empty.
    """

    path: Path
    title: str
    started: datetime | None
    length_s: float | None
    why: str = ""


class RecoveryOutcome(StrEnum):
    """What became of a lesson that was to be recovered."""

    RECOVERED = "recovered"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class RecoveryResult:
    """What a recovery came to.

    Attributes:
        outcome: Whether the lesson is readable now.
        path: Where the lesson is now.
        text: One or two sentences for people about what was saved and what was not.
    """

    outcome: RecoveryOutcome
    path: Path
    text: str
