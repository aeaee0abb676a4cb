"""Fits a bundle to a class: an intercept a, a slope b and one weight per modality, nothing more (VALIDITY section 7).

Least squares on marks y in [0, 1], which for with me / lost is the Brier score of the very line that will be shown:

    sum (y - clip(a + sum_m c_m w_m))^2  +  r_s (b - 1)^2  +  r_w sum_m (c_m - b)^2,      c_m = b x weight of m

w are the bundle's contributions; a is kept in [0, 1]. The penalties are fixed in advance and never chosen on the marks:
they are those of a mark with a residual variance of 0.2, a slope that differs from 1 by a standard deviation of 2, and
gains that differ from their slope by one of 0.5. Without the cut at 0 and 1 the problem has one solution in closed
form; Gauss-Newton steps that lower the sum lead on from there. Without the cut in the fit, marks that follow the line
closely would give too small a slope.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.fusion.local_calibration import Coefficients
from classroom_analyzer.training.bootstrap import draw_groups

__all__ = ["RESIDUAL_VARIANCE", "SLOPE_SD", "WEIGHT_SD", "fit", "left_out_predictions"]

RESIDUAL_VARIANCE = 0.2
SLOPE_SD = 2.0
WEIGHT_SD = 0.5
MIDDLE = 0.5  # the intercept without any mark
LOOSE = 1e-9  # the intercept is free, but for that
STEPS = 12
HALVINGS = (1.0, 0.5, 0.25, 0.1)
SPREAD_DRAWS = 400  # of the coefficients; enough for a covariance

Floats = NDArray[np.float64]


def fit(contributions: Floats, score: Floats, lesson: NDArray[np.int64], seed: int = 0) -> Coefficients:
    """Fit all marks, and again every draw of lessons for the spread of the coefficients.

    Args:
        contributions: ``(n, 3)`` of the bundle.
        score: ``(n,)`` marks in [0, 1].
        lesson: ``(n,)`` number of the lesson.
        seed: Of the draws.
    """
    found = _fitted(contributions, score, np.ones((1, len(score))))[0]
    covariance = np.zeros((len(MODALITIES) + 1,) * 2)
    if len(np.unique(lesson)) > 1:
        draws = draw_groups(lesson, seed, SPREAD_DRAWS)
        drawn = _fitted(contributions, score, draws.weights[:, draws.row])
        covariance = np.cov(np.concatenate([drawn[:, :1], drawn[:, 1:2] + drawn[:, 2:]], axis=1), rowvar=False)
    return Coefficients(float(found[0]), float(found[1]), found[1] + found[2:], covariance)


def left_out_predictions(x: Floats, score: Floats, lesson: NDArray[np.int64]) -> Floats:
    """Predict the marks of every lesson from a fit to all the others; empty where there is only one.

    Args:
        x: ``(n, k)`` contributions.
        score: ``(n,)`` marks in [0, 1].
        lesson: ``(n,)``.
    """
    lessons, at = np.unique(lesson, return_inverse=True)
    if len(lessons) < 2:
        return np.empty(0)
    others = (at[None, :] != np.arange(len(lessons))[:, None]).astype(np.float64)
    found = _fitted(x, score, others)[at]
    return np.asarray(np.clip(found[:, 0] + ((found[:, 1:2] + found[:, 2:]) * x).sum(axis=1), 0.0, 1.0))


def _fitted(x: Floats, y: Floats, weights: Floats) -> Floats:
    """Fit each row of ``(fits, n)`` weights: ``(fits, k + 2)`` intercept, slope, and what each gain differs by."""
    design = np.concatenate([np.ones((len(x), 1)), x.sum(axis=1, keepdims=True), x], axis=1)
    best = _minimum(design, y, weights)
    lowest = _loss(design, y, weights, best)
    for _ in range(STEPS):
        raw = best @ design.T
        inside = (raw > 0) & (raw < 1)
        step = _minimum(design, y, weights * inside) - best
        improved = np.zeros(len(best), bool)
        for share in HALVINGS:
            tried = best + share * step
            loss = _loss(design, y, weights, tried)
            better = (loss < lowest - LOOSE) & ~improved
            best, lowest = np.where(better[:, None], tried, best), np.where(better, loss, lowest)
            improved |= better
        if not improved.any():
            break
    return best


def _minimum(design: Floats, y: Floats, weights: Floats) -> Floats:
    """Where the sum over the weighted rows would be lowest without the cut, ``(fits, k + 2)``."""
    size = design.shape[1]
    squares = (design[:, :, None] * design[:, None, :]).reshape(len(design), size * size)
    left = (weights @ squares).reshape(-1, size, size) + np.diag(_penalty(design))
    right = weights @ (design * y[:, None]) + _penalty(design) * _wanted(design)
    a = np.clip(np.linalg.solve(left, right[..., None])[:, 0, 0], 0.0, 1.0)
    # With the intercept held at its border what is left is as convex as before.
    rest = np.linalg.solve(left[:, 1:, 1:], (right[:, 1:] - left[:, 1:, 0] * a[:, None])[..., None])[..., 0]
    return np.concatenate([a[:, None], rest], axis=1)


def _loss(design: Floats, y: Floats, weights: Floats, found: Floats) -> Floats:
    error = y - np.clip(found @ design.T, 0.0, 1.0)
    prior = (found - _wanted(design)) ** 2 @ _penalty(design)
    return np.asarray((weights * error**2).sum(axis=1) + prior)


def _penalty(design: Floats) -> Floats:
    penalty = np.full(design.shape[1], RESIDUAL_VARIANCE / WEIGHT_SD**2)
    penalty[:2] = LOOSE, RESIDUAL_VARIANCE / SLOPE_SD**2
    return penalty


def _wanted(design: Floats) -> Floats:
    wanted = np.zeros(design.shape[1])
    wanted[:2] = MIDDLE, 1.0
    return wanted
