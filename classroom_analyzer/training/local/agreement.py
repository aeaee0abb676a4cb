"""How far two raters agree: Cohen's kappa, Krippendorff's alpha for ordinal ratings, concordance; figures, no verdicts.

Sources: Cohen 1960; Krippendorff, Content Analysis (2004), chapter 11; Lin 1989 (``metrics.ccc``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.agreement import AgreementFigure
from classroom_analyzer.training.bootstrap import GroupDraws, draw_groups, interval
from classroom_analyzer.training.metrics import ccc

__all__ = ["ccc_figure", "cohen_kappa", "kappa_figure", "krippendorff_alpha"]

MIDDLE = 0.5

Floats = NDArray[np.float64]


def cohen_kappa(one: NDArray[np.int64], other: NDArray[np.int64]) -> float | None:
    """Return (po - pe) / (1 - pe) of two raters' categories.

    Args:
        one: ``(n,)`` categories from 0.
        other: ``(n,)``, of the same things.

    Returns:
        At most 1; None where there is nothing, or chance alone explains everything (both always say the same one).
    """
    if not len(one):
        return None
    kinds = int(max(one.max(), other.max())) + 1
    counts = np.bincount(one * kinds + other, minlength=kinds**2).reshape(kinds, kinds)
    value = float(_kappa(counts[None].astype(np.float64))[0])
    return value if np.isfinite(value) else None


def krippendorff_alpha(ratings: Floats) -> float | None:
    """Return alpha for ordinal ratings: 1 - observed over expected disagreement, gaps allowed.

    Args:
        ratings: ``(raters, units)``, NaN where a rater said nothing.

    Returns:
        At most 1; None where no unit has two ratings, or all ratings are the same.
    """
    rated = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
    values = np.unique(rated[~np.isnan(rated)])
    if len(values) < 2:
        return None
    counts = (rated[None] == values[:, None, None]).sum(axis=1).astype(np.float64)  # (values, units)
    pairs = counts @ (counts / (counts.sum(axis=0) - 1)).T - np.diag((counts / (counts.sum(axis=0) - 1)).sum(axis=1))
    totals = pairs.sum(axis=1)
    # (sum of n_g from c to k, less half of n_c and of n_k)^2
    upto = np.cumsum(totals)
    between = np.abs(upto[:, None] - upto[None, :] - (totals[:, None] - totals[None, :]) / 2)
    expected = (totals[:, None] * totals[None, :] * between**2).sum() / (totals.sum() - 1)
    return float(1 - (pairs * between**2).sum() / expected)


def kappa_figure(
    with_me: NDArray[np.bool_], estimate: Floats, group: NDArray[np.int64], seed: int = 0
) -> AgreementFigure:
    """Kappa of marks and of the estimate on either side of 1/2, with its cluster-bootstrap interval.

    Args:
        with_me: ``(n,)``: with me, or lost.
        estimate: ``(n,)`` in [0, 1].
        group: ``(n,)``: marks that were given under the same conditions; they are drawn together.
        seed: Of the draws.

    Returns:
        No value where all marks or all estimates lie on one side: kappa is 0 there whatever they are.
    """
    if not len(with_me):
        return AgreementFigure(0)
    above = estimate >= MIDDLE
    if len(np.unique(with_me)) < 2 or len(np.unique(above)) < 2:
        return AgreementFigure(len(with_me))
    value = cohen_kappa(with_me.astype(np.int64), above.astype(np.int64))
    return _figure(len(with_me), value, _kappa_draws(draw_groups(group, seed), with_me, above))


def ccc_figure(level: Floats, estimate: Floats, group: NDArray[np.int64], seed: int = 0) -> AgreementFigure:
    """Concordance of levels over 3 and the estimate, with its interval; arguments as for ``kappa_figure``."""
    if not len(level):
        return AgreementFigure(0)
    flat = np.ptp(level) == 0 and np.ptp(estimate) == 0
    value = None if flat else ccc(level, estimate)
    return _figure(len(level), value, draw_groups(group, seed).ccc(level, estimate))


def _figure(n: int, value: float | None, draws: Floats) -> AgreementFigure:
    found = interval(draws) if value is not None and np.ptp(draws) > 0 else None  # one group gives no interval
    low, high = found if found is not None else (None, None)
    return AgreementFigure(n, value, low, high)


def _kappa_draws(draws: GroupDraws, one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Floats:
    cell = one.astype(np.int64) * 2 + other
    return _kappa(draws.sums(np.eye(4)[cell]).reshape(-1, 2, 2))


def _kappa(counts: Floats) -> Floats:
    """Kappa of ``(..., k, k)`` counts; NaN where chance alone explains everything."""
    n = np.maximum(counts.sum(axis=(-2, -1)), 1)
    agreed = np.trace(counts, axis1=-2, axis2=-1) / n
    by_chance = (counts.sum(axis=-1) * counts.sum(axis=-2)).sum(axis=-1) / n**2
    left = 1 - by_chance
    return np.asarray(np.where(left > 1e-12, (agreed - by_chance) / np.where(left > 1e-12, left, 1), np.nan))
