"""Eye openness, blinks and PERCLOS of one person (VALIDITY.md: ``ear``, ``blink_rate``, ``perclos``).

The eye aspect ratio is that of Soukupová and Čech (2016), PERCLOS that of Wierwille et al. (1994). Looking down lowers
the ratio as closing does: the caller pushes None where the head is turned too far or is too small.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["MIN_EYE_IOD_PX", "EyeFigures", "EyeWatch", "eye_aspect_ratio"]

MIN_EYE_IOD_PX = 60.0
WINDOW_NS = 60 * 10**9
MAX_SAMPLES = 60 * 120  # 120 pictures a second; more are not kept
MIN_COVERAGE = 0.7
CLOSED_SHARE_OF_OPEN = 0.75
FALLBACK_CLOSED_EAR = 0.20  # closed below this while nothing is known of the person
MIN_OPEN_SAMPLES = 30
BLINK_NS = (80 * 10**6, 400 * 10**6)
MIN_RATE_HZ = 15.0
RATE_SLACK = 0.97  # frame times are rounded
PERCLOS_CLOSURE = 0.8
OPEN_PERCENTILE, CLOSED_PERCENTILE = 90, 5

# p1..p6 of the formula: outer corner, two points of the upper lid, inner corner, two of the lower lid.
RIGHT_EYE = (33, 160, 158, 133, 153, 144)
LEFT_EYE = (263, 387, 385, 362, 380, 373)


@dataclass(frozen=True, slots=True)
class EyeFigures:
    """What the last 60 s say; None where it cannot be said.

    Attributes:
        ear: Mean eye aspect ratio.
        closed_share: Share of the measured samples with closed eyes.
        blink_rate_per_min: Blinks per minute.
        perclos: Share of the measured samples with eyes at least 80 % closed.
    """

    ear: float | None = None
    closed_share: float | None = None
    blink_rate_per_min: float | None = None
    perclos: float | None = None


def eye_aspect_ratio(points_px: NDArray[np.float32]) -> float:
    """Height of the eyes over their width: mean of both.

    Args:
        points_px: ``(478, 2 or 3)`` mesh; only x and y are used.

    Returns:
        About 0.3 for open eyes; 0 when the points make no eye.
    """
    ratios = []
    for eye in (RIGHT_EYE, LEFT_EYE):
        p1, p2, p3, p4, p5, p6 = points_px[list(eye), :2].astype(np.float64)
        width = 2 * np.linalg.norm(p1 - p4)
        height = np.linalg.norm(p2 - p6) + np.linalg.norm(p3 - p5)
        ratios.append(float(height / width) if width > 0 else 0.0)
    return (ratios[0] + ratios[1]) / 2


class _Closure(NamedTuple):
    """A time of closed eyes, seen from before it to after it: rows of its samples, and how long it took."""

    first: int
    end: int
    length_ns: float


class EyeWatch:
    """Follows the eyes of one person; keeps 60 s of ratios and two learned values, in memory only.

    How open the eyes are when open and how closed when closed is learned from the person and outlasts the window, so
    that somebody whose eyes stay shut is not taken for somebody with small eyes.
    """

    def __init__(self) -> None:
        self._samples: deque[tuple[int, float]] = deque(maxlen=MAX_SAMPLES)
        self._open_ear: float | None = None
        self._closed_ear: float | None = None

    def push(self, t_ns: int, ear: float | None) -> None:
        """Take the ratio of one analysed picture.

        Args:
            t_ns: Its time, rising.
            ear: ``eye_aspect_ratio``, None when it cannot be measured in this picture.
        """
        self._samples.append((t_ns, float("nan") if ear is None else ear))
        self._forget(t_ns)

    def figures(self, t_ns: int) -> EyeFigures:
        """Sum up the 60 s that end at ``t_ns``; call it at least once a minute, it is what learns."""
        self._forget(t_ns)
        if not self._samples:
            return EyeFigures()
        times, ears = (np.array(column) for column in zip(*self._samples, strict=True))
        valid = np.isfinite(ears)
        self._learn_open(ears[valid])
        if valid.mean() < MIN_COVERAGE:
            return EyeFigures()
        closed = valid & (ears < self._closed_below())
        closures = _closures(times, ears, valid, closed, self._closed_below())
        gap_ns = float(np.median(np.diff(times))) if len(times) > 1 else float("inf")
        blinks = [one for one in closures if BLINK_NS[0] - gap_ns / 2 <= one.length_ns <= BLINK_NS[1] + gap_ns / 2]
        ear, closed_share = float(ears[valid].mean()), float(closed.sum() / valid.sum())
        if gap_ns > 1e9 / (MIN_RATE_HZ * RATE_SLACK):
            return EyeFigures(ear, closed_share)
        self._learn_closed(ears, blinks)
        measured_ns = float(valid.sum()) * gap_ns
        if measured_ns < MIN_COVERAGE * WINDOW_NS:
            return EyeFigures(ear, closed_share)
        rate = len(blinks) * WINDOW_NS / measured_ns
        return EyeFigures(ear, closed_share, rate, self._perclos(ears[valid], bool(closed.any())))

    def _forget(self, t_ns: int) -> None:
        while self._samples and self._samples[0][0] <= t_ns - WINDOW_NS:
            self._samples.popleft()

    def _closed_below(self) -> float:
        return FALLBACK_CLOSED_EAR if self._open_ear is None else CLOSED_SHARE_OF_OPEN * self._open_ear

    def _learn_open(self, ears: NDArray[np.float64]) -> None:
        """Median of what is open, judged by the 90th percentile or by what was learned before."""
        if len(ears) < MIN_OPEN_SAMPLES:
            return
        widest = max(float(np.percentile(ears, OPEN_PERCENTILE)), self._open_ear or 0.0)
        are_open = ears[ears >= CLOSED_SHARE_OF_OPEN * widest]
        if len(are_open):
            self._open_ear = float(np.median(are_open))

    def _learn_closed(self, ears: NDArray[np.float64], blinks: list[_Closure]) -> None:
        if blinks:
            within = np.concatenate([ears[blink.first : blink.end] for blink in blinks])
            self._closed_ear = float(np.percentile(within, CLOSED_PERCENTILE))

    def _perclos(self, ears: NDArray[np.float64], any_closed: bool) -> float | None:
        if not any_closed:
            return 0.0
        if self._closed_ear is None:  # never blinked: how deep closed is for this person is not known
            return None
        widest = max(float(np.percentile(ears, OPEN_PERCENTILE)), self._open_ear or 0.0)
        if widest <= self._closed_ear:
            return None
        closure = 1 - (ears - self._closed_ear) / (widest - self._closed_ear)
        return float((closure >= PERCLOS_CLOSURE).mean())


def _closures(
    times: NDArray[np.int64],
    ears: NDArray[np.float64],
    valid: NDArray[np.bool_],
    closed: NDArray[np.bool_],
    below: float,
) -> list[_Closure]:
    """Times of closed eyes that begin and end with a measured open eye.

    At 15 pictures a second a blink of 80 ms is one or two samples; counting samples would give 67 or 133 ms. The
    moments at which the ratio crosses the threshold are found by straight lines between samples instead.
    """
    edges = np.diff(np.concatenate([[0], closed.astype(np.int8), [0]]))
    found = []
    for first, end in zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True):
        if first == 0 or end == len(ears) or not valid[first - 1] or not valid[end]:
            continue
        began_ns = _crossing_ns(times, ears, first - 1, below)
        ended_ns = _crossing_ns(times, ears, end - 1, below)
        found.append(_Closure(first, end, ended_ns - began_ns))
    return found


def _crossing_ns(times: NDArray[np.int64], ears: NDArray[np.float64], row: int, below: float) -> float:
    share = (below - ears[row]) / (ears[row + 1] - ears[row])
    return float(times[row] + share * (times[row + 1] - times[row]))
