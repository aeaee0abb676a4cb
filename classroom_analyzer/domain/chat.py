"""Chat lines on the lesson clock, already under pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TEACHER", "ChatImport", "ChatMessage", "ChatProblem", "ChatTaken"]

TEACHER = "T"  # who typed a line in the app


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One public line.

    Attributes:
        t_ns: When it was sent, lesson clock.
        participant: Pseudonym, ``P01`` and so on, by order of first appearance; ``T`` for a line typed in the app.
        text: As written, untrusted plain text.
    """

    t_ns: int
    participant: str
    text: str


@dataclass(frozen=True, slots=True)
class ChatProblem:
    """A line that could not be read; kept and counted, never dropped silently."""

    line_number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChatImport:
    """What a chat file gave.

    Attributes:
        shape: Name of the format, for example ``zoom saved chat (C)``.
        messages: In time order.
        problems: Lines that could not be read.
        clock_rule: How times were placed on the lesson clock, for people.
        private_dropped: Private messages that were left out.
    """

    shape: str
    messages: tuple[ChatMessage, ...]
    problems: tuple[ChatProblem, ...]
    clock_rule: str
    private_dropped: int


@dataclass(frozen=True, slots=True)
class ChatTaken:
    """What became of lines that were handed to a live lesson.

    Attributes:
        taken: New public messages.
        merged: Messages that were there already.
        private: Private messages, left out.
        unreadable: Lines that could not be read; counted in the summary.
    """

    taken: int = 0
    merged: int = 0
    private: int = 0
    unreadable: int = 0

    def __add__(self, other: ChatTaken) -> ChatTaken:
        return ChatTaken(
            self.taken + other.taken,
            self.merged + other.merged,
            self.private + other.private,
            self.unreadable + other.unreadable,
        )
