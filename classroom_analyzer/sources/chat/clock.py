"""Places written times on the lesson clock and says by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classroom_analyzer.errors import UsageError
from classroom_analyzer.sources.chat.lines import Clock, Stamp
from classroom_analyzer.sources.chat.stamps import clock_seconds

__all__ = ["Placement", "parse_start_clock", "place"]

DAY_S = 86_400.0
MIDNIGHT_FALL_S = 12 * 3600.0  # a time that falls by more belongs to the next day
END_SLACK_S = 5.0  # times are whole seconds, and recordings start and end a little off
UNKNOWN_LENGTH_S = 4 * 3600.0  # without a known length, times below this are taken to count from the start


@dataclass(frozen=True, slots=True)
class Placement:
    """Times on the lesson clock.

    Attributes:
        times_s: One per stamp, in their order; may lie before 0 or behind the end.
        rule: How they were placed, one sentence for people.
    """

    times_s: tuple[float, ...]
    rule: str


def parse_start_clock(text: str) -> float:
    """Seconds of the day at which the recording began.

    Raises:
        UsageError: It is not ``HH:MM:SS``.
    """
    seconds = clock_seconds(text)
    if seconds is None or seconds >= DAY_S:
        raise UsageError(f"{text!r} is no time of day; give the start of the recording as HH:MM:SS")
    return seconds


def place(stamps: Sequence[Stamp], *, duration_s: float | None, start_clock: str | None) -> Placement:
    """Place times on the lesson clock.

    Args:
        stamps: Written times in file order.
        duration_s: Length of the recording, None when it is not known.
        start_clock: Time of day at which it began, ``HH:MM:SS``; overrides any guess.

    Raises:
        UsageError: ``start_clock`` is no time of day.
    """
    start_s = None if start_clock is None else parse_start_clock(start_clock)
    if not stamps:
        return Placement((), "no public message had to be placed")
    if all(stamp.clock is Clock.START for stamp in stamps):
        return Placement(
            tuple(s.s for s in stamps), "chat times count from the start of the recording, as the file states"
        )
    rolled = _over_midnight(stamps)
    first_s = min(t for t, stamp in zip(rolled, stamps, strict=True) if stamp.clock is not Clock.START)
    latest_s = max(rolled)
    limit_s = UNKNOWN_LENGTH_S if duration_s is None else duration_s + END_SLACK_S
    if start_s is not None:
        shift_s = start_s
        if first_s - start_s < -MIDNIGHT_FALL_S:  # the first message came after midnight
            shift_s -= DAY_S
        rule = f"chat times are times of day and the recording began at {start_clock}, as given"
    elif latest_s <= limit_s and all(stamp.clock is Clock.UNSTATED for stamp in stamps):
        shift_s = 0.0
        rule = "chat times all lie inside the recording, so they are taken to count from its start"
    else:
        shift_s = first_s
        rule = (
            "chat times are times of day and the start of the recording is not known, so the first message is put "
            "at 0 s; give the start with --chat-start HH:MM:SS"
        )
    placed = (t if stamp.clock is Clock.START else t - shift_s for t, stamp in zip(rolled, stamps, strict=True))
    return Placement(tuple(placed), rule)


def _over_midnight(stamps: Sequence[Stamp]) -> list[float]:
    """Seconds that go on rising over midnight; dated times count from midnight of the first date."""
    dated = [stamp.s for stamp in stamps if stamp.clock is Clock.DAY]
    first_midnight_s = min(dated) // DAY_S * DAY_S if dated else 0.0
    rolled = []
    days = 0
    previous_s: float | None = None
    for stamp in stamps:
        if stamp.clock is Clock.DAY:
            rolled.append(stamp.s - first_midnight_s)
        elif stamp.clock is Clock.START:
            rolled.append(stamp.s)
        else:
            if previous_s is not None and previous_s - stamp.s > MIDNIGHT_FALL_S:
                days += 1
            previous_s = stamp.s
            rolled.append(stamp.s + days * DAY_S)
    return rolled
