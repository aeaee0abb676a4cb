"""Google Meet's chat file (.sbv): a line ``start,end``, then ``Name: text``, then a blank line.

    00:00:20.906,00:00:23.906
    Ana: Good morning

Times count from the start of the recording. A line that is neither a time nor blank continues the message before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import Clock, Parsed, RawMessage, Stamp, clean_name, clean_text
from classroom_analyzer.sources.chat.stamps import MAX_S, cue_seconds

__all__ = ["MeetChat"]


class MeetChat:
    """Recognised by any line that is a start and an end."""

    description = "Google Meet chats (.sbv)"

    def parser(self, lines: list[str]) -> MeetParser | None:
        """Return a parser when any line is a pair of times."""
        return MeetParser() if any(_cue(line) is not None for line in lines) else None


@dataclass(slots=True)
class _Message:
    """The message being read; ``start_s`` None when its times cannot be used."""

    line_number: int
    start_s: float | None
    texts: list[str]


class MeetParser:
    """Joins the lines under one pair of times to one message."""

    shape = "meet chat"

    def __init__(self) -> None:
        self._open: _Message | None = None

    def feed(self, line_number: int, line: str) -> list[Parsed]:
        """Take the next line."""
        cue = _cue(line)
        if cue is None:
            return self._continue(line_number, line)
        done = self.finish()
        start_s, end_s = cue
        usable = start_s <= end_s and start_s <= MAX_S
        self._open = _Message(line_number, start_s if usable else None, [])
        if not usable:
            reason = "it ends before it starts" if start_s > end_s else "its time is none that can be read"
            done.append(ChatProblem(line_number, reason))
        return done

    def finish(self, *, final: bool = True) -> list[Parsed]:
        """Give the message that waits for more lines."""
        message = self._open
        if message is None or (not final and not message.texts):
            return []
        self._open = None
        if message.start_s is None:
            return []
        name, mark, text = "\n".join(message.texts).partition(": ")
        if not mark and name.rstrip().endswith(":"):  # a sender with nothing behind it
            name = name.rstrip()[:-1]
        name, text = clean_name(name) if "\n" not in name else "", clean_text(text)
        if not name or not text:
            return [ChatProblem(message.line_number, "a message without " + ("text" if name else "a name"))]
        return [RawMessage(message.line_number, Stamp(message.start_s, Clock.START), name, text, private=False)]

    def _continue(self, line_number: int, line: str) -> list[Parsed]:
        if self._open is None or self._open.start_s is None:
            return [ChatProblem(line_number, "belongs to no message that could be read")] if line.strip() else []
        if self._open.texts or line.strip():
            self._open.texts.append(line)
        return []


def _cue(line: str) -> tuple[float, float] | None:
    """Start and end in seconds; None when the line is no such pair."""
    # Only a comma that has a colon on both sides parts the two: a fraction may have a comma too.
    for position, char in enumerate(line[:64]):
        if char == ",":
            start_s, end_s = cue_seconds(line[:position]), cue_seconds(line[position + 1 :])
            if start_s is not None and end_s is not None:
                return start_s, end_s
    return None
