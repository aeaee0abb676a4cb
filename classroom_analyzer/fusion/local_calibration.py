"""The class line on the scale of one teacher's marks: a bundle's estimate with an intercept, a slope and three weights.

    calibrated = intercept + slope x sum over modalities of weight x contribution

The contributions are the exact Shapley values of the bundle, which sum to its estimate minus its prior. The calibrated
line is linear in them, so its own Shapley values are slope x weight x contribution and sum to the calibrated estimate
minus the intercept, which is its prior. A line that leaves [0, 1] is cut there, and its contributions are shortened
by the same factor, so the sum stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.fusion.index import LEVEL_BORDERS

__all__ = ["UNCALIBRATED", "Coefficients", "LocalCalibrator"]

UNCALIBRATED = ("uncalibrated.engagement", *(f"uncalibrated.w_{m}" for m in MODALITIES))
"""Class rows that keep what the bundle itself said, so that marks of later lessons can be fitted and judged again."""

Z_80 = 1.2816  # a normal variable lies within +- this many sd with probability 0.8
LEAST_VARIANCE = 1e-12
NOT_USED = (None, None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """What was fitted.

    Attributes:
        intercept: Level without any evidence, 0 to 1.
        slope: Common factor of all contributions.
        gains: ``(3,)`` slope x weight, in the order of ``MODALITIES``.
        covariance: ``(4, 4)`` of intercept and gains over lessons drawn with replacement: how sure the fit itself is.
    """

    intercept: float
    slope: float
    gains: NDArray[np.float64]
    covariance: NDArray[np.float64]

    @property
    def weights(self) -> NDArray[np.float64]:
        """``(3,)``: weight of each modality, 1 where it counts like the others; NaN where the slope is 0."""
        return np.asarray(self.gains / self.slope) if self.slope else np.full(len(MODALITIES), np.nan)

    def levels(self, contributions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the calibrated levels in [0, 1] of ``(..., 3)`` contributions of the bundle."""
        return np.asarray(np.clip(self.intercept + contributions @ self.gains, 0.0, 1.0))

    def shares(self, contributions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the calibrated contributions ``(3,)`` of one line; they sum to its level minus the intercept."""
        shares = contributions * self.gains
        raised = float(shares.sum())
        # Only where the line is cut: shares that cancel out leave a rest of rounding, by which nothing may be divided.
        if 0 <= self.intercept + raised <= 1:
            return np.asarray(shares)
        kept = float(self.levels(contributions)) - self.intercept
        return np.asarray(shares * (kept / raised))

    def variance(self, contributions: NDArray[np.float64]) -> float:
        """Return the variance of a line that comes from not knowing the coefficients any better."""
        x = np.concatenate([[1.0], contributions])
        return float(x @ self.covariance @ x)


class LocalCalibrator:
    """Puts class lines on the scale of a class, or holds them back where the bundle failed there.

    The seats stay as the bundle gives them: the marks were about the class.

    Args:
        coefficients: Of this class and bundle; None where the bundle was switched off in this class.
        tau: The line abstains when neither "low" (levels 0-1) nor "not low" is this probable, as in the bundle.
    """

    def __init__(self, coefficients: Coefficients | None, tau: float) -> None:
        self._coefficients = coefficients
        self._tau = tau

    def line(self, estimate: ClassEstimate) -> ClassEstimate:
        """Return the line on the scale of the class; a window that abstained stays as it is."""
        if estimate.engagement is None or estimate.low is None or estimate.high is None:
            return estimate
        if self._coefficients is None:
            return _without(estimate)
        used = np.array([w is not None for w in estimate.contribution])
        raw = np.array([w or 0.0 for w in estimate.contribution])
        level = float(self._coefficients.levels(raw))
        # The bundle's error may come from any modality in use, so its band grows with the largest gain among them. It
        # is never narrowed: a small gain says that the line explains little, not that the class is known better.
        half = max(estimate.engagement - estimate.low, estimate.high - estimate.engagement)
        gain = float(np.abs(self._coefficients.gains[used]).max(initial=1.0))
        variance = (gain * half / Z_80) ** 2 + self._coefficients.variance(raw)
        variance = max(variance, LEAST_VARIANCE)
        levels = _level_probabilities(level, variance)
        low_share = levels[0] + levels[1]
        if max(low_share, 1 - low_share) < self._tau:
            return _without(estimate)
        half = Z_80 * sqrt(variance)
        shares = self._coefficients.shares(raw)
        vision, audio, text = (float(s) if u else None for s, u in zip(shares, used, strict=True))
        return replace(
            estimate,
            engagement=level,
            low=max(level - half, 0.0),
            high=min(level + half, 1.0),
            level_probabilities=levels,
            contribution=(vision, audio, text),
        )

    def seats(self, rows: tuple[SeatEstimate, ...]) -> tuple[SeatEstimate, ...]:
        """Return the seats as they are; without their estimates where the bundle was switched off in this class."""
        if self._coefficients is not None:
            return rows
        return tuple(
            row
            if row.engagement is None
            else replace(row, engagement=None, low=None, high=None, status=EstimateStatus.UNCERTAIN)
            for row in rows
        )

    def uncalibrated(self, estimate: ClassEstimate) -> tuple[Reading, ...]:
        """Return what the bundle itself said, as class rows ``UNCALIBRATED``; null where the window abstained."""
        values = (estimate.engagement, *estimate.contribution)
        return tuple(
            Reading(name, value, "level 0-1", estimate.coverage, estimate.class_size)
            for name, value in zip(UNCALIBRATED, values, strict=True)
        )


def _without(estimate: ClassEstimate) -> ClassEstimate:
    return replace(
        estimate,
        engagement=None,
        low=None,
        high=None,
        level_probabilities=None,
        contribution=NOT_USED,
        status=EstimateStatus.UNCERTAIN,
    )


def _level_probabilities(level: float, variance: float) -> tuple[float, float, float, float]:
    """P(level 0..3) of a class mean that is normal around its estimate, as the bundle's own line has them."""
    below = [0.5 * (1 + erf((border - level) / sqrt(2 * variance))) for border in LEVEL_BORDERS.tolist()]
    return below[0], below[1] - below[0], below[2] - below[1], 1 - below[2]
