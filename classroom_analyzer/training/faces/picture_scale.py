"""Makes pictures smaller the way a camera with fewer pixels would have seen them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["reduced"]


def reduced(image: NDArray[np.uint8], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Reduce a picture by area: every new pixel is the mean of what it covers.

    Args:
        image: ``(h, w, 3) uint8 BGR``.
        size_px: New width and height, no larger than before.

    Returns:
        ``(size_px[1], size_px[0], 3) uint8 BGR``.
    """
    height_px, width_px = image.shape[:2]
    lines = _cover(height_px, size_px[1]) @ image.reshape(height_px, -1).astype(np.float32)
    rows = lines.reshape(size_px[1], width_px, 3).transpose(0, 2, 1) @ _cover(width_px, size_px[0]).T
    return np.ascontiguousarray(np.round(rows.transpose(0, 2, 1)).astype(np.uint8))


@lru_cache(maxsize=8)
def _cover(before: int, after: int) -> NDArray[np.float32]:
    """Share of each old pixel in each new one, ``(after, before) float32``; rows sum to 1."""
    edges = np.arange(after + 1) * (before / after)
    start = np.arange(before)
    covered = np.minimum(edges[1:, None], start + 1) - np.maximum(edges[:-1, None], start)
    return np.asarray(np.clip(covered, 0, None) * (after / before), np.float32)
