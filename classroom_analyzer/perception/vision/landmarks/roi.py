"""The square part of the picture that the landmark network looks at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.perception.opencv import cv2

__all__ = ["CROP_PX", "crop_face", "to_picture"]

CROP_PX = 192
# Crop side over the longer side of the face box, and how far down the face its centre lies, in crop sides. MediaPipe
# takes 1.5 boxes of its own detector, which end at the brow; of CenterFace's and YuNet's boxes 1.15 comes nearest to
# its points (measured from 1.0 to 1.7).
SCALE = 1.15
SHIFT_DOWN = 0.02
MAX_ROLL_DEG = 60.0  # beyond it the eye points are more likely wrong than the head tilted


def crop_face(image: NDArray[np.uint8], face: Face) -> tuple[NDArray[np.float32], NDArray[np.float64]] | None:
    """Cut out a face for the network, turned so that the eyes are level.

    Args:
        image: ``(h, w, 3) uint8 BGR``.
        face: Box and points in pixels of ``image``.

    Returns:
        The crop, ``(192, 192, 3) float32 RGB`` in [0, 1], and the ``(2, 3) float64`` map from crop pixels to picture
        pixels; None when the middle of the crop lies outside the picture or the box has no size.
    """
    side_px = max(face.box.w_px, face.box.h_px) * SCALE
    roll_deg = face.roll_deg
    roll = np.radians(roll_deg) if roll_deg is not None and abs(roll_deg) <= MAX_ROLL_DEG else 0.0
    across, down = np.array([np.cos(roll), np.sin(roll)]), np.array([-np.sin(roll), np.cos(roll)])
    centre = np.array(face.box.centre_px) + SHIFT_DOWN * side_px * down
    height_px, width_px = image.shape[:2]
    if not np.isfinite(centre).all() or not 1 <= side_px < np.inf:
        return None
    if not (0 <= centre[0] < width_px and 0 <= centre[1] < height_px):
        return None
    step = side_px / CROP_PX
    corner = centre - (across + down) * side_px / 2
    # Between edges, not pixel centres: edge 0 of the crop is the corner, edge 192 the far side.
    to_px = np.column_stack([across * step, down * step, corner])
    sampling = to_px.copy()
    sampling[:, 2] += (across + down) * step / 2 - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(image, sampling, (CROP_PX, CROP_PX), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.multiply(cv2.cvtColor(cut, cv2.COLOR_BGR2RGB), np.float32(1 / 255), dtype=np.float32), to_px


def to_picture(points: NDArray[np.float32], to_px: NDArray[np.float64]) -> NDArray[np.float32]:
    """Carry points of the crop into the picture.

    Args:
        points: ``(n, 3)`` in crop pixels, z in the same scale.
        to_px: Map that ``crop_face`` gave.

    Returns:
        ``(n, 3) float32`` x and y in picture pixels, z in the same scale.
    """
    step = np.hypot(*to_px[:, 0])
    at = points[:, :2] @ to_px[:, :2].T + to_px[:, 2]
    return np.column_stack([at, points[:, 2] * step]).astype(np.float32)
