"""The seam to sound encoders: a second of sound to a code. No weights and no framework here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["SoundCode", "SoundEncoder"]


@dataclass(frozen=True, slots=True, eq=False)
class SoundCode:
    """Code of one stretch of sound.

    Attributes:
        embedding: ``(d,) float32``, finite.
        novelty: Reconstruction error of the encoder's autoencoder as a z-score of its training errors; None when the
            encoder has no autoencoder.
    """

    embedding: NDArray[np.float32]
    novelty: float | None


class SoundEncoder(Protocol):
    """Turns a second of sound into a code."""

    def encode(self, samples: NDArray[np.float32]) -> SoundCode:
        """Encode one stretch.

        Args:
            samples: ``(n,) float32`` mono at 16 kHz, full scale is [-1, 1], about one second.
        """
        ...
