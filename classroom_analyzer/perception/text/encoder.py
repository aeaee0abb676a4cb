"""The seam to text encoders: messages to codes. No weights and no framework here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["TextCodes", "TextEncoder"]


@dataclass(frozen=True, slots=True, eq=False)
class TextCodes:
    """Codes of a batch of messages.

    Attributes:
        embedding: ``(n, d) float32``, finite.
        novelty: ``(n,) float32`` reconstruction error of the encoder's autoencoder as a z-score of its training
            errors; None when the encoder has no autoencoder.
    """

    embedding: NDArray[np.float32]
    novelty: NDArray[np.float32] | None


class TextEncoder(Protocol):
    """Turns messages into codes."""

    def encode(self, texts: list[str]) -> TextCodes:
        """Encode a batch.

        Args:
            texts: Untrusted plain text, n >= 1.
        """
        ...
