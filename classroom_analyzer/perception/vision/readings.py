"""Class indicators of the picture over the last 10 s: names, units and minimum coverage of VALIDITY.md section 2."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.readings import Reading, SeatSecond

__all__ = ["MIN_COVERAGE", "WINDOW_S", "ReadingWindow"]

WINDOW_S = 10
MIN_COVERAGE = 0.7
MIN_SYNCHRONY_SEATS = 5
MIN_SHARED_S = 5  # seconds two series must share to be compared
LEAST_SPREAD = 1e-12  # sum of squares below which a series does not vary


class ReadingWindow:
    """The last 10 s of seat rows. Seconds before the first count as not covered."""

    def __init__(self) -> None:
        self._seconds: deque[tuple[SeatSecond, ...] | None] = deque(maxlen=WINDOW_S)

    def close(self, rows: Sequence[SeatSecond], analysed: bool) -> tuple[Reading, ...]:
        """Take the rows of one second and read the window.

        Args:
            rows: Seats that count.
            analysed: Whether any frame was analysed in the second.

        Returns:
            ``face_presence``, ``facing_target`` with its interval, ``movement``, ``synchrony``, the fine indicators of
            the landmark pack (null without it) and ``hand_raise`` (never measured: no model for it is there).
        """
        self._seconds.append(tuple(rows) if analysed else None)
        return (
            self._presence(),
            self._mean("facing_target", "share", lambda row: row.facing_target),
            self._mean("facing_target.low", "share", lambda row: row.facing_low),
            self._mean("facing_target.high", "share", lambda row: row.facing_high),
            self._mean("movement", "1/s", lambda row: row.movement),
            self._synchrony(),
            self._mean("gaze_target", "deg", lambda row: row.fine.gaze_target),
            self._mean("ear", "ratio", lambda row: row.fine.ear),
            self._mean("blink_rate", "/min", lambda row: row.fine.blink_rate),
            self._mean("perclos", "share", lambda row: row.fine.perclos),
            Reading("hand_raise", None, "/10 min", None),
        )

    def _presence(self) -> Reading:
        """Mean over seats and seconds; covered are the seconds with a frame."""
        rows = [row for second in self._seconds for row in second or ()]
        coverage = sum(second is not None for second in self._seconds) / WINDOW_S
        n = len({row.seat for row in rows})
        if not rows or coverage < MIN_COVERAGE:
            return Reading("face_presence", None, "share", None, n)
        return Reading("face_presence", fmean(row.face_presence for row in rows), "share", coverage, n)

    def _mean(self, name: str, unit: str, value_of: Callable[[SeatSecond], float | None]) -> Reading:
        """Mean over measured seat-seconds; covered is the measured part of the time in which faces were present."""
        rows = [row for second in self._seconds for row in second or () if row.face_presence > 0]
        measured = [(value, row) for row in rows if (value := value_of(row)) is not None]
        n = len({row.seat for _, row in measured})
        filled = sum(second is not None for second in self._seconds) / WINDOW_S
        coverage = filled * len(measured) / max(len(rows), 1)
        if coverage < MIN_COVERAGE:
            return Reading(name, None, unit, None, n)
        quality = coverage * fmean(row.quality for _, row in measured)
        return Reading(name, fmean(value for value, _ in measured), unit, quality, n)

    def _synchrony(self) -> Reading:
        """Mean Pearson correlation of the movement series of all pairs of seats."""
        seats = sorted({row.seat for second in self._seconds for row in second or ()})
        series = np.full((len(seats), WINDOW_S), np.nan)
        for column, second in enumerate(self._seconds):
            for row in second or ():
                if row.movement is not None:
                    series[seats.index(row.seat), column] = row.movement
        known = ~np.isnan(series)
        covered = known.mean(axis=1) >= MIN_COVERAGE if seats else np.zeros(0, bool)
        r = _correlations(series[covered])
        n = int(covered.sum())
        if n < MIN_SYNCHRONY_SEATS or not len(r):
            return Reading("synchrony", None, "r", None, n)
        return Reading("synchrony", float(r.mean()), "r", float(known[covered].mean()), n)


def _correlations(series: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pearson r of all pairs, each over the seconds both were measured in.

    Args:
        series: ``(n, t)``, NaN where not measured.

    Returns:
        ``(pairs,)`` without the pairs that share too few seconds and those of which one does not vary.
    """
    known = (~np.isnan(series)).astype(np.float64)
    middles = (np.nan_to_num(series).sum(axis=1) / np.maximum(known.sum(axis=1), 1))[:, None]
    values = np.where(known > 0, series - middles, 0.0)  # sums of small numbers lose nothing
    shared = known @ known.T
    one_sum, other_sum = values @ known.T, known @ values.T
    divisor = np.maximum(shared, 1)
    covariance = values @ values.T - one_sum * other_sum / divisor
    one_spread = values**2 @ known.T - one_sum**2 / divisor
    other_spread = known @ (values**2).T - other_sum**2 / divisor
    upper = np.triu(np.ones_like(shared, bool), 1)
    usable = upper & (shared >= MIN_SHARED_S) & (np.minimum(one_spread, other_spread) > LEAST_SPREAD)
    return np.asarray(covariance[usable] / np.sqrt(one_spread[usable] * other_spread[usable]), np.float64)
