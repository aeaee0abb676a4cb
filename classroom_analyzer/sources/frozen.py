"""Notices a camera that repeats one picture: real ones have noise, so that no two pictures are alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S

__all__ = ["FROZEN_AFTER_NS", "FrozenWatch"]

FROZEN_AFTER_NS = 2 * NS_PER_S
ROWS_APART = 16  # rows looked at first; only where they are all alike the whole picture is compared


class FrozenWatch:
    """Compares each picture with the one before."""

    def __init__(self) -> None:
        self._last: NDArray[np.uint8] | None = None
        self._same_since_ns = 0

    def is_frozen(self, t_ns: int, image: NDArray[np.uint8]) -> bool:
        """Take the next picture.

        Args:
            t_ns: When it was taken.
            image: ``(height, width, 3) uint8``; kept, so it must not change any more.

        Returns:
            Whether all pictures of the last 2 s were identical.
        """
        last = self._last
        if last is None or not _alike(last, image):
            self._last = image
            self._same_since_ns = t_ns
        return t_ns - self._same_since_ns >= FROZEN_AFTER_NS


def _alike(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> bool:
    return (
        a.shape == b.shape
        and np.array_equal(a[:1], b[:1])  # noise shows here already, nearly always
        and np.array_equal(a[::ROWS_APART], b[::ROWS_APART])
        and np.array_equal(a, b)
    )
