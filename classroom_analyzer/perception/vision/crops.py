"""Upright face crops of one size: what face encoders are trained on and fed with."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face

__all__ = ["CROP_PX", "face_crop"]

CROP_PX = 64
MARGIN = 1.25  # crop side over the longer side of the face box: forehead and chin stay inside
MAX_ROLL_DEG = 45.0  # beyond it the eye points are more likely wrong than the head tilted
MAX_SHRINK = 8


def face_crop(image: NDArray[np.uint8], face: Face, size_px: int = CROP_PX) -> NDArray[np.uint8]:
    """Cut out a face, turned so that the eyes are level.

    A similarity transform: centre and scale come from the box, which stays steady when the head turns, the rotation
    from the two eye points. What lies outside the picture repeats the picture's edge.

    Args:
        image: ``(h, w, 3) uint8 BGR``.
        face: Box and points in pixels of ``image``.
        size_px: Side of the crop.

    Returns:
        ``(size_px, size_px, 3) uint8 BGR``, contiguous, a copy.
    """
    side_px = max(face.box.w_px, face.box.h_px, 1.0) * MARGIN
    shrink = int(np.clip(round(side_px / size_px), 1, MAX_SHRINK))
    work_px = size_px * shrink
    centre_x, centre_y = face.box.centre_px
    turn = np.asarray(cv2.getRotationMatrix2D((centre_x, centre_y), _roll_deg(face), work_px / side_px), np.float64)
    turn[:, 2] += (work_px - 1) / 2 - np.array([centre_x, centre_y])
    cut = cv2.warpAffine(image, turn, (work_px, work_px), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if shrink > 1:  # warping samples single pixels; averaging afterwards avoids aliasing
        cut = cv2.resize(cut, (size_px, size_px), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(cut, dtype=np.uint8)


def _roll_deg(face: Face) -> float:
    """Angle of the eye line, clockwise in the picture; 0 when the points cannot say."""
    if face.in_profile:
        return 0.0
    across, down = (float(v) for v in face.points_px[1] - face.points_px[0])
    roll = float(np.degrees(np.arctan2(down, across)))
    return roll if abs(roll) <= MAX_ROLL_DEG else 0.0
