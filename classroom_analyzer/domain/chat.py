"""Chat lines on the lesson clock, already under pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ChatImport", "ChatMessage", "ChatProblem"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One public line.

    Attributes:
        t_ns: When it was sent, lesson clock.
        participant: Pseudonym, ``P01`` and so on, by order of first appearance.
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
