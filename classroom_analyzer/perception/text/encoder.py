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
        sentence: ``(n, d) float32`` sentence embeddings of unit length that the codes were made from, d = 384 for
            MiniLM; None when the encoder has none.
    """

    embedding: NDArray[np.float32]
    novelty: NDArray[np.float32] | None
    sentence: NDArray[np.float32] | None = None


class TextEncoder(Protocol):
    """Turns messages into codes."""

    def encode(self, texts: list[str]) -> TextCodes:
        """Encode a batch.

        Args:
            texts: Untrusted plain text, n >= 1.
        """
        ...
