"""How unlike the training classes a window is: Mahalanobis distance of its mean values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch, WindowSpec
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.fusion.rows import window_means

__all__ = ["NoveltyGauge", "fit_gauge"]

RIDGE = 0.1  # shares of silence and speech sum to 1: without it the covariance has no inverse
PERCENTILE = 99.0
NO_LIMIT = 1e30
SMALLEST_SD = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class NoveltyGauge:
    """Judges windows of one modality.

    Attributes:
        modality: Which.
        centre: ``(columns,)`` mean of the window means.
        sd: ``(columns,)`` their standard deviation; without bounds for columns that do not count.
        precision: ``(columns, columns)`` inverse of their ridged correlation matrix.
        limit: Score that 1 of 100 calibration windows exceed (VALIDITY section 4).
    """

    modality: Modality
    centre: NDArray[np.float64]
    sd: NDArray[np.float64]
    precision: NDArray[np.float64]
    limit: float

    def score(self, batch: FeatureBatch) -> NDArray[np.float64]:
        """Return ``(batch,)``: squared distance per column; columns that were not measured count as usual."""
        z = np.nan_to_num((window_means(batch, self.modality) - self.centre) / self.sd, nan=0.0)
        return np.asarray(np.einsum("bi,ij,bj->b", z, self.precision, z) / z.shape[1])

    def is_novel(self, batch: FeatureBatch) -> NDArray[np.bool_]:
        """Return ``(batch,)``: whether a window is out of distribution."""
        return self.score(batch) > self.limit


def fit_gauge(window: WindowSpec, train: FeatureBatch, calibration: FeatureBatch) -> NoveltyGauge:
    """Fit a gauge on windows of the training classes and set its limit on the calibration classes.

    Columns of the window's ``context`` do not count. A modality without a window in one of the sets has no limit:
    nothing of it counts as novel.
    """
    modality = window.modality
    means = window_means(train, modality)[train.valid[modality].any(axis=1)]
    known = np.isfinite(means)
    count = np.maximum(known.sum(axis=0), 1)
    centre = np.where(known, means, 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, means - centre, 0.0) ** 2).sum(axis=0) / count)
    sd = np.where(np.isin(window.names, window.context), NO_LIMIT, np.maximum(spread, SMALLEST_SD))
    z = np.nan_to_num((means - centre) / sd, nan=0.0)
    correlation = z.T @ z / max(len(z), 1) + RIDGE * np.eye(z.shape[1])
    open_ended = NoveltyGauge(modality, centre, sd, np.linalg.inv(correlation), NO_LIMIT)
    scores = open_ended.score(calibration)[calibration.valid[modality].any(axis=1)]
    limit = float(np.percentile(scores, PERCENTILE)) if len(means) and len(scores) else NO_LIMIT
    return NoveltyGauge(modality, centre, sd, open_ended.precision, limit)
