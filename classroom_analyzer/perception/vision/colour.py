"""Colour of a face's surroundings (hair, skin, collar) as a small histogram: a weak cue that needs no face model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.opencv import cv2

__all__ = ["colour_distance", "colour_histogram"]

BINS = (12, 8)  # hue, saturation
SIDE_PX = 32  # the region is reduced to this first
MARGIN = 0.6  # the box is longer by this share


def colour_histogram(image: NDArray[np.uint8], box: Box, margin: float = MARGIN) -> NDArray[np.float32]:
    """Hue and saturation histogram of a region, by default a little larger than the face.

    Args:
        image: ``(h, w, 3) uint8 BGR``.
        box: Face (or another region), picture pixels.
        margin: The region is longer than the box by this share.

    Returns:
        ``(96,) float32`` that sums to 1; all zero when the region lies outside the picture.
    """
    region = box.grown(margin)
    height_px, width_px = image.shape[:2]
    left, top = max(int(region.x_px), 0), max(int(region.y_px), 0)
    right, bottom = min(int(region.x_px + region.w_px), width_px), min(int(region.y_px + region.h_px), height_px)
    if right <= left or bottom <= top:
        return np.zeros(BINS[0] * BINS[1], np.float32)
    small = cv2.resize(image[top:bottom, left:right], (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA)
    hsv = cv2.cvtColor(small, cv2.COLOR_BGR2HSV)
    counts = cv2.calcHist([hsv], [0, 1], None, list(BINS), [0, 180, 0, 256])
    return np.asarray(counts, np.float32).ravel() / np.float32(SIDE_PX**2)


def colour_distance(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Hellinger distance of two histograms: 0 for equal ones, 1 for ones without a common colour."""
    return float(np.sqrt(max(1.0 - float(np.sqrt(one * other).sum()), 0.0)))
