"""Fits what a bundle holds besides its networks: temperatures, prior, error variances and abstention thresholds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit

from classroom_analyzer.domain.modality import MODALITIES, modality_subsets
from classroom_analyzer.fusion.bundle import Calibration, calibrate_logits, named_level
from classroom_analyzer.fusion.protocol import LEVELS, FusionModel, level_probabilities
from classroom_analyzer.fusion.rows import SUBSETS, subset_index
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.metrics import confusion, ece, macro_f1

__all__ = ["SubsetCalibration", "fit_calibration", "rows_with", "selective_threshold"]

TEMPERATURE_RANGE = (0.05, 20.0)  # VALIDITY section 4
SELECTIVE_ERROR = 0.20  # VALIDITY section 4
LEVEL_STRENGTHS = np.round(np.arange(0.0, 1.21, 0.1), 1)
SMALLEST_P = 1e-9
SMALLEST_VARIANCE = 1e-5


@dataclass(frozen=True, slots=True)
class SubsetCalibration:
    """What calibrating one subset changed: for the card."""

    subset: str
    n: int
    temperature: float
    level_strength: float
    ece_before: float
    ece_after: float


def rows_with(rows: LabelledRows, presence: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which rows hold enough evidence (half the window) in all modalities of a ``(3,) bool`` mask."""
    shares = np.stack([rows.batch.valid[m].mean(axis=1) for m in MODALITIES], axis=1)
    return np.asarray((shares[:, presence] >= 0.5).all(axis=1))


def fit_calibration(
    model: FusionModel, train: LabelledRows, calibration: LabelledRows
) -> tuple[Calibration, list[SubsetCalibration]]:
    """Calibrate a model on classes that it was not trained on.

    Args:
        model: Uncalibrated.
        train: Gives the prior.
        calibration: Other classes; six or more students per time, so that shared and own errors can be told apart.

    Returns:
        Calibration without thresholds (nothing abstains) and with an unscaled band, and a line per subset.
    """
    prior = np.bincount(train.level, minlength=LEVELS) / len(train)
    class_variance, seat_variance, strengths = (np.zeros(SUBSETS) for _ in range(3))
    result = Calibration(np.ones(SUBSETS), prior, class_variance, seat_variance, 1.0, 0.0, 0.0, strengths)
    errors = calibration.engagement - result.prior
    result.class_variance[0], result.seat_variance[0] = _error_variances(errors, calibration)
    notes = []
    for subset in modality_subsets()[1:]:
        mask = np.array([m in subset for m in MODALITIES])
        used = calibration.take(rows_with(calibration, mask))
        index = int(subset_index(mask))
        if not len(used):  # a data set without this modality: as little is known as without any evidence
            result.class_variance[index], result.seat_variance[index] = class_variance[0], seat_variance[0]
            continue
        subsets = np.full(len(used), index)
        logits = model.predict(used.batch, np.tile(mask, (len(used), 1))).cumulative_logits
        before = calibrate_logits(logits, subsets, result)

        result.temperatures[index] = _temperature(logits, used.level)
        after = calibrate_logits(logits, subsets, result)
        result.level_strengths[index] = _level_strength(after.probabilities, prior, used.level)
        shared, own = _error_variances(used.engagement - after.mean, used)
        result.class_variance[index], result.seat_variance[index] = shared, own
        notes.append(
            SubsetCalibration(
                "+".join(m for m in MODALITIES if m in subset),
                len(used),
                float(result.temperatures[index]),
                float(result.level_strengths[index]),
                ece(used.level, before.probabilities),
                ece(used.level, after.probabilities),
            )
        )
    return result, notes


def selective_threshold(top: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the smallest threshold on the top probability at which at most 20 % of what is kept is wrong.

    Args:
        top: ``(n,)`` probability of the chosen answer.
        right: ``(n,) bool``.

    Returns:
        The threshold; just above the largest ``top`` when no threshold is good enough.
    """
    order = np.argsort(-top, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    last_of_tie = np.append(np.diff(top[order]) != 0, True)  # ties are kept together
    good = np.flatnonzero((wrong <= SELECTIVE_ERROR) & last_of_tie)
    return float(top[order][good[-1]]) if len(good) else float(np.nextafter(top.max(), 2.0))


def _level_strength(probabilities: NDArray[np.float64], prior: NDArray[np.float64], level: NDArray[np.int64]) -> float:
    """Return the strength of the prior's correction at which naming levels has the highest macro-F1."""
    found = [macro_f1(confusion(level, named_level(probabilities, prior, s))) for s in LEVEL_STRENGTHS]
    return float(LEVEL_STRENGTHS[int(np.argmax(found))])


def _temperature(logits: NDArray[np.float64], level: NDArray[np.int64]) -> float:
    """Return the temperature with the least negative log-likelihood of the levels."""

    def loss(log_temperature: float) -> float:
        cumulative = expit(logits / np.exp(log_temperature))
        return _nll(level_probabilities(cumulative).mean(axis=0), level)

    return float(np.exp(minimize_scalar(loss, bounds=np.log(TEMPERATURE_RANGE), method="bounded").x))


def _nll(probabilities: NDArray[np.float64], level: NDArray[np.int64]) -> float:
    chosen = probabilities[np.arange(len(level)), level]
    return float(-np.log(np.maximum(chosen, SMALLEST_P)).mean())


def _error_variances(errors: NDArray[np.float64], rows: LabelledRows) -> tuple[float, float]:
    """Split squared errors into what a class shares at one time and what is each student's own (one-way ANOVA).

    Errors are taken around 0, so a bias counts as shared.
    """
    _, group = np.unique(np.stack([rows.group, rows.time_s]), axis=1, return_inverse=True)
    count = np.bincount(group.ravel())
    several = (count > 1)[group.ravel()]
    mean = np.bincount(group.ravel(), errors) / count
    own = float(((errors - mean[group.ravel()])[several] ** 2).sum() / max((count[count > 1] - 1).sum(), 1))
    shared = float((mean**2 - own / count).mean())
    return max(shared, SMALLEST_VARIANCE), max(own, SMALLEST_VARIANCE)
