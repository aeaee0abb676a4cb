"""How likely a message is on task (VALIDITY.md ``on_task_talk``): a head on sentence embeddings. numpy only.

It was trained on transcribed talk of grade 4 and 5 mathematics lessons in English; ``language`` keeps other languages
from it. It judges one message, never a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors

__all__ = ["STUDENT", "TEACHER", "OnTaskHead", "load_on_task"]

STUDENT, TEACHER = "student", "teacher"
CONTEXT_PREFIX = "context."


class OnTaskHead:
    """A quadratic form of sentence embeddings: p = sigmoid(bias + sum over texts of x' A x).

    Args:
        forms: One symmetric ``(d, d) float32`` matrix for each text that a row consists of.
        bias: Log-odds of a row of zeros.
    """

    def __init__(self, forms: Sequence[NDArray[np.float32]], bias: float) -> None:
        self.forms = tuple(forms)
        self.bias = bias

    @property
    def dimensions(self) -> int:
        """Length d of the embeddings it takes."""
        return int(self.forms[0].shape[0])

    def probability(self, *vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give the share of raters who would probably call each row on task.

        Args:
            vectors: As many ``(n, d) float32`` arrays of unit rows as the head has forms: the student's words, then,
                for the head with context, the teacher's reply.

        Returns:
            ``(n,) float32`` in [0, 1].
        """
        log_odds = np.full(len(vectors[0]), self.bias, np.float32)
        for form, rows in zip(self.forms, vectors, strict=True):
            log_odds += ((rows @ form) * rows).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)


def load_on_task(path: Path, *, context: bool = False) -> OnTaskHead:
    """Load the bundled head.

    Args:
        path: ``on-task.safetensors``; its card lies beside it.
        context: Load the head that reads the teacher's reply too; only ``evaluate text`` does.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    load_card(path)
    tensors = load_tensors(path)
    prefix, texts = (CONTEXT_PREFIX, (STUDENT, TEACHER)) if context else ("", (STUDENT,))
    try:
        forms = [np.asarray(tensors[prefix + name], np.float32) for name in texts]
        bias = tensors[f"{prefix}bias"]
    except KeyError as error:
        raise BadModelError(path, f"it holds no {error.args[0]}; install it again") from error
    if not _fits(forms, bias):
        raise BadModelError(path, "its arrays have other shapes than those of an on-task head; install it again")
    return OnTaskHead(forms, float(bias[0]))


def _fits(forms: list[NDArray[np.float32]], bias: NDArray[Any]) -> bool:
    side = forms[0].shape[0] if forms[0].ndim else 0
    return bias.shape == (1,) and all(form.shape == (side, side) for form in forms)
