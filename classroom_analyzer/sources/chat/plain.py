"""Pasted lines of no known format: ``Name: text``; a line without a name continues the message before it."""

from __future__ import annotations

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import Parsed, RawMessage, clean_name, clean_text

__all__ = ["PlainParser"]

MAX_SENDER_CHARS = 80  # a longer beginning is a sentence with a colon, not a name


class PlainParser:
    """Reads what a person copied out of a chat window; written times are not known."""

    shape = "name: text"

    def __init__(self) -> None:
        self._line_number = 0
        self._name = ""
        self._texts: list[str] = []

    def feed(self, line_number: int, line: str) -> list[Parsed]:
        """Take the next line."""
        sender, mark, text = line.partition(":")
        opens = bool(mark) and 0 < len(sender.strip()) <= MAX_SENDER_CHARS and (not text or text[0].isspace())
        if not opens:
            if self._name:
                self._texts.append(line)
                return []
            return [ChatProblem(line_number, "belongs to no message that could be read")] if line.strip() else []
        done = self.finish()
        self._line_number, self._name, self._texts = line_number, clean_name(sender), [text]
        return done

    def finish(self, *, final: bool = True) -> list[Parsed]:
        """Give the message that waits for more lines."""
        if not self._name:
            return []
        name, self._name = self._name, ""
        text = clean_text("\n".join(self._texts))
        if not text:
            return [ChatProblem(self._line_number, "a message without text")]
        return [RawMessage(self._line_number, None, name, text, private=False)]
