"""Fits the on-task head: logistic regression on all products of two embedding values, with a ridge penalty.

Solved in its dual form (kernel logistic regression; Zhu & Hastie 2005) with the kernel k(x, y) = (x . y)^2: as many
unknowns as rows in place of 147,456. Targets are shares of raters, so that a row on which they differ pulls less.
What is kept is the matrix of the form, no row of the training data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from classroom_analyzer.perception.text.on_task import OnTaskHead

__all__ = ["MAX_ROWS", "PENALTY", "fit_quadratic", "solve_dual"]

PENALTY = 0.05  # from 0.03 to 0.15 the area under the curve changes by 0.001
SCALES = (1.0, 0.5)  # the student's words, the teacher's reply
MAX_ROWS = 8000  # a kernel of 512 MB
MAX_STEPS = 50
CLOSE_ENOUGH = 1e-3  # log-odds
LEAST_WEIGHT = 1e-4

Floats = NDArray[np.float64]


def fit_quadratic(vectors: Sequence[NDArray[np.float32]], share: Floats, penalty: float = PENALTY) -> OnTaskHead:
    """Fit a head.

    Args:
        vectors: One ``(n, d) float32`` array of unit rows per text that a row consists of; n up to ``MAX_ROWS``.
        share: ``(n,)`` share of raters who called the row on task, in [0, 1].
        penalty: Weight of half the squared norm of the form, against the summed log loss.

    Returns:
        The head; its matrices hold half precision values.
    """
    rows = [part.astype(np.float64) for part in vectors]
    scales = SCALES[: len(rows)]
    kernel = np.zeros((len(share), len(share)))
    for scale, part in zip(scales, rows, strict=True):
        kernel += scale * (part @ part.T) ** 2
    dual, bias = solve_dual(kernel, share, penalty)
    forms = [scale * (part.T * dual) @ part for scale, part in zip(scales, rows, strict=True)]
    return OnTaskHead([form.astype(np.float16).astype(np.float32) for form in forms], float(np.float32(bias)))


def solve_dual(kernel: Floats, share: Floats, penalty: float) -> tuple[Floats, float]:
    """Fit kernel logistic regression by Newton steps, each a weighted ridge regression with a free bias.

    Args:
        kernel: ``(n, n)`` symmetric, not negative definite.
        share: ``(n,)`` targets in [0, 1].
        penalty: Weight of half the squared norm, against the summed log loss; above 0.

    Returns:
        ``(n,)`` weights of the rows and the bias: log-odds = kernel @ weights + bias.
    """
    n = len(share)
    mean = np.clip(share.mean(), 0.5 / n, 1 - 0.5 / n)
    dual, bias = np.zeros(n), float(np.log(mean / (1 - mean)))
    log_odds = np.full(n, bias)
    for _ in range(MAX_STEPS):
        p = 1 / (1 + np.exp(-log_odds))
        weight = np.maximum(p * (1 - p), LEAST_WEIGHT)
        factor = cho_factor(kernel + np.diag(penalty / weight), lower=True, check_finite=False)
        solved = cho_solve(factor, np.stack([log_odds + (share - p) / weight, np.ones(n)], axis=1), check_finite=False)
        bias = float(solved[:, 0].sum() / solved[:, 1].sum())
        dual = solved[:, 0] - bias * solved[:, 1]
        before, log_odds = log_odds, kernel @ dual + bias
        if np.abs(log_odds - before).max() < CLOSE_ENOUGH:
            break
    return dual, bias
