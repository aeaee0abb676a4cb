"""What every chat format is read into: one message as it stands in the file, before pseudonyms and the lesson clock."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from classroom_analyzer.domain.chat import ChatProblem

__all__ = ["ChatShape", "Clock", "LineParser", "Parsed", "RawMessage", "Stamp", "clean_name", "clean_text", "is_public"]

MAX_TEXT_CHARS = 4096
MAX_NAME_CHARS = 200


class Clock(StrEnum):
    """What a written time counts from."""

    START = "start"  # the file says: from the start of the recording
    DAY = "day"  # a date stands with it
    UNSTATED = "unstated"  # HH:MM:SS of either kind


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written.

    Attributes:
        s: Seconds, from the start of the recording, of the day, or of the calendar (with a date).
        clock: Which of these.
    """

    s: float
    clock: Clock


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message as the file has it; holds a real name and lives in memory only.

    Attributes:
        line_number: Where it starts, from 1.
        stamp: Time as written; None when the line has none.
        name: Sender as written.
        text: Plain text.
        private: Sent to anybody but everyone.
    """

    line_number: int
    stamp: Stamp | None
    name: str
    text: str
    private: bool


Parsed = RawMessage | ChatProblem


class LineParser(Protocol):
    """Reads one file line by line; a message may be given a few lines late."""

    @property
    def shape(self) -> str:
        """Name of the format, for people."""
        ...

    def feed(self, line_number: int, line: str) -> list[Parsed]:
        """Take the next line, without its line end; never raises."""
        ...

    def finish(self, *, final: bool = True) -> list[Parsed]:
        """Give what is still held back. ``final=False``: only what is complete if no more lines follow soon."""
        ...


class ChatShape(Protocol):
    """One known format."""

    @property
    def description(self) -> str:
        """What it is and how it looks, for the message that lists what is read."""
        ...

    def parser(self, lines: list[str]) -> LineParser | None:
        """Return a fresh parser when these lines are of this format, else None."""
        ...


def is_public(recipient: str | None) -> bool:
    """Whether all could read it. An unknown recipient, in any language, counts as private."""
    return recipient is None or recipient.strip().casefold() in {"", "everyone"}


def clean_text(text: str) -> str:
    """Text that can be stored: no lone surrogates, no NUL, at most ``MAX_TEXT_CHARS``; an ellipsis says it was cut."""
    storable = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd").strip()
    return storable if len(storable) <= MAX_TEXT_CHARS else storable[: MAX_TEXT_CHARS - 1] + "…"


def clean_name(name: str) -> str:
    """A name in one spelling: composed characters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", clean_text(name)).split())[:MAX_NAME_CHARS]
