"""Cluster bootstrap (VALIDITY section 3): whole persons or classes are drawn, and one drawn twice counts twice.

All draws of a metric are computed at once, exactly: a draw weights the sums that its groups contribute. Two models are
compared on the same draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.training.metrics import ECE_BINS, LEVELS, Floats, confidence_bins

__all__ = ["DRAWS", "FEWEST_GROUPS", "GroupDraws", "draw_groups", "interval"]

DRAWS = 2000
FEWEST_GROUPS = 10  # below it no figure stands without its interval
PERCENTILES = (2.5, 97.5)
CHUNK = 100  # draws that are expanded to rows at a time


@dataclass(frozen=True, slots=True, eq=False)
class GroupDraws:
    """Draws of groups with replacement; every method returns one value per draw.

    Attributes:
        weights: ``(draws, groups) float64``: how often each group was drawn.
        row: ``(rows,) int64``: the group of each row.
    """

    weights: Floats
    row: NDArray[np.int64]

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.weights.shape[1])

    def sums(self, columns: Floats) -> Floats:
        """Return ``(draws, k)``: sums over the drawn rows of ``(rows, k)`` columns."""
        by_group = np.stack([np.bincount(self.row, column, minlength=self.groups) for column in columns.T], axis=1)
        return self.weights @ by_group

    def mean(self, values: Floats) -> Floats:
        """Return ``(draws,)``: means of ``(rows,)`` values, such as squared errors; NaN in a draw without rows."""
        total = self.sums(np.stack([values, np.ones(len(values))], axis=1))
        return _divide(total[:, 0], total[:, 1])

    def confusion(self, truth: NDArray[np.int64], predicted: NDArray[np.int64]) -> Floats:
        """Return ``(draws, 4, 4)`` counts, truth in rows."""
        cells = (self.row * LEVELS + truth) * LEVELS + predicted
        by_group = np.bincount(cells, minlength=self.groups * LEVELS**2).reshape(self.groups, LEVELS**2)
        return np.asarray((self.weights @ by_group).reshape(-1, LEVELS, LEVELS))

    def ccc(self, truth: Floats, predicted: Floats) -> Floats:
        """Return ``(draws,)`` concordances, from sums of products around the mean truth; NaN in a draw without rows."""
        x, y = truth - truth.mean(), predicted - truth.mean()
        n, sx, sy, sxx, syy, sxy = self.sums(np.stack([np.ones(len(x)), x, y, x * x, y * y, x * y], axis=1)).T
        some = np.maximum(n, 1)
        spread = sxx + syy - (sx * sx + sy * sy) / some + (sx - sy) ** 2 / some
        return np.where(n > 0, _divide(2 * (sxy - sx * sy / some), spread, when_zero=0.0), np.nan)

    def ece(self, truth: NDArray[np.int64], probabilities: Floats, *, equal_mass: bool = False) -> Floats:
        """Return ``(draws,)`` calibration errors; the borders of bins of equal counts are those of all rows."""
        confidence = probabilities.max(axis=1)
        gap = (probabilities.argmax(axis=1) == truth) - confidence
        bins = confidence_bins(confidence, equal_mass=equal_mass)
        cells = np.bincount(self.row * ECE_BINS + bins, gap, minlength=self.groups * ECE_BINS)
        gaps = self.weights @ cells.reshape(self.groups, ECE_BINS)
        return _divide(np.abs(gaps).sum(axis=1), self.sums(np.ones((len(truth), 1)))[:, 0])

    def auroc(self, positive: NDArray[np.bool_], score: Floats) -> Floats:
        """Return ``(draws,)``: share of pairs in order, ties half; NaN in a draw that lacks one kind.

        Pairs are counted once between every two groups; a draw weights them by how often it drew both.
        """
        p_row, p_score = self.row[positive], score[positive]
        n_row, n_score = self.row[~positive], score[~positive]
        wins = np.zeros((self.groups, self.groups))
        for group in range(self.groups):
            others = np.sort(n_score[n_row == group])
            below = np.searchsorted(others, p_score, "left") + np.searchsorted(others, p_score, "right")
            wins[:, group] = np.bincount(p_row, below / 2, minlength=self.groups)
        won = np.einsum("bg,bg->b", self.weights @ wins, self.weights)
        pairs = self.weights @ np.bincount(p_row, minlength=self.groups)
        pairs = pairs * (self.weights @ np.bincount(n_row, minlength=self.groups))
        return _divide(won, pairs)

    def auprc(self, positive: NDArray[np.bool_], score: Floats) -> Floats:
        """Return ``(draws,)`` average precisions; NaN in a draw without positives."""
        parts = []
        for seen, hits in self._cumulated(score, positive):
            precision = _divide(hits, seen, when_zero=0.0)
            parts.append(_divide((np.diff(hits, axis=1, prepend=0.0) * precision).sum(axis=1), hits[:, -1]))
        return np.concatenate(parts)

    def aurc(self, sureness: Floats, right: NDArray[np.bool_]) -> Floats:
        """Return ``(draws,)`` areas under the risk-coverage curve."""
        parts = []
        for seen, wrong in self._cumulated(sureness, ~right):
            risk = _divide(wrong, seen, when_zero=0.0)
            parts.append(_divide((np.diff(seen, axis=1, prepend=0.0) * risk).sum(axis=1), seen[:, -1]))
        return np.concatenate(parts)

    def lacking(self, truth: NDArray[np.int64]) -> float:
        """Return the share of draws in which one of the four levels is never true."""
        found = self.sums(np.eye(LEVELS)[truth])
        return float((found == 0).any(axis=1).mean())

    def _cumulated(self, score: Floats, flag: NDArray[np.bool_]) -> Iterator[tuple[Floats, Floats]]:
        """Yield, for some draws at a time, rows seen and flags met from the largest score down, ties in one step."""
        order = np.argsort(-score, kind="stable")
        last_of_tie = np.append(np.diff(score[order]) != 0, True)
        row, met = self.row[order], flag[order].astype(np.float64)
        for start in range(0, len(self.weights), CHUNK):
            weight = self.weights[start : start + CHUNK, row]
            yield np.cumsum(weight, axis=1)[:, last_of_tie], np.cumsum(weight * met, axis=1)[:, last_of_tie]


def draw_groups(group: NDArray[np.int64], seed: int, draws: int = DRAWS) -> GroupDraws:
    """Draw groups with replacement, as many as there are.

    Args:
        group: ``(rows,)``, the person or class of each row.
        seed: Same seed and groups, same draws.
        draws: How many.
    """
    ids, row = np.unique(group, return_inverse=True)
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(ids), np.full(len(ids), 1 / len(ids)), size=draws).astype(np.float64)
    return GroupDraws(weights, row.ravel().astype(np.int64))


def interval(values: Floats) -> tuple[float, float] | None:
    """Return the percentile 95 % interval of draws; those that have no value are left out; None when none has one."""
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    low, high = np.percentile(known, PERCENTILES)
    return float(low), float(high)


def _divide(a: Floats, b: Floats, when_zero: float = np.nan) -> Floats:
    return np.where(b != 0, a / np.where(b != 0, b, 1.0), when_zero)
