"""What every fusion model takes and gives, whether it is learned or an index with published signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch

__all__ = ["LEVELS", "FusionModel", "FusionOutput", "level_probabilities"]

LEVELS = 4


@dataclass(frozen=True, slots=True, eq=False)
class FusionOutput:
    """Uncalibrated output of all members of a model; a single model has one member.

    A row without any evidence holds whatever the model gives without evidence; the bundle's prior takes its place.

    Attributes:
        engagement: ``(members, ..., batch) float64`` in [0, 1], the regression head.
        cumulative_logits: ``(members, ..., batch, 3) float64``, logits of P(level >= 1), P(level >= 2),
            P(level >= 3), never increasing along the last axis.
        weights: ``(members, ..., batch, 3) float64``, how much each modality was attended to or weighted; for
            debugging, never an explanation. None where the model has no such thing.
    """

    engagement: NDArray[np.float64]
    cumulative_logits: NDArray[np.float64]
    weights: NDArray[np.float64] | None


class FusionModel(Protocol):
    """Turns windows into levels; a modality may be switched off beyond what is invalid."""

    def predict(self, batch: FeatureBatch, presence: NDArray[np.bool_]) -> FusionOutput:
        """Estimate all rows under one or several presence masks.

        Args:
            batch: Windows.
            presence: ``(..., batch, 3) bool`` in the order of ``MODALITIES``; False hides a modality. A modality
                without a valid step is absent whatever this says. Windows are encoded once for all masks.

        Returns:
            Output that does not depend on the values of absent modalities.
        """
        ...


def level_probabilities(cumulative: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn P(level >= 1..3) ``(..., 3)`` into P(level = 0..3) ``(..., 4)``."""
    ones = np.ones_like(cumulative[..., :1])
    bounds = np.concatenate([ones, cumulative, 0 * ones], axis=-1)
    return np.asarray(bounds[..., :-1] - bounds[..., 1:])
