"""The optional YuNet detector (Wu, Peng, Yu 2023) from the pack of that name, by OpenCV on the CPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.network_clock import network_call
from classroom_analyzer.perception.opencv import cv2

__all__ = ["YuNetDetector"]

OVERLAP = 0.3
# On people seen from behind it gives 0.6 to 0.7 (82 of 1,214 frames), never 0.8.
SCORE_FLOOR = 0.6
SURE_SCORE = 0.8
TOP_K = 1000


class YuNetDetector:
    """YuNet on the CPU.

    Args:
        path: ONNX file of the pack.

    Raises:
        BadModelError: The file is not a network that OpenCV can read.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._net = cv2.FaceDetectorYN.create(str(path), "", (32, 32), SCORE_FLOOR, OVERLAP, TOP_K)
        except cv2.error as error:
            raise BadModelError(path, "it is not a readable YuNet network") from error

    def detect(self, image: NDArray[np.uint8]) -> list[Face]:
        """Find faces; see ``FaceDetector``."""
        self._net.setInputSize((image.shape[1], image.shape[0]))
        with network_call():
            _, found = self._net.detect(image)
        rows = [] if found is None else np.asarray(found, np.float32)
        # x, y, w, h, then x, y of right eye, left eye, nose, right and left mouth corner, then the score
        faces = [
            Face(Box(*map(float, row[:4])), float(row[14]), row[4:14].reshape(5, 2), sure=bool(row[14] >= SURE_SCORE))
            for row in rows
        ]
        return sorted(faces, key=lambda face: -face.score)
