"""What is kept of past lessons on this computer, as the privacy page lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

__all__ = ["StoredLesson"]


@dataclass(frozen=True, slots=True)
class StoredLesson:
    """One lesson folder.

    Attributes:
        path: The folder.
        title: As the teacher calls it.
        started: When it began; None when the folder cannot be read.
        total_bytes: Size of all its files.
        media_bytes: Size of kept picture and sound; 0 without any.
        has_seats: Whether rows of numbered seats are kept.
        media_until: Day after which picture and sound are deleted by themselves; None without any.
        rows_until: Day after which all but the totals is deleted by itself; None when it cannot be told.
        totals_until: Day after which the whole lesson is deleted by itself; None when it cannot be told.
    """

    path: Path
    title: str
    started: datetime | None
    total_bytes: int
    media_bytes: int = 0
    has_seats: bool = False
    media_until: date | None = None
    rows_until: date | None = None
    totals_until: date | None = None
