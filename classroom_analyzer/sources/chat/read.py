"""Reads a whole chat file: finds its format, places its times, drops private lines, replaces names."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.domain.chat import ChatImport, ChatMessage, ChatProblem
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.chat.clock import END_SLACK_S, place
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, MAX_LINES, encoding_of, read_text, split_lines
from classroom_analyzer.sources.chat.lines import LineParser, RawMessage, Stamp
from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
from classroom_analyzer.sources.chat.shapes import is_transcript, known_shapes, recognise

__all__ = ["TRANSCRIPT_AS_CHAT", "check_is_no_transcript", "read_chat"]

TRANSCRIPT_AS_CHAT = "this is a transcript of what was said, not a chat; give it with --transcript"


def read_chat(
    path: Path | str,
    *,
    duration_s: float | None,
    start_clock: str | None = None,
    pseudonyms: Pseudonyms | None = None,
) -> ChatImport:
    """Read a chat file.

    Args:
        path: Zoom chat, Meet chat, JSON lines or CSV.
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
        left = len(lines) - MAX_LINES
        problems.append(ChatProblem(MAX_LINES + 1, f"only the first {MAX_LINES} lines are read, {left} are not"))
        lines = lines[:MAX_LINES]
    for index, line in enumerate(lines):
        if len(line) > MAX_LINE_CHARS:
            problems.append(ChatProblem(index + 1, f"longer than {MAX_LINE_CHARS} characters"))
            lines[index] = ""
    if is_transcript(lines):
        raise BadInputError(path, TRANSCRIPT_AS_CHAT)
    parser = recognise(lines)
    if parser is None:
        raise BadInputError(path, f"this chat format is not known; what can be read: {known_shapes()}")
    found, filled = _with_times(_parse(parser, lines, problems), problems)
    public = [(message, stamp) for message, stamp in found if not message.private]
    placement = place([stamp for _, stamp in public], duration_s=duration_s, start_clock=start_clock)
    timed = []
    for (message, _), t_s in zip(public, placement.times_s, strict=True):
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
    rule = placement.rule
    if filled:
        rule += f"; {filled} lines without a time stand at the time of the line before them"
    return ChatImport(parser.shape, messages, tuple(problems), rule, len(found) - len(public))


def check_is_no_transcript(path: Path) -> None:
    """Refuse a transcript in place of a growing chat file, which may still be missing or empty.

    Raises:
        BadInputError: It is a transcript.
    """
    try:
        with path.open("rb") as file:
            head = file.read(256)
    except OSError:
        return
    if is_transcript(split_lines(head.decode(encoding_of(head[:3]), errors="replace"))):
        raise BadInputError(path, TRANSCRIPT_AS_CHAT)


def _parse(parser: LineParser, lines: list[str], problems: list[ChatProblem]) -> list[RawMessage]:
    parsed = [item for number, line in enumerate(lines, start=1) for item in parser.feed(number, line)]
    parsed += parser.finish()
    problems += [item for item in parsed if isinstance(item, ChatProblem)]
    return [item for item in parsed if isinstance(item, RawMessage)]


def _with_times(found: list[RawMessage], problems: list[ChatProblem]) -> tuple[list[tuple[RawMessage, Stamp]], int]:
    """Give messages without a time that of the message before; the first ones, with nothing before, are problems.

    Returns:
        Messages with their times in file order, and how many public ones were given the time of another.
    """
    timed: list[tuple[RawMessage, Stamp]] = []
    last: Stamp | None = None
    filled = 0
    for message in found:
        filled += message.stamp is None and last is not None and not message.private
        last = message.stamp or last
        if last is None:
            problems.append(ChatProblem(message.line_number, "it has no time, and no line before it has one"))
        else:
            timed.append((message, last))
    return timed, filled


def _moved_inside(t_s: float, duration_s: float | None) -> float | None:
    """The time, moved to the edge of the recording when it lies a little outside; None when it lies far outside."""
    if t_s < -END_SLACK_S or (duration_s is not None and t_s > duration_s + END_SLACK_S):
        return None
    return max(0.0, t_s if duration_s is None else min(t_s, duration_s))
