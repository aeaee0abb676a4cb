"""How much a teacher's reply takes up what a student said: a head on the sentence embeddings of both. numpy only.

Trained on exchanges of grade 4 and 5 mathematics lessons in English that three raters judged (Demszky and others 2021).
It judges one exchange; only class figures are made of it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors

__all__ = ["PARTS", "UptakeHead", "load_uptake"]

PARTS = ("student", "teacher", "cross", "product", "bias")


class UptakeHead:
    """p = sigmoid(bias + s' A s + t' B t + s' C t + w . (s * t)), s the student's and t the teacher's embedding.

    Args:
        student: ``(d, d) float32``, A.
        teacher: ``(d, d) float32``, B.
        cross: ``(d, d) float32``, C.
        product: ``(d,) float32``, w; what the cosine of both says is part of it.
        bias: Log-odds of two rows of zeros.
    """

    def __init__(
        self,
        student: NDArray[np.float32],
        teacher: NDArray[np.float32],
        cross: NDArray[np.float32],
        product: NDArray[np.float32],
        bias: float,
    ) -> None:
        self.student = student
        self.teacher = teacher
        self.cross = cross
        self.product = product
        self.bias = bias

    def probability(self, student: NDArray[np.float32], teacher: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give the raters' probable mean judgement of each exchange, from 0 (no uptake) to 1 (high uptake).

        Args:
            student: ``(n, d) float32`` unit rows, d = 384 for MiniLM: what the student said.
            teacher: ``(n, d) float32`` unit rows: the teacher's reply.

        Returns:
            ``(n,) float32`` in [0, 1]; above one half is more than the raters' middle step.
        """
        log_odds = (student @ self.student * student).sum(axis=1) + (teacher @ self.teacher * teacher).sum(axis=1)
        log_odds += (student @ self.cross * teacher).sum(axis=1) + (student * teacher) @ self.product + self.bias
        return np.asarray(1 / (1 + np.exp(-log_odds)), np.float32)


def load_uptake(path: Path) -> UptakeHead:
    """Load the bundled head.

    Args:
        path: ``uptake.safetensors``; its card lies beside it.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another kind.
    """
    load_card(path)
    tensors = load_tensors(path)
    try:
        student, teacher, cross, product, bias = (np.asarray(tensors[name], np.float32) for name in PARTS)
    except KeyError as error:
        raise BadModelError(path, f"it holds no {error.args[0]}; install it again") from error
    d = product.size
    if product.shape != (d,) or bias.shape != (1,) or any(m.shape != (d, d) for m in (student, teacher, cross)):
        raise BadModelError(path, "its arrays have other shapes than those of an uptake head; install it again")
    return UptakeHead(student, teacher, cross, product, float(bias[0]))
