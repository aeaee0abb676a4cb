"""Does a teacher's utterance end with a question, where nobody writes marks? A head on its last words. numpy only.

Trained on teachers' words in English whose marks were taken off. It adds to the rule of ``questions``, which sees how a
text begins: without marks an utterance of several sentences cannot be cut, and its question mostly comes last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors
from classroom_analyzer.perception.text.words import BUCKETS, word_log_odds

__all__ = ["PARTS", "QuestionHead", "last_words", "load_question_head"]

PARTS = ("idf", "weight", "bias")
LAST_WORDS = 12  # 8 and 16 were no better
_SIGN = re.compile(r"[^\w\s'’]|_")  # a recogniser that writes no marks writes no commas either


class QuestionHead:
    """p = sigmoid(bias + w . words), words the TF-IDF row of the last words, of unit length.

    Args:
        idf: ``(BUCKETS,) float32`` of the words.
        weight: ``(BUCKETS,) float32``, w.
        bias: Log-odds of no words.
    """

    def __init__(self, idf: NDArray[np.float32], weight: NDArray[np.float32], bias: float) -> None:
        self.idf = idf
        self.weight = weight
        self.bias = bias

    def probability(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give the probability that each text ends with a question.

        Args:
            texts: n utterances of a teacher in English, without marks.

        Returns:
            ``(n,) float32`` in [0, 1].
        """
        log_odds = word_log_odds([last_words(text) for text in texts], self.idf, self.weight) + self.bias
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)


def last_words(text: str) -> str:
    """Give what the head reads: the last words without signs, an end sign, and a start sign where they are all."""
    words = _SIGN.sub(" ", text).split()
    return " ".join([*(["^"] if len(words) <= LAST_WORDS else []), *words[-LAST_WORDS:], "$"])


def load_question_head(path: Path) -> QuestionHead:
    """Load the bundled head.

    Args:
        path: ``question.safetensors``; its card lies beside it.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    load_card(path)
    tensors = load_tensors(path)
    if set(tensors) != set(PARTS):
        raise BadModelError(path, "its arrays are not those of a question head; install it again")
    idf, weight, bias = (np.asarray(tensors[name], np.float32) for name in PARTS)
    if idf.shape != (BUCKETS,) or weight.shape != (BUCKETS,) or bias.shape != (1,):
        raise BadModelError(path, "its arrays have other shapes than those of a question head; install it again")
    return QuestionHead(idf, weight, float(bias[0]))
