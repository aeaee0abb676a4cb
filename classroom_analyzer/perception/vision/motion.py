"""Movement inside a fixed window of the picture, from one analysed frame to the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.opencv import cv2

__all__ = ["MotionWatch"]

PATCH_PX = 32  # all boxes are compared at this size, so near and far seats count alike
CHANGED_LEVELS = 15  # of 255, VALIDITY.md
MAX_GAP_S = 2.0  # frames further apart are not consecutive


class MotionWatch:
    """Movement of one seat: share of its box's pixels that change, per second (VALIDITY.md ``movement``)."""

    def __init__(self) -> None:
        self._box: Box | None = None
        self._patch: NDArray[np.int16] | None = None
        self._t_ns = 0

    def movement_per_s(self, t_ns: int, image: NDArray[np.uint8], box: Box) -> float | None:
        """Compare the window of the last call in both frames, then remember this one.

        Args:
            t_ns: Time of the frame.
            image: ``(h, w, 3) uint8 BGR``.
            box: Where the face is now, picture pixels.

        Returns:
            Share per second, at least 0; None at the first frame, after a gap of over 2 s, or outside the picture.
        """
        gap_s = to_s(t_ns - self._t_ns)
        before, movement = self._patch, None
        if before is not None and self._box is not None and 0 < gap_s <= MAX_GAP_S:
            now = _patch(image, self._box)
            if now is not None:
                movement = float((np.abs(now - before) > CHANGED_LEVELS).mean()) / gap_s
        self._box, self._patch, self._t_ns = box, _patch(image, box), t_ns
        return movement

    def forget(self) -> None:
        """Drop the remembered window: the next call has nothing to compare with."""
        self._patch = None


def _patch(image: NDArray[np.uint8], box: Box) -> NDArray[np.int16] | None:
    """The part of the picture inside the box as ``(32, 32) int16`` grey; None when that is empty."""
    height_px, width_px = image.shape[:2]
    left, top = max(int(box.x_px), 0), max(int(box.y_px), 0)
    right, bottom = min(int(box.x_px + box.w_px), width_px), min(int(box.y_px + box.h_px), height_px)
    if right <= left or bottom <= top:
        return None
    small = cv2.resize(image[top:bottom, left:right], (PATCH_PX, PATCH_PX), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.int16)
