"""What stands in the cells of attendance files: durations, and dates in the order of the organiser's country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

__all__ = ["DateOrder", "date_order", "duration_minutes", "moment"]

MAX_MINUTES = 7 * 24 * 60.0  # no call is longer than a week
UNITS_MINUTES = {"d": 1440.0, "h": 60.0, "m": 1.0, "s": 1 / 60}
PIECE = re.compile(r"([0-9]{1,6})\s*(?:(d)(?:ays?)?|(h)(?:rs?|ours?)?|(m)(?:ins?|inutes?)?|(s)(?:ecs?|econds?)?)\b\.?")
CLOCK = re.compile(r"([0-9]{1,4}):([0-9]{2})(?::([0-9]{2}))?")
NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?")
DATE = re.compile(r"\s*([0-9]{1,4})[./-]([0-9]{1,2})[./-]([0-9]{1,4})\.?,?\s*(.*)", re.DOTALL)
TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?\s*([ap])?\.?\s?m?\.?", re.IGNORECASE)


class DateOrder(StrEnum):
    """Which part of a date comes first."""

    DAY = "day first"
    MONTH = "month first"
    YEAR = "year first"


def duration_minutes(text: str) -> float | None:
    """Minutes of ``1h 2m 10s``, ``1:02:10`` or a number of minutes; None when it is none of these."""
    text = text.strip().lower()
    if NUMBER.fullmatch(text):
        return _sensible(float(text.replace(",", ".")))
    clock = CLOCK.fullmatch(text)
    if clock is not None:
        return _sensible(int(clock[1]) * 60.0 + int(clock[2]) + int(clock[3] or 0) / 60)
    total, position = 0.0, 0
    for piece in PIECE.finditer(text):
        if text[position : piece.start()].strip(" ,"):
            return None
        unit = piece[2] or piece[3] or piece[4] or piece[5]
        total += int(piece[1]) * UNITS_MINUTES[unit]
        position = piece.end()
    return _sensible(total) if position and not text[position:].strip() else None


def date_order(texts: Iterable[str]) -> DateOrder | None:
    """The one order in which all these dates exist; None when there are two such orders, or none.

    ``2/7/26`` is two different days; a part above 12 anywhere in the file settles it.
    """
    parts = [(int(m[1]), int(m[2])) for text in texts if (m := DATE.match(text)) is not None]
    if not parts:
        return None
    if all(first > 31 for first, _ in parts):
        return DateOrder.YEAR
    day_first = all(first <= 31 and second <= 12 for first, second in parts)
    month_first = all(first <= 12 and second <= 31 for first, second in parts)
    if day_first == month_first:
        return None
    return DateOrder.DAY if day_first else DateOrder.MONTH


def moment(text: str, order: DateOrder | None) -> datetime | None:
    """Read one date with its time.

    Args:
        text: For example ``2/7/26, 10:00:05 AM``.
        order: As found by ``date_order``; None where it is not known: then the day and month of the result may stand
            for each other, so that only differences of times on one day mean anything.
    """
    date = DATE.match(text)
    if date is None:
        return None
    numbers = int(date[1]), int(date[2]), int(date[3])
    if order is DateOrder.YEAR:
        year, month, day = numbers
    elif order is DateOrder.DAY:
        day, month, year = numbers
    else:
        month, day, year = numbers
    time = TIME.match(date[4].strip())
    hour, minute, second = (int(time[1]), int(time[2]), int(time[3] or 0)) if time is not None else (0, 0, 0)
    if time is not None and time[4]:
        hour = hour % 12 + (12 if time[4].lower() == "p" else 0)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)
    except ValueError:
        return None


def _sensible(minutes: float) -> float | None:
    return minutes if minutes <= MAX_MINUTES else None
