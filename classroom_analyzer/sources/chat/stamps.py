"""Reads written times: seconds, HH:MM:SS, ISO 8601, and the cue times of captions."""

from __future__ import annotations

import math
import re
from datetime import datetime

from classroom_analyzer.sources.chat.lines import Clock, Stamp

__all__ = ["MAX_S", "clock_seconds", "cue_seconds", "parse_stamp"]

MAX_S = 7 * 86_400.0  # no lesson is longer than a week
NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
HMS = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6}))?)?")
CUE = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})")
EPOCH = datetime(1970, 1, 1)


def clock_seconds(text: str) -> float | None:
    """Seconds of ``H:MM``, ``HH:MM:SS`` or ``HH:MM:SS.fff``; None when it is no such time."""
    match = HMS.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    if minutes > 59 or seconds > 59:
        return None
    return hours * 3600.0 + minutes * 60.0 + seconds + float(f"0.{match[4] or 0}")


def cue_seconds(text: str) -> float | None:
    """Seconds of ``[H:]M:S.f`` as caption files write it, parts padded or not, point or comma; None when it is none.

    The fraction is padded right to milliseconds: ``0:0:1.5`` is 1500 ms.
    """
    match = CUE.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if minutes > 59 or seconds > 59:
        return None
    return hours * 3600.0 + minutes * 60.0 + seconds + int(match[4].ljust(3, "0")) / 1000


def parse_stamp(value: object) -> Stamp | None:
    """Read one time.

    Args:
        value: A number (seconds from the start), or text: a number with point or comma, a clock time, or ISO 8601
            (wall time as written, its zone left aside).

    Returns:
        None when it is no time, lies before the start, or lies more than a week after it.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_start(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if NUMBER.fullmatch(text):
        return _from_start(float(text.replace(",", ".")))
    clock_s = clock_seconds(text)
    if clock_s is not None:
        return Stamp(clock_s, Clock.UNSTATED)
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return Stamp((moment - EPOCH).total_seconds(), Clock.DAY)


def _from_start(seconds: float) -> Stamp | None:
    if not 0 <= seconds <= MAX_S or not math.isfinite(seconds):
        return None
    return Stamp(float(seconds), Clock.START)
