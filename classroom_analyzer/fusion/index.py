"""The transparent additive index: published signs, no training; the floor that every learned model must beat.

Engagement = 0.6 + sum of weight x (window mean - usual value), clipped to [0, 1]. In group and silent work facing has
no weight, because the target is a neighbour or the desk (VALIDITY sections 2 and 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.fusion.protocol import FusionOutput
from classroom_analyzer.fusion.rows import window_means

__all__ = ["TERMS", "AdditiveIndex", "Term"]

MIDDLE = 0.6
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


_LOOK_HERE = frozenset({Phase.LECTURE, Phase.DIALOGUE, Phase.UNKNOWN})
_TALK = frozenset({Phase.DIALOGUE, Phase.GROUP_WORK})
_ALL = frozenset(Phase)

TERMS: tuple[Term, ...] = (
    Term(Modality.VISION, "face_presence", 0.9, +0.20, _ALL),
    Term(Modality.VISION, "facing_target", 0.55, +0.30, _LOOK_HERE),
    Term(Modality.AUDIO, "silence", 0.3, -0.15, _TALK),
    Term(Modality.AUDIO, "multiple_voices", 0.1, -0.15, frozenset({Phase.LECTURE, Phase.SILENT_WORK})),
    Term(Modality.TEXT, "author_share", 0.3, +0.15, _ALL),
    Term(Modality.TEXT, "message_rate", 0.3, +0.05, _ALL),
)


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
