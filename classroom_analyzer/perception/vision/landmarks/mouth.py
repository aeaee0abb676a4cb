"""How far a mouth is open, and whether it moves as a speaking mouth does.

A moving mouth is not yet a voice: chewing and yawning move it too. Project defaults, measured on two speakers.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

__all__ = ["MouthWatch", "mouth_opening"]

# Inner lips of MediaPipe's mesh: upper and lower points one above the other, then the corners.
INNER_LIPS = ((82, 87), (13, 14), (312, 317))
INNER_CORNERS = (78, 308)

WINDOW_NS = 1_000_000_000
MAX_SAMPLES = 180
MIN_SAMPLES = 4
MIN_SPAN_NS = 700_000_000
MIN_COVERAGE = 0.7


def mouth_opening(points_px: NDArray[np.float32]) -> float:
    """Mean gap between the inner lips over the distance of the inner corners of the mouth.

    Args:
        points_px: ``(478, 3)`` mesh; distances in space, so that a turned head changes little.

    Returns:
        0 for a shut mouth, about 0.5 and more for a wide open one; 0 when the points make no mouth.
    """
    points = points_px.astype(np.float64)
    width = float(np.linalg.norm(points[INNER_CORNERS[1]] - points[INNER_CORNERS[0]]))
    gap = float(np.mean([np.linalg.norm(points[upper] - points[lower]) for upper, lower in INNER_LIPS]))
    return gap / width if width > 0 else 0.0


class MouthWatch:
    """Follows the mouth of one person over the last second, in memory only."""

    def __init__(self) -> None:
        self._samples: deque[tuple[int, float]] = deque(maxlen=MAX_SAMPLES)

    def push(self, t_ns: int, opening: float | None) -> None:
        """Take one analysed picture.

        Args:
            t_ns: Its time, rising.
            opening: ``mouth_opening``, None when it cannot be measured in this picture.
        """
        self._samples.append((t_ns, float("nan") if opening is None else opening))
        self._forget(t_ns)

    def moving_per_s(self, t_ns: int) -> float | None:
        """How much the opening changes.

        Returns:
            Mean absolute change of ``mouth_opening`` per second over the second that ends at ``t_ns``; None with fewer
            than four samples, less than 0.7 s of them, or more than 30 % not measured.
        """
        self._forget(t_ns)
        if len(self._samples) < MIN_SAMPLES:
            return None
        times, openings = (np.array(column) for column in zip(*self._samples, strict=True))
        valid = np.isfinite(openings)
        times, openings = times[valid], openings[valid]
        if valid.mean() < MIN_COVERAGE or len(times) < MIN_SAMPLES or times[-1] - times[0] < MIN_SPAN_NS:
            return None
        return float(np.abs(np.diff(openings)).sum() / (times[-1] - times[0]) * 1e9)

    def _forget(self, t_ns: int) -> None:
        while self._samples and self._samples[0][0] <= t_ns - WINDOW_NS:
            self._samples.popleft()
