"""Upright face crops of one size: what face encoders are trained on and fed with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.perception.opencv import cv2

__all__ = ["CROP_PX", "FrameCrops", "face_crop"]

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
    shrink = int(np.clip(round(_side_px(face) / size_px), 1, MAX_SHRINK))
    work_px = size_px * shrink
    cut = cv2.warpAffine(
        image, _to_crop(face, work_px), (work_px, work_px), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    if shrink > 1:  # warping samples single pixels; averaging afterwards avoids aliasing
        cut = cv2.resize(cut, (size_px, size_px), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(cut, dtype=np.uint8)


class FrameCrops:
    """The crops of one picture, each made once however many steps look at it.

    Args:
        image: ``(h, w, 3) uint8 BGR``.
    """

    def __init__(self, image: NDArray[np.uint8]) -> None:
        self.image = image
        self._made: dict[int, tuple[Face, Face, NDArray[np.uint8]]] = {}

    def of(self, face: Face) -> NDArray[np.uint8]:
        """The crop of a face, ``(64, 64, 3) uint8 BGR``; not to be changed."""
        made = self._made.get(id(face))
        if made is None:
            made = self._made[id(face)] = face, face, face_crop(self.image, face)
        return made[2]

    def share(self, face: Face, moved: Face) -> None:
        """Let another description of the same face have the same crop."""
        self._made[id(moved)] = moved, face, self.of(face)

    def to_picture(self, face: Face, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Carry points ``(n, 2)`` from crop pixels of a face to picture pixels."""
        to_crop = _to_crop(face, CROP_PX)
        back = np.linalg.inv(to_crop[:, :2])
        return np.asarray((points - to_crop[:, 2]) @ back.T, np.float32)


def _side_px(face: Face) -> float:
    return max(face.box.w_px, face.box.h_px, 1.0) * MARGIN


def _to_crop(face: Face, size_px: int) -> NDArray[np.float64]:
    """``(2, 3)`` map from picture pixels to pixels of a crop of this side."""
    centre = face.box.centre_px
    turn = np.asarray(cv2.getRotationMatrix2D(centre, _roll_deg(face), size_px / _side_px(face)), np.float64)
    turn[:, 2] += (size_px - 1) / 2 - np.array(centre)
    return turn


def _roll_deg(face: Face) -> float:
    roll_deg = face.roll_deg
    return roll_deg if roll_deg is not None and abs(roll_deg) <= MAX_ROLL_DEG else 0.0
