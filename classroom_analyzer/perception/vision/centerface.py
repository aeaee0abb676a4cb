"""CenterFace (Xu et al. 2019, arXiv 1911.03599): decoding of its maps, and the network on the CPU by OpenCV.

The network sees a picture at one scale and gives, for every fourth pixel, how likely a face is centred there, the
log of its size, where exactly the centre lies, and five points. One file serves the CPU here and the GPU in
``centerface_torch``.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.network_clock import network_call
from classroom_analyzer.perception.opencv import cv2

__all__ = ["OUTPUTS", "SCORE_FLOOR", "STRIDE_PX", "CenterFaceDetector", "FaceMaps", "decode", "padded", "points_of"]

STRIDE_PX = 4
SCORE_FLOOR = 0.35
SURE_SCORE = 0.5
SIZE_STEP_PX = 32  # the network halves its input five times
OVERLAP = 0.3  # IoU from which two candidates are one face
INPUT = "input.1"
OUTPUTS = ("537", "538", "539", "540")  # heat, log size, offset of the centre, points


class FaceMaps(NamedTuple):
    """What the network gives for one picture of 4 r x 4 c pixels, all float32.

    Attributes:
        heat: ``(r, c)`` in [0, 1].
        log_size: ``(2, r, c)`` height, width.
        offset: ``(2, r, c)`` down, right, in cells.
        points: ``(10, r, c)`` (down, right) of right eye, left eye, nose, right and left mouth corner.
    """

    heat: NDArray[np.float32]
    log_size: NDArray[np.float32]
    offset: NDArray[np.float32]
    points: NDArray[np.float32]


class CenterFaceDetector:
    """CenterFace on the CPU.

    Args:
        path: ONNX file of the network.

    Raises:
        BadModelError: The file is not a network that OpenCV can read.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._net = cv2.dnn.readNetFromONNX(str(path))
        except cv2.error as error:
            raise BadModelError(path, "it is not a readable ONNX network") from error

    def detect(self, image: NDArray[np.uint8]) -> list[Face]:
        """Find faces; see ``FaceDetector``."""
        return decode(self.maps(image))

    def points(self, crops: NDArray[np.uint8]) -> list[NDArray[np.float32] | None]:
        """Find the points of the face in each crop; see ``PointFinder``."""
        blob = cv2.dnn.blobFromImages(list(crops), scalefactor=1.0, swapRB=True)
        self._net.setInput(blob, INPUT)
        with network_call():
            maps = self._net.forward(OUTPUTS)
        return points_of(*(np.asarray(part, np.float32) for part in maps))

    def maps(self, image: NDArray[np.uint8]) -> FaceMaps:
        """Run the network on one picture, ``(h, w, 3) uint8 BGR``; the maps are those of the padded picture."""
        # RGB in 0..255: measured on turned and half-covered faces, it gives higher scores than BGR.
        blob = cv2.dnn.blobFromImage(padded(image), scalefactor=1.0, swapRB=True)
        self._net.setInput(blob, INPUT)
        with network_call():
            parts = self._net.forward(OUTPUTS)
        heat, log_size, offset, points = (np.asarray(part, np.float32) for part in parts)
        return FaceMaps(heat[0, 0], log_size[0], offset[0], points[0])


def padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Black added at the right and below, up to multiples of 32 pixels; nothing moves and nothing is stretched."""
    down, right = (-side % SIZE_STEP_PX for side in image.shape[:2])
    if not down and not right:
        return image
    return np.asarray(cv2.copyMakeBorder(image, 0, down, 0, right, cv2.BORDER_CONSTANT, value=(0, 0, 0)), np.uint8)


def decode(maps: FaceMaps, floor: float = SCORE_FLOOR) -> list[Face]:
    """Turn the network's maps into faces.

    A cell (row r, column c) stands for a face centred at ((c + offset_x + 1/2) * 4, (r + offset_y + 1/2) * 4) with
    sides exp(log_size) * 4; points are fractions of the box from its top left corner.

    Args:
        maps: What the network gave.
        floor: Smallest score.

    Returns:
        Faces in network input pixels, best first, none overlapping another by ``OVERLAP`` or more.
    """
    heat, log_size, offset, points = maps
    rows, columns = np.nonzero(heat >= floor)
    if not len(rows):
        return []
    order = np.argsort(-heat[rows, columns], kind="stable")
    rows, columns = rows[order], columns[order]
    scores = heat[rows, columns]
    heights, widths = np.exp(log_size[:, rows, columns].astype(np.float64)) * STRIDE_PX
    tops = (rows + offset[0, rows, columns] + 0.5) * STRIDE_PX - heights / 2
    lefts = (columns + offset[1, rows, columns] + 0.5) * STRIDE_PX - widths / 2
    boxes = np.stack([lefts, tops, lefts + widths, tops + heights], axis=1)
    faces = []
    for i in _distinct(boxes):
        down_right = points[:, rows[i], columns[i]].reshape(5, 2)
        at = down_right[:, ::-1] * (widths[i], heights[i]) + (lefts[i], tops[i])
        box = Box(float(lefts[i]), float(tops[i]), float(widths[i]), float(heights[i]))
        faces.append(Face(box, float(scores[i]), at.astype(np.float32), sure=bool(scores[i] >= SURE_SCORE)))
    return faces


def points_of(
    heat: NDArray[np.float32], log_size: NDArray[np.float32], offset: NDArray[np.float32], points: NDArray[np.float32]
) -> list[NDArray[np.float32] | None]:
    """Five points of the best face in each picture of a batch.

    Args:
        heat: ``(n, 1, r, c)``; the others likewise with a batch axis in front of ``FaceMaps``.
        log_size: ``(n, 2, r, c)``.
        offset: ``(n, 2, r, c)``.
        points: ``(n, 10, r, c)``.

    Returns:
        ``(5, 2) float32`` in network input pixels; None where no score reaches the floor.
    """
    batch = np.arange(len(heat))
    rows, columns = np.unravel_index(heat.reshape(len(heat), -1).argmax(axis=1), heat.shape[2:])
    heights, widths = np.exp(log_size[batch, :, rows, columns].astype(np.float64)).T * STRIDE_PX
    down, right = offset[batch, :, rows, columns].T
    tops = (rows + down + 0.5) * STRIDE_PX - heights / 2
    lefts = (columns + right + 0.5) * STRIDE_PX - widths / 2
    shares = points[batch, :, rows, columns].reshape(-1, 5, 2)[..., ::-1]
    at = shares * np.stack([widths, heights], axis=1)[:, None] + np.stack([lefts, tops], axis=1)[:, None]
    sure = heat[batch, 0, rows, columns] >= SCORE_FLOOR
    return [one.astype(np.float32) if there else None for one, there in zip(at, sure, strict=True)]


def _distinct(boxes: NDArray[np.float64]) -> list[int]:
    """Greedy non-maximum suppression.

    Args:
        boxes: ``(n, 4)`` left, top, right, bottom, best first.

    Returns:
        Rows to keep, best first.
    """
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    left = np.arange(len(boxes))
    kept = []
    while len(left):
        best, rest = int(left[0]), left[1:]
        kept.append(best)
        corner = np.maximum(boxes[best, :2], boxes[rest, :2])
        sides = np.clip(np.minimum(boxes[best, 2:], boxes[rest, 2:]) - corner, 0, None)
        shared = sides.prod(axis=1)
        left = rest[shared < OVERLAP * (areas[best] + areas[rest] - shared)]
    return kept
