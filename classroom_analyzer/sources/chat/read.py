"""Reads a whole chat file: finds its format, places its times, drops private lines, replaces names."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.domain.chat import ChatImport, ChatMessage, ChatProblem
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.clock import END_SLACK_S, place
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, MAX_LINES, read_text, split_lines
from classroom_analyzer.sources.chat.lines import LineParser, RawMessage
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.shapes import known_shapes, recognise

__all__ = ["read_chat"]


def read_chat(
    path: Path | str,
    *,
    duration_s: float | None,
    start_clock: str | None = None,
    pseudonyms: Pseudonyms | None = None,
) -> ChatImport:
    """Read a chat file.

    Args:
        path: Zoom chat, JSON lines or CSV.
        duration_s: Length of the recording, None when it is not known. Messages outside of it are left out, each
            with its problem; those less than 5 s outside are moved to its edge.
        start_clock: Time of day ``HH:MM:SS`` at which the recording began.
        pseudonyms: Where names get their pseudonyms; a fresh one when None.

    Raises:
        BadInputError: The file cannot be read or its format is not known.
        UsageError: ``start_clock`` is no time of day.
    """
    path = Path(path)
    lines = split_lines(read_text(path))
    problems: list[ChatProblem] = []
    if len(lines) > MAX_LINES:
        problems.append(ChatProblem(MAX_LINES + 1, f"only the first {MAX_LINES} lines are read"))
        lines = lines[:MAX_LINES]
    for index, line in enumerate(lines):
        if len(line) > MAX_LINE_CHARS:
            problems.append(ChatProblem(index + 1, f"longer than {MAX_LINE_CHARS} characters"))
            lines[index] = ""
    parser = recognise(lines)
    if parser is None:
        raise BadInputError(path, f"this chat format is not known; what can be read: {known_shapes()}")
    found = _parse(parser, lines, problems)
    public = [message for message in found if not message.private]
    placement = place([message.stamp for message in public], duration_s=duration_s, start_clock=start_clock)
    timed = []
    for message, t_s in zip(public, placement.times_s, strict=True):
        inside_s = _moved_inside(t_s, duration_s)
        if inside_s is None:
            where = "before the recording began" if t_s < 0 else "after the recording ended"
            problems.append(ChatProblem(message.line_number, f"sent {where}"))
        else:
            timed.append((inside_s, message))
    timed.sort(key=lambda pair: pair[0])
    names = pseudonyms if pseudonyms is not None else Pseudonyms()
    messages = tuple(ChatMessage(to_ns(t_s), names.of(message.name), message.text) for t_s, message in timed)
    problems.sort(key=lambda problem: problem.line_number)
    return ChatImport(parser.shape, messages, tuple(problems), placement.rule, len(found) - len(public))


def _parse(parser: LineParser, lines: list[str], problems: list[ChatProblem]) -> list[RawMessage]:
    parsed = [item for number, line in enumerate(lines, start=1) for item in parser.feed(number, line)]
    parsed += parser.finish()
    problems += [item for item in parsed if isinstance(item, ChatProblem)]
    return [item for item in parsed if isinstance(item, RawMessage)]


def _moved_inside(t_s: float, duration_s: float | None) -> float | None:
    """The time, moved to the edge of the recording when it lies a little outside; None when it lies far outside."""
    if t_s < -END_SLACK_S or (duration_s is not None and t_s > duration_s + END_SLACK_S):
        return None
    return max(0.0, t_s if duration_s is None else min(t_s, duration_s))
