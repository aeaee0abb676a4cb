"""The seam to face detectors: a picture to faces, in pixels of that picture."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face

__all__ = ["FaceDetector"]


class FaceDetector(Protocol):
    """Finds faces in one picture; keeps nothing between pictures."""

    def detect(self, image: NDArray[np.uint8]) -> list[Face]:
        """Find faces.

        Args:
            image: ``(h, w, 3) uint8 BGR``, any size from 1 x 1 on, already scaled to what the detector shall see.

        Returns:
            Faces, best first, in pixels of ``image``; boxes may reach over the edge of the picture. Faces that are
            not ``sure`` are among them: they may keep a seat and never found one.
        """
        ...
