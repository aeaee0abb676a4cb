"""What a teacher says about seats afterwards: two numbers are one person, or one number is two.

Edits lie over the measured rows and never change them. They are read in the order in which they were made, each in
the numbers that the ones before left on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classroom_analyzer.errors import UsageError

__all__ = ["ExcludeSeat", "MergeSeats", "SeatEdit", "SplitSeat", "known_seats", "shown_seat"]


@dataclass(frozen=True, slots=True)
class MergeSeats:
    """Two seats are the same person.

    Attributes:
        kept: Number that is shown for both. Where both have a row of one second, its own row wins.
        merged: Number that is shown no longer.
    """

    kept: int
    merged: int


@dataclass(frozen=True, slots=True)
class SplitSeat:
    """One seat is another person from some time on.

    Attributes:
        seat: Number up to then.
        at_s: Rows of a second that ends later than this are the other person's.
        new_seat: Their number; never given before.
    """

    seat: int
    at_s: int
    new_seat: int


@dataclass(frozen=True, slots=True)
class ExcludeSeat:
    """A seat is left out of everything that is shown."""

    seat: int


SeatEdit = MergeSeats | SplitSeat | ExcludeSeat


def shown_seat(seat: int, t_s: int, edits: Iterable[SeatEdit]) -> int | None:
    """Return the number that is shown for a measured row.

    Args:
        seat: Measured number.
        t_s: End of the row's second.
        edits: Edits in force, oldest first, each accepted by ``known_seats``.

    Returns:
        The number, None where the seat is left out.
    """
    for edit in edits:
        match edit:
            case MergeSeats(kept, merged):
                seat = kept if seat == merged else seat
            case SplitSeat(whole, at_s, new_seat):
                seat = new_seat if seat == whole and t_s > at_s else seat
            case ExcludeSeat(left_out):
                if seat == left_out:
                    return None
    return seat


def known_seats(measured: Iterable[int], edits: Iterable[SeatEdit]) -> frozenset[int]:
    """Check edits one after the other.

    Args:
        measured: Numbers that the lesson gave.
        edits: Oldest first.

    Returns:
        Numbers that are shown after all of them.

    Raises:
        UsageError: An edit makes no sense where it stands.
    """
    shown = set(measured)
    used = set(shown)
    for edit in edits:
        match edit:
            case MergeSeats(kept, merged):
                if kept == merged:
                    raise UsageError(f"seat {kept} cannot be merged into itself; name two seats")
                _require(shown, kept)
                _require(shown, merged)
                shown.remove(merged)
            case SplitSeat(seat, at_s, new_seat):
                _require(shown, seat)
                if at_s < 0:
                    raise UsageError(f"a seat cannot be split before the lesson begins ({at_s} s)")
                if new_seat < 1 or new_seat in used:
                    raise UsageError(f"{new_seat} cannot be a new seat's number; choose {max(used) + 1}")
                shown.add(new_seat)
                used.add(new_seat)
            case ExcludeSeat(seat):
                _require(shown, seat)
                shown.remove(seat)
    return frozenset(shown)


def _require(shown: set[int], seat: int) -> None:
    if seat not in shown:
        there = ", ".join(map(str, sorted(shown))) or "none"
        raise UsageError(f"there is no seat {seat} to be changed; seats that are shown: {there}")
