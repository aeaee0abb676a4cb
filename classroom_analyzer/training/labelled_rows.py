"""Windows with what is known to be true of them: what every data set, the simulator included, hands to training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.fusion.rows import join_rows, take_rows

__all__ = ["LabelledRows", "assert_disjoint", "join_labelled"]

Rows = TypeVar("Rows", bound="LabelledRows")


@dataclass(frozen=True, slots=True, eq=False)
class LabelledRows:
    """Windows beside their labels.

    Attributes:
        batch: What was measured.
        engagement: ``(rows,) float64`` in [0, 1].
        level: ``(rows,) int64`` 0 to 3.
        group: ``(rows,) int64``, whose rows must stay together when sets are split and draws are made: the person, or
            the class.
        time_s: ``(rows,) int64``, end of the window; rows of one group and time belong to people seen together.
    """

    batch: FeatureBatch
    engagement: NDArray[np.float64]
    level: NDArray[np.int64]
    group: NDArray[np.int64]
    time_s: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.level)

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Self:
        """Return some of the rows, by mask or index."""
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "batch"}
        return type(self)(batch=take_rows(self.batch, rows), **columns)


def join_labelled(parts: Sequence[Rows]) -> Rows:
    """Concatenate sets of rows of one kind."""
    kind = type(parts[0])
    names = [f.name for f in fields(kind) if f.name != "batch"]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return kind(batch=join_rows([part.batch for part in parts]), **columns)


def assert_disjoint(**sets: LabelledRows) -> None:
    """Check that no group (person or class) is in two sets; ``AssertionError`` names the two."""
    names = list(sets)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            common = np.intersect1d(sets[a].group, sets[b].group)
            assert not len(common), f"{a} and {b} share groups {common[:5].tolist()}"
