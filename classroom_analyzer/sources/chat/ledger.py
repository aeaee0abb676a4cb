"""Remembers the lines of a live chat, so that what is pasted twice counts once.

People paste the whole chat again, or its end with a few new lines. Which lines are known is decided by the longest
stretch of (who, text, written time) that the pasted lines and the known ones have in common at one offset, in full:
wherever both have a line, it must be the same one. A time that one of them does not have fits any. What a person wrote
twice on purpose therefore stays twice. Lines with a written time are also known when as many of the same person, text
and time are there, in whatever order.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ChatLedger", "LedgerLine"]

REMEMBERED = 20_000  # lines; a lesson's chat has hundreds
LEAST_INSIDE = 5  # a shorter stretch that does not reach the newest known line may be people repeating themselves


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line without its words.

    Attributes:
        key: Hash of who wrote it and the text.
        written_s: Time as written, seconds of its own clock; None without one.
        pasted: Whether it came by a paste.
    """

    key: int
    written_s: float | None
    pasted: bool = False

    @classmethod
    def of(cls, participant: str, text: str, written_s: float | None, *, pasted: bool = False) -> LedgerLine:
        """Make the line of a message."""
        return cls(hash((participant, text)), written_s, pasted)


class ChatLedger:
    """Lines in the order of the chat, the newest ``REMEMBERED`` of them. One thread at a time."""

    def __init__(self) -> None:
        self._lines: deque[LedgerLine] = deque()
        self._timed: Counter[tuple[int, float]] = Counter()
        self._pasted_timed: Counter[tuple[int, float]] = Counter()

    def take(self, lines: Sequence[LedgerLine]) -> list[bool]:
        """Take lines of a source that never repeats itself; those that were pasted before are known by their times.

        Returns:
            For each line whether it was known already.
        """
        known = []
        for line in lines:
            place = (line.key, line.written_s if line.written_s is not None else -1.0)
            seen = line.written_s is not None and self._pasted_timed[place] > 0
            if seen:
                self._pasted_timed[place] -= 1
            known.append(seen)
        self._extend([line for line, seen in zip(lines, known, strict=True) if not seen])
        return known

    def take_again(self, lines: Sequence[LedgerLine], seen: Counter[tuple[int, float]]) -> list[bool]:
        """Take lines of a source that was started over and may give its lines a second time.

        Args:
            lines: The next lines.
            seen: What it gave since it was started over, empty at first; counted on here.

        Returns:
            For each line whether it was known already; a line without a written time never is.
        """
        known = []
        for line in lines:
            if line.written_s is not None:
                seen[line.key, line.written_s] += 1
            known.append(
                line.written_s is not None and seen[line.key, line.written_s] <= self._timed[line.key, line.written_s]
            )
        self._extend([line for line, is_known in zip(lines, known, strict=True) if not is_known])
        return known

    def take_pasted(self, lines: Sequence[LedgerLine]) -> list[bool]:
        """Take pasted lines.

        Returns:
            For each line whether it was known already.
        """
        offset = _offset(_columns(self._lines), _columns(lines))
        here: Counter[tuple[int, float]] = Counter()
        known = []
        for index, line in enumerate(lines):
            seen = offset is not None and 0 <= offset + index < len(self._lines)
            if line.written_s is not None:
                place = (line.key, line.written_s)
                here[place] += 1
                seen = seen or here[place] <= self._timed[place]
            known.append(seen)
        older = 0 if offset is None else max(-offset, 0)
        new = [(index, line) for index, (line, seen) in enumerate(zip(lines, known, strict=True)) if not seen]
        self._lines.extendleft(reversed([line for index, line in new if index < older]))
        for index, line in new:
            if index < older:
                self._count(line, 1)
        self._extend([line for index, line in new if index >= older])
        return known

    def _extend(self, lines: list[LedgerLine]) -> None:
        for line in lines:
            self._lines.append(line)
            self._count(line, 1)
        while len(self._lines) > REMEMBERED:
            self._count(self._lines.popleft(), -1)

    def _count(self, line: LedgerLine, by: int) -> None:
        if line.written_s is None:
            return
        place = (line.key, line.written_s)
        for counter, counted in ((self._timed, True), (self._pasted_timed, line.pasted)):
            if counted:
                counter[place] += by
                if counter[place] <= 0:
                    del counter[place]


_Columns = tuple[NDArray[np.int64], NDArray[np.float64]]


def _columns(lines: Sequence[LedgerLine] | deque[LedgerLine]) -> _Columns:
    """Keys and written times, NaN where there is none."""
    times = [np.nan if line.written_s is None else line.written_s for line in lines]
    return np.array([line.key for line in lines], np.int64), np.array(times, np.float64)


def _offset(known: _Columns, new: _Columns) -> int | None:
    """Where in the known lines the new ones begin, negative when they begin earlier; None when they do not overlap."""
    n_known, n_new = len(known[0]), len(new[0])
    if not n_known or not n_new:
        return None
    offsets = np.concatenate([np.flatnonzero(known[0] == new[0][0]), -np.flatnonzero(new[0] == known[0][0])])
    first, last = np.maximum(offsets, 0), np.minimum(offsets + n_new, n_known)
    long_enough = last - first >= np.where(last == n_known, 1, LEAST_INSIDE)
    # Most offsets fail at the last line in common; those that are left are compared in full, the longest first.
    likely = np.flatnonzero(long_enough & (known[0][last - 1] == new[0][last - 1 - offsets]))
    for k in likely[np.lexsort((offsets[likely], (last - first)[likely]))][::-1]:
        if _same(known, new, int(first[k]), int(last[k]), int(offsets[k])):
            return int(offsets[k])
    return None


def _same(known: _Columns, new: _Columns, first: int, last: int, offset: int) -> bool:
    there, here = slice(first, last), slice(first - offset, last - offset)
    if not np.array_equal(known[0][there], new[0][here]):
        return False
    a, b = known[1][there], new[1][here]
    return bool(np.all((a == b) | np.isnan(a) | np.isnan(b)))
