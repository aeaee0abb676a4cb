"""The additive index of a stored lesson, from its class rows: the same terms, usual values and weights.

Differences from the index on the engine's windows, none of which can be undone from what a lesson keeps: the face terms
are means over all seats known, seen or not, where the windows have one value per seat that is seen; and an indicator
that is null for low coverage adds nothing, where the index itself has no such limit. Sound and chat terms are the same
means of the same quantities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.fusion.index import MIDDLE, TERMS

__all__ = ["STORED_TERMS", "StoredTerm", "class_index"]


@dataclass(frozen=True, slots=True)
class StoredTerm:
    """Where a column of a window stands among the class rows.

    Attributes:
        indicator: Name in indicators.parquet.
        complement: Whether the column is one minus the indicator.
        per_person: Whether the column is the indicator over the class size.
    """

    indicator: str
    complement: bool = False
    per_person: bool = False


STORED_TERMS: Mapping[tuple[Modality, str], StoredTerm] = {
    (Modality.VISION, "face_presence"): StoredTerm("face_presence"),
    (Modality.VISION, "facing_target"): StoredTerm("facing_target"),
    (Modality.AUDIO, "silence"): StoredTerm("speech_share", complement=True),
    (Modality.AUDIO, "multiple_voices"): StoredTerm("sound_mode.multiple"),
    (Modality.TEXT, "author_share"): StoredTerm("chat_rate.authors", per_person=True),
    (Modality.TEXT, "message_rate"): StoredTerm("chat_rate.messages", per_person=True),
}


def class_index(
    indicators: pl.DataFrame, phases: Mapping[int, str], class_size: int | None, *, reads_chat: bool
) -> dict[int, float]:
    """Return the index of the whole class at each second.

    Args:
        indicators: Class rows, as ``LessonReader.indicators`` gives them.
        phases: Phase by second; ``unknown`` where it is missing.
        class_size: N, for rates per person; without it the chat adds nothing.
        reads_chat: Whether the chat was a modality of the lesson; lines that came by hand are none.
    """
    columns = {s.indicator for s in STORED_TERMS.values()}
    rows = indicators.filter(pl.col("name").is_in(columns)).select("t_s", "name", "value")
    known: dict[str, dict[int, float]] = {name: {} for name in columns}
    for t_s, name, value in rows.iter_rows():
        known[name][t_s] = np.nan if value is None else value
    seconds = sorted({t_s for values in known.values() for t_s in values})
    if not seconds:
        return {}
    end_s = seconds[-1]
    code = np.array([_phase(phases.get(t_s)) for t_s in range(1, end_s + 1)])
    index = np.full(end_s, MIDDLE)
    for term in TERMS:
        stored = STORED_TERMS[term.modality, term.name]
        if term.modality is Modality.TEXT and (not reads_chat or not class_size):
            continue
        column = np.full(end_s, np.nan)
        for t_s, value in known[stored.indicator].items():
            column[t_s - 1] = value
        if stored.complement:
            column = 1 - column
        if stored.per_person and class_size:
            column = column / class_size
        if stored.indicator == "chat_rate.authors":
            column = _mean_of_steps(column)
        counts = np.isin(code, [str(p) for p in term.phases]) & np.isfinite(column)
        index += np.where(counts, term.weight * (np.nan_to_num(column) - term.usual), 0.0)
    return dict(zip(range(1, end_s + 1), np.clip(index, 0.0, 1.0).tolist(), strict=True))


def _phase(name: str | None) -> str:
    return name if name is not None else str(Phase.UNKNOWN)


def _mean_of_steps(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over the steps of the chat's window: each has the authors of the 120 s before its own end."""
    spec = WINDOWS[Modality.TEXT]
    steps = np.full((spec.steps, len(column)), np.nan)
    for step in range(spec.steps):
        shift = step * spec.step_s
        if shift < len(column):
            steps[step, shift:] = column[: len(column) - shift]
    known = np.isfinite(steps)
    n = known.sum(axis=0)
    return np.where(n > 0, np.nan_to_num(steps).sum(axis=0) / np.maximum(n, 1), np.nan)
