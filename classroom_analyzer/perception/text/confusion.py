"""How likely a message says that its writer is confused; under ``research`` only. numpy only.

Trained on forum comments (GoEmotions), not on classroom language. It says what raters read out of words, and whether
that tells a state of mind is disputed. Only a class figure is made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors
from classroom_analyzer.perception.text.words import BUCKETS, word_log_odds

__all__ = ["PARTS", "ConfusionHead", "load_confusion"]

PARTS = ("form", "idf", "weight", "bias")


class ConfusionHead:
    """p = sigmoid(bias + x' A x + w . words), x the message's embedding, words its TF-IDF row of unit length.

    Args:
        form: ``(d, d) float32``, A.
        idf: ``(BUCKETS,) float32`` of the words.
        weight: ``(BUCKETS,) float32``, w.
        bias: Log-odds of an empty message.
    """

    def __init__(
        self, form: NDArray[np.float32], idf: NDArray[np.float32], weight: NDArray[np.float32], bias: float
    ) -> None:
        self.form = form
        self.idf = idf
        self.weight = weight
        self.bias = bias

    def probability(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give the probability that a rater would label each message so.

        Args:
            texts: n messages in English.
            vectors: ``(n, d) float32`` their sentence embeddings, unit rows.

        Returns:
            ``(n,) float32`` in [0, 1].
        """
        log_odds = (vectors @ self.form * vectors).sum(axis=1) + word_log_odds(texts, self.idf, self.weight)
        return np.asarray(1 / (1 + np.exp(-(log_odds + self.bias))), np.float32)


def load_confusion(path: Path) -> ConfusionHead:
    """Load the bundled head.

    Args:
        path: ``confusion.safetensors``; its card lies beside it.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    load_card(path)
    tensors = load_tensors(path)
    try:
        form, idf, weight, bias = (np.asarray(tensors[name], np.float32) for name in PARTS)
    except KeyError as error:
        raise BadModelError(path, f"it holds no {error.args[0]}; install it again") from error
    square = form.ndim == 2 and form.shape[0] == form.shape[1]
    if not square or idf.shape != (BUCKETS,) or weight.shape != (BUCKETS,) or bias.shape != (1,):
        raise BadModelError(path, "its arrays have other shapes than those of a confusion head; install it again")
    return ConfusionHead(form, idf, weight, float(bias[0]))
