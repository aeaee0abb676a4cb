"""JSON lines: objects with ``name``, ``text``, as a rule ``t`` (seconds from the start) or ``time``, maybe ``to``."""

from __future__ import annotations

import json

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import Parsed
from classroom_analyzer.sources.chat.records import REQUIRED, fields_of, message_of

__all__ = ["JsonLines"]

LINES_TO_RECOGNISE = 50


class JsonLines:
    """Recognised by the first lines that hold a message."""

    description = 'JSON lines ({"t": 1.5, "name": "...", "text": "..."})'

    def parser(self, lines: list[str]) -> JsonLinesParser | None:
        """Return a parser when one of the first lines has all needed keys."""
        filled = [line for line in lines if line.strip()][:LINES_TO_RECOGNISE]
        if any(set(_fields(line) or ()) >= REQUIRED for line in filled):
            return JsonLinesParser()
        return None


class JsonLinesParser:
    """One message a line."""

    shape = "json lines"

    def feed(self, line_number: int, line: str) -> list[Parsed]:
        """Take the next line."""
        if not line.strip():
            return []
        fields = _fields(line)
        if fields is None:
            return [ChatProblem(line_number, "no JSON object")]
        return [message_of(line_number, fields)]

    def finish(self, *, final: bool = True) -> list[Parsed]:
        """Nothing is held back."""
        return []


def _fields(line: str) -> dict[str, object] | None:
    """Known fields of one line; None when it is no JSON object."""
    if not line.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return fields_of({key.lower(): item for key, item in value.items()})
