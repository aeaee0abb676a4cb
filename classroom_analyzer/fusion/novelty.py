"""How unlike the training classes a window is: Mahalanobis distance of its means and of how much it varies inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import Modality

__all__ = ["NoveltyGauge", "fit_gauge", "profile"]

RIDGE = 0.1  # shares of silence and speech sum to 1: without it the covariance has no inverse
PERCENTILE = 99.0
NO_LIMIT = 1e30
SMALLEST_SD = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class NoveltyGauge:
    """Judges windows of one modality.

    Attributes:
        modality: Which.
        centre: ``(2 * columns,)`` mean over windows of ``profile``.
        sd: ``(2 * columns,)`` its standard deviation.
        precision: ``(2 * columns, 2 * columns)`` inverse of its ridged correlation matrix.
        limit: Score that 1 of 100 calibration windows exceed (VALIDITY section 4).
    """

    modality: Modality
    centre: NDArray[np.float64]
    sd: NDArray[np.float64]
    precision: NDArray[np.float64]
    limit: float

    def score(self, batch: FeatureBatch) -> NDArray[np.float64]:
        """Return ``(batch,)``: squared distance per figure; what was not measured counts as usual."""
        z = np.nan_to_num((profile(batch, self.modality) - self.centre) / self.sd, nan=0.0)
        return np.asarray(np.einsum("bi,ij,bj->b", z, self.precision, z) / z.shape[1])

    def is_novel(self, batch: FeatureBatch) -> NDArray[np.bool_]:
        """Return ``(batch,)``: whether a window is out of distribution."""
        return self.score(batch) > self.limit


def profile(batch: FeatureBatch, modality: Modality) -> NDArray[np.float64]:
    """Return ``(batch, 2 * columns)``: mean of each column's root over the window, and how much the root varies inside.

    Noise has usual means; it is how it jumps about that gives it away. Roots (with the sign kept), because rates are
    skewed: a busy minute is nothing strange. NaN where nothing was measured.
    """
    values = batch.values[modality].astype(np.float64)
    values = np.sign(values) * np.sqrt(np.abs(values))
    known = batch.valid[modality][..., None] & np.isfinite(values)
    count = known.sum(axis=1)
    mean = np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1)
    squares = np.where(known, values - mean[:, None], 0.0) ** 2
    spread = np.sqrt(squares.sum(axis=1) / np.maximum(count, 1))
    return np.where(np.tile(count > 0, 2), np.concatenate([mean, spread], axis=1), np.nan)


def fit_gauge(modality: Modality, train: FeatureBatch, calibration: FeatureBatch) -> NoveltyGauge:
    """Fit a gauge on windows of the training classes and set its limit on the calibration classes.

    A modality without a window in one of them has no limit: nothing of it counts as novel.
    """
    figures = profile(train, modality)[train.valid[modality].any(axis=1)]
    known = np.isfinite(figures)
    count = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, figures, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, figures - centre, 0.0) ** 2).sum(axis=0) / count)
    sd = np.maximum(spread, SMALLEST_SD)
    z = np.nan_to_num((figures - centre) / sd, nan=0.0)
    correlation = z.T @ z / max(len(z), 1) + RIDGE * np.eye(z.shape[1])
    open_ended = NoveltyGauge(modality, centre, sd, np.linalg.inv(correlation), NO_LIMIT)
    scores = open_ended.score(calibration)[calibration.valid[modality].any(axis=1)]
    limit = float(np.percentile(scores, PERCENTILE)) if len(figures) and len(scores) else NO_LIMIT
    return NoveltyGauge(modality, centre, sd, open_ended.precision, limit)
