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
from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.readings import Reading

__all__ = [
    "Change",
    "Dashboard",
    "DeviceHealth",
    "LiveSession",
    "Preview",
    "RecordingHealth",
    "RecordingState",
    "SourceState",
    "Why",
]


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
        retry_in_s: Seconds until it is opened again, where it waits for that; None otherwise.
    """

    modality: Modality
    name: str
    state: SourceState
    dropped: int
    detail: str = ""
    retry_in_s: float | None = None


class RecordingState(StrEnum):
    """Whether picture and sound are kept."""

    OFF = "off"  # not asked for
    ON = "on"
    STOPPED = "stopped"  # asked for, and ended before the lesson did


@dataclass(frozen=True, slots=True)
class RecordingHealth:
    """How the raw recording and the disk below it are doing.

    Attributes:
        state: Whether raw media are kept.
        detail: Why it stopped, or what is wrong; empty when all is well.
        free_bytes: Room on the lesson folder's disk; None before it was looked at.
        left_s: How long the recording can go on at its present rate; None without one.
        dropped: Pictures that could not be kept because encoding was too slow.
        disk_low: Whether the disk runs out soon.
    """

    state: RecordingState = RecordingState.OFF
    detail: str = ""
    free_bytes: int | None = None
    left_s: float | None = None
    dropped: int = 0
    disk_low: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator at a moment and before it.

    Attributes:
        name: Of the indicator.
        unit: Of both values.
        now: At the moment; None when it was not measured.
        before: Mean of the minute that ended 30 s earlier; None when it was not measured.
    """

    name: str
    unit: str
    now: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class Why:
    """What a moment of the class line rests on.

    Attributes:
        estimate: The moment's; None under ``observe``.
        before: The newest estimate with a value that is at least 30 s older; None without one.
        changes: Indicators, those that moved most in units of their own spread first.
        chat: Public lines of the two minutes before the moment, oldest first.
    """

    t_s: int
    estimate: ClassEstimate | None
    before: ClassEstimate | None
    changes: tuple[Change, ...]
    chat: tuple[ChatMessage, ...]


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
        paused: Whether nothing is looked at, heard or read at the moment.
        recording: Raw recording and disk.
        behind_s: How long after its end the newest second was closed; None before the first.
        masked_seats: Seats that are hidden and left out.
        analysed_fps: Pictures analysed per second over the last 10 s; None without a picture.
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
    paused: bool = False
    recording: RecordingHealth = RecordingHealth()
    behind_s: float | None = None
    masked_seats: frozenset[int] = frozenset()
    analysed_fps: float | None = None


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

    def undo_marker(self) -> bool:
        """Take back the newest marker of this lesson that is in force; False when there is none."""
        ...

    def add_label(self, kind: LabelKind, *, estimate_visible: bool) -> int:
        """Keep ``with me`` or ``lost`` for the present time; return that time in seconds.

        Args:
            kind: What the teacher says.
            estimate_visible: Whether the class line could be seen.
        """
        ...

    def undo_label(self) -> bool:
        """Take back the newest label of this lesson that is in force; False when there is none."""
        ...

    def pause(self) -> None:
        """Look, listen and read nothing until ``resume``; the gap is kept as a gap."""
        ...

    def resume(self) -> None:
        """Go on after ``pause``."""
        ...

    def mask_seat(self, seat: int) -> None:
        """Hide a seat from now on, in picture, figures and recording; there is no way back within the lesson."""
        ...

    def why(self, t_s: int) -> Why | None:
        """Say what the second rests on; None where it is older than ten minutes or not closed yet."""
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

    def stop(self, *, hurry: bool = False) -> None:
        """Ask the lesson to end and close its folder; ``dashboard().finished`` tells when it has.

        Args:
            hurry: End within 3 s; what still waits for the models is left out then.
        """
        ...
