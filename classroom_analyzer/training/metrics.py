"""The metrics contract (VALIDITY section 3), from scratch in numpy.

Levels are 0 to 3; "low" is level 0 or 1. Functions that rest on counts take a confusion matrix ``(..., 4, 4)`` with
truth in rows, so that a bootstrap computes all its draws at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "auprc",
    "auroc",
    "brier",
    "ccc",
    "confusion",
    "ece",
    "macro_f1",
    "mae",
    "mse",
    "qwk",
    "skill",
    "uar",
]

LEVELS = 4
ECE_BINS = 15

Floats = NDArray[np.float64]


def confusion(truth: NDArray[np.int64], predicted: NDArray[np.int64]) -> Floats:
    """Count ``(4, 4)``: truth in rows, prediction in columns."""
    return np.bincount(truth * LEVELS + predicted, minlength=LEVELS**2).reshape(LEVELS, LEVELS).astype(np.float64)


def macro_f1(counts: Floats) -> Floats:
    """Mean over classes of 2PR / (P + R), 0 where P + R = 0; a class absent from truth and prediction is dropped."""
    hits = np.diagonal(counts, axis1=-2, axis2=-1)
    total = counts.sum(axis=-1) + counts.sum(axis=-2)
    there = total > 0
    scores = np.where(there, 2 * hits / np.where(there, total, 1), 0.0)
    return np.asarray(scores.sum(axis=-1) / np.maximum(there.sum(axis=-1), 1))


def uar(counts: Floats) -> Floats:
    """Mean recall over the classes that occur in the truth."""
    truths = counts.sum(axis=-1)
    there = truths > 0
    recalls = np.where(there, np.diagonal(counts, axis1=-2, axis2=-1) / np.where(there, truths, 1), 0.0)
    return np.asarray(recalls.sum(axis=-1) / np.maximum(there.sum(axis=-1), 1))


def qwk(counts: Floats) -> Floats:
    """Quadratic weighted kappa: 1 - sum w O / sum w E, w = (i - j)^2 / (K - 1)^2; 0 where E leaves nothing to gain."""
    levels = np.arange(LEVELS)
    weights = (levels[:, None] - levels) ** 2 / (LEVELS - 1) ** 2
    n = np.maximum(counts.sum(axis=(-2, -1)), 1)
    expected = counts.sum(axis=-1)[..., :, None] * counts.sum(axis=-2)[..., None, :] / n[..., None, None]
    by_chance = (weights * expected).sum(axis=(-2, -1))
    observed = (weights * counts).sum(axis=(-2, -1))
    return np.asarray(np.where(by_chance > 0, 1 - observed / np.where(by_chance > 0, by_chance, 1), 0.0))


def ccc(truth: Floats, predicted: Floats) -> float:
    """Concordance: 2 cov / (var_x + var_y + (mean_x - mean_y)^2), population moments; 0 when both are constant."""
    x, y = truth.astype(np.float64), predicted.astype(np.float64)
    spread = x.var() + y.var() + (x.mean() - y.mean()) ** 2
    if np.ptp(x) == 0 and np.ptp(y) == 0:
        return 0.0
    return float(2 * ((x - x.mean()) * (y - y.mean())).mean() / spread)


def mse(truth: Floats, predicted: Floats) -> float:
    """Mean squared error."""
    return float(np.mean((truth.astype(np.float64) - predicted) ** 2))


def mae(truth: Floats, predicted: Floats) -> float:
    """Mean absolute error."""
    return float(np.mean(np.abs(truth.astype(np.float64) - predicted)))


def skill(error: float, constant_error: float) -> float:
    """1 - MSE / MSE of the training mean."""
    return 1 - error / constant_error


def auroc(positive: NDArray[np.bool_], score: Floats) -> float | None:
    """Area under the ROC curve, ties counted half (Mann-Whitney); None when one kind is missing."""
    n_positive, n_negative = int(positive.sum()), int((~positive).sum())
    if not n_positive or not n_negative:
        return None
    _, tie, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[tie]  # mean rank of ties, from 1
    return float((rank[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative))


def auprc(positive: NDArray[np.bool_], score: Floats) -> float | None:
    """Average precision: sum of precision times the step in recall, ties in one step; None without positives."""
    n_positive = int(positive.sum())
    if not n_positive:
        return None
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(positive[order])
    last_of_tie = np.append(np.diff(score[order]) != 0, True)
    hits, seen = hits[last_of_tie], np.flatnonzero(last_of_tie) + 1
    steps = np.diff(np.concatenate([[0], hits])) / n_positive
    return float((steps * hits / seen).sum())


def ece(truth: NDArray[np.int64], probabilities: Floats, *, equal_mass: bool = False) -> float:
    """Expected calibration error of the top level: sum n_b / N |accuracy - confidence| over 15 bins.

    Args:
        truth: ``(n,)`` levels.
        probabilities: ``(n, 4)``.
        equal_mass: Bins of equal counts in place of equal widths.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    if equal_mass:
        bins = np.argsort(np.argsort(confidence, kind="stable"), kind="stable") * ECE_BINS // len(confidence)
    else:
        bins = np.minimum((confidence * ECE_BINS).astype(int), ECE_BINS - 1)
    gap = np.bincount(bins, right - confidence, minlength=ECE_BINS)
    return float(np.abs(gap).sum() / len(confidence))


def brier(truth: NDArray[np.int64], probabilities: Floats) -> float:
    """Mean over rows of sum_k (p_k - o_k)^2."""
    return float(((probabilities - np.eye(LEVELS)[truth]) ** 2).sum(axis=1).mean())
