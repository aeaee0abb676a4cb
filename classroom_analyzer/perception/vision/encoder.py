"""The seam to face encoders: pixels of a crop to a code. No weights and no framework here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.readings import Reading, VisionSecond

__all__ = ["FaceCodes", "FaceEncoder", "SeatCodes"]


@dataclass(frozen=True, slots=True, eq=False)
class FaceCodes:
    """Codes of a batch of face crops.

    Attributes:
        embedding: ``(n, d) float32``, finite; need not have unit length (users compare by cosine).
        novelty: ``(n,) float32`` reconstruction error of the encoder's autoencoder as a z-score of its training
            errors; None when the encoder has no autoencoder.
    """

    embedding: NDArray[np.float32]
    novelty: NDArray[np.float32] | None


class FaceEncoder(Protocol):
    """Turns face crops into codes."""

    def encode(self, crops: NDArray[np.uint8]) -> FaceCodes:
        """Encode a batch.

        Args:
            crops: ``(n, 64, 64, 3) uint8 BGR`` as ``crops.face_crop`` makes them, n >= 1.
        """
        ...


class SeatCodes(Protocol):
    """Given the codes of every second's faces, in order of time; what it makes of them joins the class rows."""

    def second(self, closed: VisionSecond, codes: Mapping[int, NDArray[np.float32]]) -> tuple[Reading, ...]:
        """Take one second.

        Args:
            closed: What the picture gave in it.
            codes: Codes ``(d,)`` of the faces encoded in it, by seat; excluded seats are never among them.

        Returns:
            Further class rows.
        """
        ...
