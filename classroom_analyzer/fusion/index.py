"""The transparent additive index: published signs, no training; the floor that every learned model must beat.

Engagement = middle + sum of weight x (window mean - usual value), clipped to [0, 1]; the numbers stand in
``assets/fusion/index.toml``. In group and silent work facing has no weight, because the target is a neighbour or the
desk (VALIDITY sections 2 and 4).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.fusion.protocol import FusionOutput
from classroom_analyzer.fusion.rows import window_means
from classroom_analyzer.models import assets

__all__ = ["MIDDLE", "TERMS", "AdditiveIndex", "Term"]

LEVEL_BORDERS = np.array([1 / 6, 1 / 2, 5 / 6])  # between levels 0, 1/3, 2/3 and 1
LOGIT_PER_UNIT = 12.0  # slope from engagement to the log odds of a level


@dataclass(frozen=True, slots=True)
class Term:
    """One published sign.

    Attributes:
        modality: Which window.
        name: Column.
        usual: Value that says nothing.
        weight: Engagement per unit of the column.
        phases: Phases in which it counts.
    """

    modality: Modality
    name: str
    usual: float
    weight: float
    phases: frozenset[Phase]


def _read_terms() -> tuple[float, tuple[Term, ...]]:
    """Read the middle and the terms from ``assets/fusion/index.toml``."""
    index = tomllib.loads(assets.path("fusion", "index.toml").read_text(encoding="utf-8"))
    everywhere = [phase.value for phase in Phase]
    return index["middle"], tuple(
        Term(
            Modality(term["modality"]),
            term["column"],
            term["usual"],
            term["weight"],
            frozenset(Phase(phase) for phase in term.get("phases", everywhere)),
        )
        for term in index["term"]
    )


MIDDLE, TERMS = _read_terms()


class AdditiveIndex:
    """The index as a fusion model; what is absent or not measured adds nothing."""

    def predict(self, batch: FeatureBatch, presence: NDArray[np.bool_]) -> FusionOutput:
        """See ``FusionModel.predict``."""
        present = presence & batch.presence
        means = {m: window_means(batch, m) for m in MODALITIES}
        engagement = np.full(present.shape[:-1], MIDDLE)
        for term in TERMS:
            column = means[term.modality][:, WINDOWS[term.modality].names.index(term.name)]
            counts = np.isin(batch.phase, [PHASES.index(p) for p in term.phases]) & np.isfinite(column)
            counts = counts & present[..., MODALITIES.index(term.modality)]
            engagement += np.where(counts, term.weight * (np.nan_to_num(column) - term.usual), 0.0)
        engagement = np.clip(engagement, 0.0, 1.0)
        logits = LOGIT_PER_UNIT * (engagement[..., None] - LEVEL_BORDERS)
        return FusionOutput(engagement[None], logits[None], None)
