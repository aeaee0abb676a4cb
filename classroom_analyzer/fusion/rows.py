"""Picks, joins and summarises rows of feature batches; numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality

__all__ = ["SUBSETS", "join_rows", "subset_index", "take_rows", "valid_share", "window_means"]

SUBSETS = 2 ** len(MODALITIES)
"""Number of modality subsets; a subset's index counts in the order of ``modality_subsets()``."""


def subset_index(presence: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the index in ``modality_subsets()`` of each row of a ``(..., 3) bool`` presence mask."""
    weights = 2 ** np.arange(len(MODALITIES))[::-1]
    return np.asarray(presence.astype(np.int64) @ weights, np.int64)


def take_rows(batch: FeatureBatch, rows: NDArray[Any]) -> FeatureBatch:
    """Return some rows of a batch, by boolean mask or by index; an index may repeat."""
    return FeatureBatch(
        {m: batch.values[m][rows] for m in MODALITIES},
        {m: batch.valid[m][rows] for m in MODALITIES},
        {m: batch.quality[m][rows] for m in MODALITIES},
        batch.phase[rows],
    )


def join_rows(batches: Sequence[FeatureBatch]) -> FeatureBatch:
    """Concatenate batches."""
    return FeatureBatch(
        {m: np.concatenate([b.values[m] for b in batches]) for m in MODALITIES},
        {m: np.concatenate([b.valid[m] for b in batches]) for m in MODALITIES},
        {m: np.concatenate([b.quality[m] for b in batches]) for m in MODALITIES},
        np.concatenate([b.phase for b in batches]),
    )


def valid_share(batch: FeatureBatch, modality: Modality) -> NDArray[np.float64]:
    """Return ``(batch,)``: the share of a modality's steps that hold evidence."""
    return np.asarray(batch.valid[modality].mean(axis=1), np.float64)


def window_means(batch: FeatureBatch, modality: Modality) -> NDArray[np.float64]:
    """Return ``(batch, columns)``: mean over the valid, measured steps; NaN where a column has none."""
    values = batch.values[modality].astype(np.float64)
    known = batch.valid[modality][..., None] & np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
