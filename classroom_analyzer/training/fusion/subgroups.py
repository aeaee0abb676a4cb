"""Whether a model is as good for some people as for others: one table per property that a data set knows of them.

Properties are such as glasses, head covering, skin tone, lighting or distance in pixels (VALIDITY section 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import FEWEST_GROUPS, draw_groups, interval
from classroom_analyzer.training.labelled_rows import LabelledRows

__all__ = ["subgroup_table"]

LARGEST_GAP = 0.05
LARGER_IS_BETTER = {"macro_f1": True, "ece": False}


def subgroup_table(
    rows: LabelledRows,
    probabilities: NDArray[np.float64],
    guessed: NDArray[np.int64],
    properties: Mapping[str, Sequence[str]],
    *,
    seed: int = 0,
    minimum: int = FEWEST_GROUPS,
) -> list[dict[str, Any]]:
    """Score each subgroup.

    Args:
        rows: Labelled; a group is a person.
        probabilities: ``(rows, 4)``.
        guessed: ``(rows,)`` levels that the model named.
        properties: One value per row by name of the property; an empty value is not known and left out.
        seed: Of the draws of people.
        minimum: A subgroup of fewer people is not scored.

    Returns:
        One entry per property and value: ``property``, ``value``, ``people`` and ``n``; ``macro_f1`` and ``ece`` with
        ``ci95``, or ``suppressed`` where there are too few people; ``flagged``, the scores that lie more than .05
        from the best subgroup of the property while the intervals of the two do not meet.
    """
    table = []
    for name, values in properties.items():
        column = np.asarray(values, str)
        known = np.unique(column[column != ""]).tolist()
        part = [_score(rows, probabilities, guessed, name, v, column == v, seed, minimum) for v in known]
        for score, larger in LARGER_IS_BETTER.items():
            _flag([row for row in part if not row["suppressed"]], score, larger)
        table += part
    return table


def _score(
    rows: LabelledRows,
    probabilities: NDArray[np.float64],
    guessed: NDArray[np.int64],
    name: str,
    value: str,
    inside: NDArray[np.bool_],
    seed: int,
    minimum: int,
) -> dict[str, Any]:
    level, people = rows.level[inside], len(np.unique(rows.group[inside]))
    found: dict[str, Any] = {"property": name, "value": value, "people": people, "n": len(level), "flagged": []}
    found["suppressed"] = people < minimum
    if found["suppressed"]:
        return found
    draws = draw_groups(rows.group[inside], seed)
    found["macro_f1"] = float(metrics.macro_f1(metrics.confusion(level, guessed[inside])))
    found["ece"] = metrics.ece(level, probabilities[inside])
    found["ci95"] = {
        "macro_f1": interval(metrics.macro_f1(draws.confusion(level, guessed[inside]))),
        "ece": interval(draws.ece(level, probabilities[inside])),
    }
    return found


def _flag(part: Sequence[dict[str, Any]], score: str, larger_is_better: bool) -> None:
    if not part:
        return
    best = (max if larger_is_better else min)(part, key=lambda row: row[score])
    best_low, best_high = best["ci95"][score]
    for row in part:
        low, high = row["ci95"][score]
        apart = high < best_low or low > best_high
        if apart and abs(row[score] - best[score]) > LARGEST_GAP:
            row["flagged"].append(score)
