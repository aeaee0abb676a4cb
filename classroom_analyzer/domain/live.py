"""What a running lesson shows: immutable snapshots that a view polls, never pushed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.chat import ChatMessage, ChatTaken
from classroom_analyzer.domain.estimates import ClassEstimate, SeatEstimate
from classroom_analyzer.domain.faces import SeatSighting
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.readings import Reading

__all__ = ["Dashboard", "DeviceHealth", "LiveSession", "Preview", "SourceState"]


class SourceState(StrEnum):
    """How a source is doing: OK, no new data for over 1 s, for over 3 s, waiting to reopen, or over."""

    OK = "ok"
    STALE = "stale"
    LOST = "lost"
    RETRY = "retry"
    ENDED = "ended"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """One source of a running lesson.

    Attributes:
        modality: What it feeds.
        name: As the user knows it.
        state: How it is doing.
        dropped: Frames (or blocks) that arrived and were not analysed.
        detail: What a person can do about it, empty when all is well.
    """

    modality: Modality
    name: str
    state: SourceState
    dropped: int
    detail: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """The newest picture, masks applied.

    Attributes:
        t_ns: Lesson clock.
        image: ``(height, width, 3) uint8 BGR``.
        seats: Seats of the newest analysed frame, boxes in pixels of ``image``.
    """

    t_ns: int
    image: NDArray[np.uint8]
    seats: tuple[SeatSighting, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything but the picture, as of the newest closed second.

    Attributes:
        t_s: Newest closed second, 0 before the first.
        duration_s: Length of the lesson when it is known (a file), else None.
        policy: Policy of the lesson.
        estimates: One per closed second of the last 10 minutes, oldest first; empty under ``observe``.
        seats: Newest estimate per seat; empty under ``observe``.
        readings: Newest class reading by indicator name.
        chat: Newest 200 public lines, oldest first.
        devices: One per source of the lesson.
        lesson: Folder being written.
        warnings: As in summary.json.
        finished: True when the lesson is closed and its folder complete.
        error: One sentence when the lesson ended by an error.
    """

    t_s: int
    duration_s: float | None
    policy: Policy
    estimates: tuple[ClassEstimate, ...]
    seats: tuple[SeatEstimate, ...]
    readings: Mapping[str, Reading]
    chat: tuple[ChatMessage, ...]
    devices: tuple[DeviceHealth, ...]
    lesson: Path | None
    warnings: tuple[str, ...]
    finished: bool
    error: str | None


class LiveSession(Protocol):
    """A running lesson, as a view sees it. All methods are quick and may be called from any thread."""

    def preview(self) -> Preview | None:
        """Return the newest picture, None when there is none newer than at the last call."""
        ...

    def dashboard(self) -> Dashboard:
        """Return the newest snapshot."""
        ...

    def add_marker(self, note: str) -> int:
        """Keep a note at the present time; return that time in seconds."""
        ...

    @property
    def takes_chat(self) -> bool:
        """Whether lines can be pasted and typed into this lesson."""
        ...

    def paste_chat(self, text: str) -> ChatTaken:
        """Take pasted chat lines, of any known format or ``Name: text``; say what became of them."""
        ...

    def type_chat(self, text: str) -> ChatTaken:
        """Take a line that the teacher typed."""
        ...

    def stop(self) -> None:
        """Ask the lesson to end and close its folder; ``dashboard().finished`` tells when it has."""
        ...
