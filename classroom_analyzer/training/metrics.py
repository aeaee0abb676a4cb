"""The metrics contract (VALIDITY section 3), from scratch in numpy.

Levels are 0 to 3; "low" is level 0 or 1. Functions that rest on counts take a confusion matrix ``(..., 4, 4)`` with
truth in rows, so that a bootstrap computes all its draws at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ECE_BINS",
    "LEVELS",
    "Reliability",
    "absent_levels",
    "auprc",
    "aurc",
    "auroc",
    "brier",
    "ccc",
    "confidence_bins",
    "confusion",
    "ece",
    "macro_f1",
    "mae",
    "mse",
    "qwk",
    "reliability",
    "risk_coverage",
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


def absent_levels(counts: Floats) -> tuple[int, ...]:
    """Return the levels that ``macro_f1`` drops: those in neither truth nor prediction of one ``(4, 4)`` matrix."""
    total = counts.sum(axis=-1) + counts.sum(axis=-2)
    return tuple(np.flatnonzero(total == 0).tolist())


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


def skill(error: float, constant_error: float) -> float | None:
    """1 - MSE / MSE of the training mean; None where the mean makes no error."""
    return 1 - error / constant_error if constant_error else None


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


@dataclass(frozen=True, slots=True, eq=False)
class Reliability:
    """How often the most probable level was right, by how probable it was called; bins without rows are left out.

    Attributes:
        n: ``(bins,)`` rows.
        confidence: ``(bins,)`` mean probability of the most probable level.
        accuracy: ``(bins,)`` share of rows in which it was right.
    """

    n: NDArray[np.int64]
    confidence: Floats
    accuracy: Floats


def confidence_bins(confidence: Floats, *, equal_mass: bool = False) -> NDArray[np.int64]:
    """Return the bin, 0 to 14, of each confidence: bins of equal width, or of equal counts."""
    if equal_mass:
        rank = np.argsort(np.argsort(confidence, kind="stable"), kind="stable")
        return np.asarray(rank * ECE_BINS // len(confidence), np.int64)
    return np.asarray(np.minimum((confidence * ECE_BINS).astype(np.int64), ECE_BINS - 1), np.int64)


def reliability(truth: NDArray[np.int64], probabilities: Floats, *, equal_mass: bool = False) -> Reliability:
    """Bin rows by the confidence of their most probable level.

    Args:
        truth: ``(n,)`` levels.
        probabilities: ``(n, 4)``.
        equal_mass: Bins of equal counts in place of equal widths.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    bins = confidence_bins(confidence, equal_mass=equal_mass)
    n = np.bincount(bins, minlength=ECE_BINS)
    used = n > 0
    mean_confidence = np.bincount(bins, confidence, minlength=ECE_BINS)[used] / n[used]
    return Reliability(n[used], mean_confidence, np.bincount(bins, right, minlength=ECE_BINS)[used] / n[used])


def ece(truth: NDArray[np.int64], probabilities: Floats, *, equal_mass: bool = False) -> float:
    """Expected calibration error of the top level: sum n_b / N |accuracy - confidence| over 15 bins.

    Args:
        truth: ``(n,)`` levels.
        probabilities: ``(n, 4)``.
        equal_mass: Bins of equal counts in place of equal widths; small bins of equal width mislead.
    """
    found = reliability(truth, probabilities, equal_mass=equal_mass)
    return float((found.n * np.abs(found.accuracy - found.confidence)).sum() / len(truth))


def brier(truth: NDArray[np.int64], probabilities: Floats) -> float:
    """Mean over rows of sum_k (p_k - o_k)^2."""
    return float(((probabilities - np.eye(LEVELS)[truth]) ** 2).sum(axis=1).mean())


def risk_coverage(sureness: Floats, right: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return what answering only the surest costs: share answered, and share of those that is wrong.

    Args:
        sureness: ``(n,)``, larger is surer.
        right: ``(n,) bool``.

    Returns:
        Coverage ``(points,)``, rising to 1, and risk ``(points,)``; rows that are equally sure are answered together.
    """
    order = np.argsort(-sureness, kind="stable")
    last_of_tie = np.append(np.diff(sureness[order]) != 0, True)
    seen = np.flatnonzero(last_of_tie) + 1
    wrong = np.cumsum(~right[order])[last_of_tie]
    return seen / len(right), wrong / seen


def aurc(sureness: Floats, right: NDArray[np.bool_]) -> float:
    """Area under the risk-coverage curve: mean risk over all coverages (Geifman & El-Yaniv 2017); lower is better."""
    coverage, risk = risk_coverage(sureness, right)
    return float((np.diff(coverage, prepend=0.0) * risk).sum())
