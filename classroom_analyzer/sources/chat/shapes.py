"""All chat formats that are read. A new one is a module with a ``ChatShape`` and a line here."""

from __future__ import annotations

from classroom_analyzer.sources.chat.jsonl import JsonLines
from classroom_analyzer.sources.chat.lines import ChatShape, LineParser
from classroom_analyzer.sources.chat.sbv import MeetChat
from classroom_analyzer.sources.chat.table import Table
from classroom_analyzer.sources.chat.zoom import ZoomChat

__all__ = ["SHAPES", "is_transcript", "known_shapes", "recognise"]

SHAPES: tuple[ChatShape, ...] = (ZoomChat(), JsonLines(), Table(), MeetChat())


def recognise(lines: list[str]) -> LineParser | None:
    """Return a fresh parser for these lines, None when no known format fits."""
    return next((parser for shape in SHAPES if (parser := shape.parser(lines)) is not None), None)


def known_shapes() -> str:
    """The formats in words, for the message about an unknown one."""
    return ", ".join(shape.description for shape in SHAPES)


def is_transcript(lines: list[str]) -> bool:
    """Whether these lines are of a WebVTT file: what was said, not what was written."""
    first = next((line for line in lines if line.strip()), "")
    return first.lstrip("\ufeff").startswith("WEBVTT")
