"""Scores of fusion models on labelled rows: the metrics contract with its intervals, baselines and paired comparisons.

What is measured on the simulator says nothing about real classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.fusion.bundle import Calibrated, FusionBundle
from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import GroupDraws, interval
from classroom_analyzer.training.fusion.class_lines import ClassLines, class_lines, line_summary
from classroom_analyzer.training.labelled_rows import LabelledRows

__all__ = [
    "FULL",
    "ClassLines",
    "baseline_scores",
    "best_single",
    "class_lines",
    "estimates",
    "line_summary",
    "macro_f1_difference",
    "mask_of",
    "predicted_levels",
    "scores",
    "subset_name",
]

FULL = np.ones(len(MODALITIES), bool)

Levels = NDArray[np.int64]
Floats = NDArray[np.float64]


def subset_name(subset: frozenset[Modality]) -> str:
    """Return for example ``vision+audio``."""
    return "+".join(m.value for m in MODALITIES if m in subset)


def mask_of(subset: frozenset[Modality]) -> NDArray[np.bool_]:
    """Return the ``(3,) bool`` mask of a subset."""
    return np.array([m in subset for m in MODALITIES])


def estimates(bundle: FusionBundle, rows: LabelledRows, mask: NDArray[np.bool_] = FULL) -> Calibrated:
    """Estimate rows from the modalities of a mask, ``(3,)`` for all rows or ``(rows, 3)``."""
    return bundle.estimate(rows.batch, np.broadcast_to(mask, (len(rows), len(MODALITIES))))


def scores(
    truth: LabelledRows,
    probabilities: Floats,
    engagement: Floats,
    draws: GroupDraws | None = None,
    *,
    guessed: Levels | None = None,
    constant: float | None = None,
) -> dict[str, Any]:
    """Score estimates of rows.

    Args:
        truth: The rows.
        probabilities: ``(rows, 4)``.
        engagement: ``(rows,)`` in [0, 1].
        draws: Of the groups of these rows; adds 95 % intervals.
        guessed: ``(rows,)`` levels; the most probable ones when None.
        constant: Mean engagement of the training rows; adds the skill over it.

    Returns:
        One value per metric, None where it has none; ``ci95`` holds the intervals under the same names.
    """
    level = truth.level
    guess = probabilities.argmax(axis=1) if guessed is None else guessed
    counts = metrics.confusion(level, guess)
    low, low_score = level <= 1, probabilities[:, :2].sum(axis=1)
    sureness, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == level
    squared = (truth.engagement - engagement) ** 2
    found: dict[str, Any] = {
        "macro_f1": float(metrics.macro_f1(counts)),
        "uar": float(metrics.uar(counts)),
        "qwk": float(metrics.qwk(counts)),
        "ccc": metrics.ccc(truth.engagement, engagement),
        "mse": float(squared.mean()),
        "mae": metrics.mae(truth.engagement, engagement),
        "auroc_low": metrics.auroc(low, low_score),
        "auprc_low": metrics.auprc(low, low_score),
        "ece": metrics.ece(level, probabilities),
        "ece_equal_mass": metrics.ece(level, probabilities, equal_mass=True),
        "brier": metrics.brier(level, probabilities),
        "aurc": metrics.aurc(sureness, right),
        "n": len(truth),
        "prevalence_low": float(low.mean()),
        "absent_levels": list(metrics.absent_levels(counts)),
        "engagement_constant": bool(np.ptp(truth.engagement) == 0 and np.ptp(engagement) == 0),
    }
    constant_squared = None if constant is None else (truth.engagement - constant) ** 2
    if constant_squared is not None:
        found["skill"] = metrics.skill(found["mse"], float(constant_squared.mean()))
    if draws is None:
        return found
    drawn = draws.confusion(level, guess)
    one_hot = np.eye(metrics.LEVELS)[level]
    by_draw = {
        "macro_f1": metrics.macro_f1(drawn),
        "uar": metrics.uar(drawn),
        "qwk": metrics.qwk(drawn),
        "ccc": draws.ccc(truth.engagement, engagement),
        "mse": draws.mean(squared),
        "mae": draws.mean(np.abs(truth.engagement - engagement)),
        "auroc_low": draws.auroc(low, low_score),
        "auprc_low": draws.auprc(low, low_score),
        "ece": draws.ece(level, probabilities),
        "ece_equal_mass": draws.ece(level, probabilities, equal_mass=True),
        "brier": draws.mean(((probabilities - one_hot) ** 2).sum(axis=1)),
        "aurc": draws.aurc(sureness, right),
        "prevalence_low": draws.mean(low.astype(np.float64)),
    }
    if constant_squared is not None:
        base = draws.mean(constant_squared)
        by_draw["skill"] = 1 - draws.mean(squared) / np.where(base > 0, base, np.nan)
    found["ci95"] = {name: interval(values) for name, values in by_draw.items()}
    found["groups"] = draws.groups
    found["draws_lacking_a_level"] = draws.lacking(level)
    return found


def baseline_scores(
    shares: Floats, constant: float, rows: LabelledRows, draws: GroupDraws | None = None, *, seed: int = 0
) -> dict[str, dict[str, Any]]:
    """Score what needs no evidence: ``majority``, ``prior`` and ``constant``.

    The majority is sure of the commonest training level. The prior draws levels at random as often as training had
    them and gives their shares as probabilities. The constant gives the training mean, and the shares as well.

    Args:
        shares: ``(4,)`` share of each level in training.
        constant: Mean engagement in training.
        rows: To score on.
        draws: Of their groups; adds intervals.
        seed: Of the levels that the prior draws.
    """
    n, commonest = len(rows), int(shares.argmax())
    probabilities = np.tile(shares, (n, 1))
    guessed = np.random.default_rng(seed).choice(metrics.LEVELS, n, p=shares)
    expected = float(shares @ np.arange(metrics.LEVELS)) / (metrics.LEVELS - 1)
    certain = np.tile(np.eye(metrics.LEVELS)[commonest], (n, 1))
    return {
        "majority": scores(rows, certain, np.full(n, commonest / 3), draws, constant=constant),
        "prior": scores(rows, probabilities, np.full(n, expected), draws, guessed=guessed, constant=constant),
        "constant": scores(rows, probabilities, np.full(n, constant), draws, constant=constant),
    }


def best_single(table: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the single modality with the highest macro-F1 in a subset table."""
    return max((m.value for m in MODALITIES if m.value in table), key=lambda name: float(table[name]["macro_f1"]))


def predicted_levels(bundle: FusionBundle, rows: LabelledRows, mask: NDArray[np.bool_] = FULL) -> Levels:
    """Return ``(rows,)``: the level named from the modalities of a mask."""
    return estimates(bundle, rows, mask).level


def macro_f1_difference(
    level: Levels, ours: Levels, theirs: Levels, draws: GroupDraws
) -> tuple[float, tuple[float, float] | None]:
    """Return macro-F1(ours) - macro-F1(theirs) on the rows, and its interval over draws that both share."""
    point = metrics.macro_f1(metrics.confusion(level, ours)) - metrics.macro_f1(metrics.confusion(level, theirs))
    by_draw = metrics.macro_f1(draws.confusion(level, ours)) - metrics.macro_f1(draws.confusion(level, theirs))
    return float(point), interval(by_draw)
