"""Cuts caption files into cues: WebVTT (``start --> end``, as Zoom and Teams write it) and SubViewer (``start,end``).

Blocks stand between blank lines. A line over the times is the cue's number; header, NOTE, STYLE and REGION blocks hold
nothing that was said. Nothing raises: what cannot be read becomes a problem with its line number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.stamps import MAX_S, cue_seconds

__all__ = ["Cue", "cut_cues", "has_cues", "is_subviewer"]

HEADER = "WEBVTT"
# Blocks that are told from a cue by their first word; a cue number may be any word too, so times decide first.
SILENT = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:[\s:]|$)")
ARROW = "-->"
MAX_TIME_CHARS = 64
NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption as it stands in the file; holds real names and lives in memory only.

    Attributes:
        line_number: Of its times, from 1.
        start_s: From the start of the recording.
        end_s: Not before ``start_s``.
        lines: Its text, tags and all.
    """

    line_number: int
    start_s: float
    end_s: float
    lines: tuple[str, ...]


def has_cues(lines: list[str]) -> bool:
    """Whether these lines are those of a caption file."""
    first = next((line for line in lines if line.strip()), "")
    return first.lstrip("\ufeff").startswith(HEADER) or any(_is_times(line) for line in lines)


def is_subviewer(lines: list[str]) -> bool:
    """Whether the times are written as Google Meet does, ``start,end``."""
    return not any(ARROW in line for line in lines) and any(_comma_pair(line) is not None for line in lines)


def cut_cues(lines: list[str]) -> tuple[list[Cue], list[ChatProblem]]:
    """Read all cues.

    Args:
        lines: The file, without line ends.

    Returns:
        Cues in file order, and what could not be read.
    """
    cues: list[Cue] = []
    problems: list[ChatProblem] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = _block_end(lines, at)
        _read_block(lines, at, end, cues, problems)
        at = end
    return cues, problems


def _block_end(lines: list[str], start: int) -> int:
    """Where the block ends: at a blank line, or where the next cue's times or number stand without one."""
    at = start + 1
    seen_times = _is_times(lines[start])
    while at < len(lines) and lines[at].strip():
        if seen_times and _is_times(lines[at]):
            return at - 1 if at - 1 > start and NUMBER.fullmatch(lines[at - 1].strip()) else at
        seen_times = seen_times or _is_times(lines[at])
        at += 1
    return at


def _read_block(lines: list[str], start: int, end: int, cues: list[Cue], problems: list[ChatProblem]) -> None:
    times_at = next((at for at in range(start, min(end, start + 2)) if _is_times(lines[at])), None)
    if times_at is None:
        if not SILENT.match(lines[start].lstrip("\ufeff")):
            problems += [ChatProblem(at + 1, "belongs to no cue that could be read") for at in range(start, end)]
        return
    times = _arrow_pair(lines[times_at]) if ARROW in lines[times_at] else _comma_pair(lines[times_at])
    if times is None or max(times) > MAX_S:
        problems.append(ChatProblem(times_at + 1, "its times cannot be read"))
    elif times[1] < times[0]:
        problems.append(ChatProblem(times_at + 1, "it ends before it starts"))
    else:
        cues.append(Cue(times_at + 1, *times, tuple(lines[times_at + 1 : end])))


def _is_times(line: str) -> bool:
    return ARROW in line or _comma_pair(line) is not None


def _arrow_pair(line: str) -> tuple[float, float] | None:
    start, _, rest = line.partition(ARROW)
    words = rest.split()  # cue settings may follow the end
    start_s, end_s = cue_seconds(start[:MAX_TIME_CHARS]), cue_seconds(words[0][:MAX_TIME_CHARS]) if words else None
    return None if start_s is None or end_s is None else (start_s, end_s)


def _comma_pair(line: str) -> tuple[float, float] | None:
    # Only a comma that has a colon on both sides parts the two: a fraction may have a comma too.
    for position, char in enumerate(line[:MAX_TIME_CHARS]):
        if char == ",":
            start_s, end_s = cue_seconds(line[:position]), cue_seconds(line[position + 1 :])
            if start_s is not None and end_s is not None:
                return start_s, end_s
    return None
