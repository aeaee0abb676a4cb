"""Scores on-task heads on utterances that raters judged, with an interval over lessons and TF-IDF beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.perception.text.on_task import OnTaskHead
from classroom_analyzer.training import metrics
from classroom_analyzer.training.text.kernel_logistic import fit_quadratic
from classroom_analyzer.training.text.talk_table import TalkTable
from classroom_analyzer.training.text.tfidf import TfidfBaseline, fit_tfidf

__all__ = ["Embed", "TalkReport", "auroc_interval", "cross_validate", "folds_by_group", "report", "score"]

DRAWS = 2000
DRAWS_AT_ONCE = 250

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TalkReport:
    """What ``evaluate text`` prints.

    Attributes:
        n: Rows.
        groups: Lessons they come from.
        prevalence: Share of rows on task.
        auroc: Of the head; None when all rows are of one kind.
        auroc_ci95: Its interval over lessons.
        macro_f1: At a probability of one half, over the two kinds.
        baseline_auroc: Of TF-IDF on the same rows.
    """

    n: int
    groups: int
    prevalence: float
    auroc: float | None
    auroc_ci95: tuple[float, float] | None
    macro_f1: float
    baseline_auroc: float | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def score(table: TalkTable, head: OnTaskHead, baseline: TfidfBaseline, embed: Embed) -> TalkReport:
    """Score a fitted head and its baseline on rows they were not fitted to."""
    vectors = [embed(column) for column in table.columns()]
    return report(table, head.probability(*vectors).astype(np.float64), baseline.log_odds(*table.columns()))


def cross_validate(
    table: TalkTable,
    folds: int,
    embed: Embed,
    *,
    seed: int = 0,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> TalkReport:
    """Fit head and baseline ``folds`` times, each time without the lessons that they then judge.

    Args:
        table: At most ``kernel_logistic.MAX_ROWS`` rows.
        folds: From 2 to the number of lessons.
        embed: Gives sentence embeddings of unit length.
        seed: Of the split.
        progress: Told of every fold.
        cancel: Looked at before every fold.
    """
    vectors = [embed(column) for column in table.columns()]
    fold = folds_by_group(table.groups, folds, seed)
    head_score, baseline_score = np.zeros(len(table)), np.zeros(len(table))
    for number in range(folds):
        progress("cross-validating", number, folds)
        (cancel or CancelToken()).raise_if_cancelled()
        train, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        assert not np.intersect1d(table.groups[train], table.groups[held]).size
        head = fit_quadratic([rows[train] for rows in vectors], table.share[train])
        head_score[held] = head.probability(*(rows[held] for rows in vectors))
        baseline = fit_tfidf([_picked(column, train) for column in table.columns()], table.share[train])
        baseline_score[held] = baseline.log_odds(*(_picked(column, held) for column in table.columns()))
    return report(table, head_score, baseline_score)


def report(table: TalkTable, probability: Floats, baseline: Floats) -> TalkReport:
    """Put the figures of scored rows together.

    Args:
        table: The rows.
        probability: ``(n,)`` of the head.
        baseline: ``(n,)`` any rising function of the baseline's probability.
    """
    truth = table.on_task
    counts = np.bincount(truth * 2 + (probability > 0.5), minlength=4).reshape(2, 2).astype(np.float64)
    return TalkReport(
        n=len(table),
        groups=len(np.unique(table.groups)),
        prevalence=float(truth.mean()),
        auroc=metrics.auroc(truth, probability),
        auroc_ci95=auroc_interval(truth, probability, table.groups),
        macro_f1=float(metrics.macro_f1(counts)),
        baseline_auroc=metrics.auroc(truth, baseline),
    )


def folds_by_group(groups: NDArray[np.int64], folds: int, seed: int = 0) -> NDArray[np.int64]:
    """Deal groups out to folds in a drawn order; ``(n,)`` fold of each row."""
    names, row_group = np.unique(groups, return_inverse=True)
    fold_of = np.arange(len(names)) % folds
    np.random.default_rng(seed).shuffle(fold_of)
    return np.asarray(fold_of[row_group], np.int64)


def auroc_interval(
    positive: NDArray[np.bool_], value: Floats, groups: NDArray[np.int64], *, seed: int = 0, draws: int = DRAWS
) -> tuple[float, float] | None:
    """Percentile 95 % interval over draws of whole groups; a group drawn twice counts twice.

    Args:
        positive: ``(n,)`` truth.
        value: ``(n,)`` score.
        groups: ``(n,)`` group of each row.
        seed: Of the draws.
        draws: How many; those that lack one kind of row are left out.

    Returns:
        None when the rows are all of one kind.
    """
    if positive.all() or not positive.any():
        return None
    order = np.argsort(value, kind="stable")
    tie_starts = np.flatnonzero(np.diff(value[order], prepend=-np.inf) > 0)
    names, row_group = np.unique(groups, return_inverse=True)
    rng = np.random.default_rng(seed)
    areas: list[Floats] = []
    for start in range(0, draws, DRAWS_AT_ONCE):
        size = min(DRAWS_AT_ONCE, draws - start)
        times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=size)
        weight = times[:, row_group[order]].astype(np.float64)
        up = np.add.reduceat(weight * positive[order], tie_starts, axis=1)
        down = np.add.reduceat(weight * ~positive[order], tie_starts, axis=1)
        below = np.cumsum(down, axis=1) - down / 2  # ties count half
        pairs = up.sum(axis=1) * down.sum(axis=1)
        areas.append((up * below).sum(axis=1)[pairs > 0] / pairs[pairs > 0])
    low, high = np.percentile(np.concatenate(areas), [2.5, 97.5])
    return float(low), float(high)


def _picked(column: Sequence[str], rows: NDArray[np.int64]) -> list[str]:
    return [column[row] for row in rows]
