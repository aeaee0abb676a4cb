"""Puts windows of one to three modalities together into a batch; what is not there is invalid and NaN, never zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch, WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase

__all__ = ["Sequences", "absent", "batch_of", "plain_spec"]

NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Windows of one modality.

    Attributes:
        values: ``(rows, steps, columns) float32``, NaN where not measured.
        valid: ``(rows, steps) bool``.
        quality: ``(rows, steps) float32`` in [0, 1], 0 where invalid.
    """

    values: NDArray[np.float32]
    valid: NDArray[np.bool_]
    quality: NDArray[np.float32]


def absent(rows: int, spec: WindowSpec) -> Sequences:
    """Windows of a modality that nobody measured."""
    shape = (rows, spec.steps)
    values = np.full((*shape, len(spec.names)), np.nan, np.float32)
    return Sequences(values, np.zeros(shape, bool), np.zeros(shape, np.float32))


def plain_spec(modality: Modality, steps: int, names: tuple[str, ...]) -> WindowSpec:
    """Columns of others, whose units and step are not known; a modality without any gets one that is never valid."""
    known = names or (NOT_MEASURED,)
    return WindowSpec(modality, max(steps, 1), 1, known, ("as published",) * len(known))


def batch_of(
    rows: int,
    windows: Mapping[Modality, WindowSpec],
    sequences: Mapping[Modality, Sequences],
    phase: NDArray[np.int64] | None = None,
) -> FeatureBatch:
    """Build a batch of all modalities.

    Args:
        rows: How many.
        windows: Shape of each modality.
        sequences: Those that were measured.
        phase: ``(rows,)`` index into ``PHASES``; unknown where none is given.
    """
    parts = {m: sequences.get(m) or absent(rows, windows[m]) for m in MODALITIES}
    unknown = np.full(rows, PHASES.index(Phase.UNKNOWN), np.int64)
    return FeatureBatch(
        {m: part.values for m, part in parts.items()},
        {m: part.valid for m, part in parts.items()},
        {m: part.quality for m, part in parts.items()},
        unknown if phase is None else phase,
    )
