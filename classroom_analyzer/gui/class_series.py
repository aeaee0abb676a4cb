"""The class line as numbers: one point a second, gaps where the estimate abstains, smoothed for the eye."""

from __future__ import annotations

import math
import time
from array import array
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus

__all__ = ["SHOWN_S", "SMOOTHING_S", "ClassHistory", "ClassSeries", "Gap", "axis_range_s", "shown_range_s"]

SHOWN_S = 600  # ten minutes
LEAST_SHOWN_S = 120  # a lesson that has just begun is not drawn as a dot on an empty page
SMOOTHING_S = 30.0  # time constant of the exponential mean (VALIDITY.md section 4)
LONGEST_LESSON_S = 6 * 3600  # cap of what the median remembers
_WEIGHT = 1.0 - math.exp(-1.0 / SMOOTHING_S)
_GAP = (math.nan, math.nan, math.nan)
_MARGIN_SHARE = 0.01  # of the axis, for the dot at the newest point


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of the line without an estimate.

    Attributes:
        start_s: First second of it.
        end_s: Last second of it.
        status: Why there is no estimate, as most of its seconds say; None where nobody reported a second.
        paused: Whether the teacher had paused the lesson.
    """

    start_s: int
    end_s: int
    status: EstimateStatus | None
    paused: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ClassSeries:
    """What the plot draws; all ``(n,) float64`` at successive seconds.

    Attributes:
        t_s: Lesson time.
        engagement: Smoothed, 0 to 1; NaN in a gap.
        low: Lower end of the interval, smoothed alike.
        high: Upper end.
        coverage: 0 to 1; 0 in a gap without any row.
        median: Of the whole lesson so far, unsmoothed; NaN before the first estimate.
    """

    t_s: NDArray[np.float64]
    engagement: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    coverage: NDArray[np.float64]
    median: float


def shown_range_s(last_t_s: float) -> tuple[float, float]:
    """First and last lesson time on the axis: whole minutes from the start, later the last ten minutes."""
    span_s = min(max(math.ceil(last_t_s / 60) * 60, LEAST_SHOWN_S), SHOWN_S)
    last = max(last_t_s, float(span_s))
    return last - span_s, last


def axis_range_s(last_t_s: float) -> tuple[float, float]:
    """First and last time that plots draw, so that all stand on one axis: the shown range and a small margin."""
    first, last = shown_range_s(last_t_s)
    return first, last + (last - first) * _MARGIN_SHARE


class ClassHistory:
    """Collects estimates as they are polled; never interpolates, and a gap starts the smoothing afresh."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._rows: deque[tuple[float, float, float, float, float]] = deque(maxlen=SHOWN_S)
        self._reasons: deque[tuple[int, EstimateStatus | None]] = deque(maxlen=SHOWN_S)  # beside the rows
        self._lesson = array("f")
        self._smooth = _GAP
        self._last_t_s: int | None = None
        self._paused_from: tuple[int, float] | None = None  # first second, and when on the monotonic clock
        self._pauses: list[tuple[int, int]] = []  # first second, and the first one after

    def add(self, estimates: Sequence[ClassEstimate], *, paused: bool = False) -> bool:
        """Take the rows that are new; return whether there were any.

        Args:
            estimates: Oldest first; those known already are passed over.
            paused: Whether the lesson is paused while they come in.
        """
        self._follow_pause(paused)
        fresh = [e for e in estimates if self._last_t_s is None or e.t_s > self._last_t_s]
        for estimate in fresh:
            if self._last_t_s is not None:
                # Seconds that nobody reported are gaps too.
                first = max(self._last_t_s + 1, estimate.t_s - SHOWN_S)
                for t_s in range(first, estimate.t_s):
                    self._append(t_s, _GAP, 0.0)
                    self._reasons.append((t_s, None))
            self._last_t_s = estimate.t_s
            if estimate.engagement is None or estimate.low is None or estimate.high is None:
                self._append(estimate.t_s, _GAP, estimate.coverage)
                self._reasons.append((estimate.t_s, estimate.status))
                continue
            self._reasons.append((estimate.t_s, EstimateStatus.OK))
            self._append(estimate.t_s, (estimate.engagement, estimate.low, estimate.high), estimate.coverage)
            if len(self._lesson) < LONGEST_LESSON_S:
                self._lesson.append(estimate.engagement)
        return bool(fresh)

    def gaps(self) -> list[Gap]:
        """Stretches without an estimate among the last ten minutes, oldest first."""
        found: list[Gap] = []
        missing = [row for row in self._reasons if row[1] is not EstimateStatus.OK]
        counts: Counter[EstimateStatus | None] = Counter()
        for t_s, status in missing:
            paused = self._was_paused(t_s)
            if found and found[-1].end_s == t_s - 1 and found[-1].paused == paused:
                counts[status] += 1
                found[-1] = Gap(found[-1].start_s, t_s, counts.most_common(1)[0][0], paused)
            else:
                counts = Counter([status])
                found.append(Gap(t_s, t_s, status, paused))
        return found

    def series(self) -> ClassSeries:
        """The last ten minutes."""
        rows = np.array(self._rows, dtype=np.float64).reshape(-1, 5)
        median = _median(np.frombuffer(self._lesson, dtype=np.float32)) if self._lesson else math.nan
        return ClassSeries(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 4], median)

    def _follow_pause(self, paused: bool) -> None:
        # Seconds of a pause may be told after it, so it is kept by how long it took.
        if paused and self._paused_from is None:
            self._paused_from = ((self._last_t_s or 0) + 1, self._now())
        elif not paused and self._paused_from is not None:
            start_s, since = self._paused_from
            self._pauses.append((start_s, start_s + round(self._now() - since)))
            self._paused_from = None

    def _was_paused(self, t_s: int) -> bool:
        open_now = self._paused_from is not None and t_s >= self._paused_from[0]
        return open_now or any(start_s <= t_s < end_s for start_s, end_s in self._pauses)

    def _append(self, t_s: int, values: tuple[float, float, float], coverage: float) -> None:
        if math.isnan(values[0]) or math.isnan(self._smooth[0]):
            self._smooth = values
        else:
            before = self._smooth
            self._smooth = (
                before[0] + _WEIGHT * (values[0] - before[0]),
                before[1] + _WEIGHT * (values[1] - before[1]),
                before[2] + _WEIGHT * (values[2] - before[2]),
            )
        self._rows.append((float(t_s), *self._smooth, coverage))


def _median(values: NDArray[np.float32]) -> float:
    # numpy.median brings numpy.ma at its first call, which holds the window up for half a second.
    middle = len(values) // 2
    parts = np.partition(values, (middle - 1, middle) if len(values) % 2 == 0 else middle)
    return float(parts[middle] if len(values) % 2 else (parts[middle - 1] + parts[middle]) / 2)
