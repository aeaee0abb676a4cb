"""Scores fusion models on simulated classes: the seven subsets, paired comparisons, and the class line with its band.

What is measured here is measured on the simulator and says nothing about real classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import Coverage, EstimateStatus
from classroom_analyzer.domain.modality import MODALITIES, Modality, modality_subsets
from classroom_analyzer.domain.phases import PHASES
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.estimator import Estimator
from classroom_analyzer.fusion.rows import take_rows, valid_share
from classroom_analyzer.training import metrics
from classroom_analyzer.training.fusion_calibration import rows_with
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.simulator import SimulatedRows

__all__ = [
    "ClassLines",
    "baselines",
    "best_single",
    "class_lines",
    "line_summary",
    "paired_macro_f1",
    "predicted_levels",
    "scores",
    "subset_name",
    "subset_table",
]

DRAWS = 2000
FULL = np.ones(len(MODALITIES), bool)


def subset_name(subset: frozenset[Modality]) -> str:
    """Return for example ``vision+audio``."""
    return "+".join(m.value for m in MODALITIES if m in subset)


def scores(truth: LabelledRows, probabilities: NDArray[np.float64], engagement: NDArray[np.float64]) -> dict[str, Any]:
    """Score estimates of rows.

    Args:
        truth: The rows.
        probabilities: ``(rows, 4)``.
        engagement: ``(rows,)`` in [0, 1].
    """
    counts = metrics.confusion(truth.level, probabilities.argmax(axis=1))
    low = truth.level <= 1
    return {
        "macro_f1": float(metrics.macro_f1(counts)),
        "uar": float(metrics.uar(counts)),
        "qwk": float(metrics.qwk(counts)),
        "ccc": metrics.ccc(truth.engagement, engagement),
        "mse": metrics.mse(truth.engagement, engagement),
        "auroc_low": metrics.auroc(low, probabilities[:, :2].sum(axis=1)),
        "ece": metrics.ece(truth.level, probabilities),
        "ece_equal_mass": metrics.ece(truth.level, probabilities, equal_mass=True),
        "brier": metrics.brier(truth.level, probabilities),
        "n": len(truth),
    }


def subset_table(bundle: FusionBundle, test: LabelledRows) -> dict[str, dict[str, Any]]:
    """Score all seven subsets on the rows that hold enough evidence in all three modalities."""
    complete = test.take(rows_with(test, FULL))
    table = {}
    for subset in modality_subsets()[1:]:
        mask = np.array([m in subset for m in MODALITIES])
        result = bundle.estimate(complete.batch, np.tile(mask, (len(complete), 1)))
        table[subset_name(subset)] = scores(complete, result.probabilities, result.mean)
    return table


def baselines(train: LabelledRows, test: LabelledRows) -> dict[str, dict[str, Any]]:
    """Score always giving the most frequent level, and always giving the training mean, on the complete rows."""
    complete = test.take(rows_with(test, FULL))
    prior = np.bincount(train.level, minlength=4) / len(train)
    n = len(complete)
    majority = np.tile(np.eye(4)[prior.argmax()], (n, 1))
    return {
        "majority": scores(complete, majority, np.full(n, prior.argmax() / 3)),
        "constant": scores(complete, np.tile(prior, (n, 1)), np.full(n, float(train.engagement.mean()))),
    }


def best_single(table: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the single modality with the highest macro-F1 in a subset table."""
    return max((m.value for m in MODALITIES), key=lambda name: float(table[name]["macro_f1"]))


def predicted_levels(bundle: FusionBundle, rows: LabelledRows, mask: NDArray[np.bool_] = FULL) -> NDArray[np.int64]:
    """Return ``(rows,)``: the most probable level from the modalities of a mask."""
    result = bundle.estimate(rows.batch, np.tile(mask, (len(rows), 1)))
    return np.asarray(result.probabilities.argmax(axis=1), np.int64)


def paired_macro_f1(
    truth: LabelledRows, ours: NDArray[np.int64], theirs: NDArray[np.int64], *, seed: int = 0, draws: int = DRAWS
) -> tuple[float, float]:
    """Interval of macro-F1(ours) - macro-F1(theirs): paired bootstrap over classes, percentile 95 %.

    A class drawn twice counts twice.

    Args:
        truth: The rows.
        ours: ``(rows,)`` predicted levels.
        theirs: ``(rows,)`` predicted levels of the other model on the same rows.
        seed: Of the draws.
        draws: Bootstrap draws.
    """
    ids, group = np.unique(truth.group, return_inverse=True)

    def by_class(predicted: NDArray[np.int64]) -> NDArray[np.float64]:
        cell = (group * 4 + truth.level) * 4 + predicted
        return np.bincount(cell, minlength=len(ids) * 16).reshape(len(ids), 16).astype(np.float64)

    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(ids), np.full(len(ids), 1 / len(ids)), size=draws).astype(np.float64)
    a, b = ((weights @ by_class(p)).reshape(draws, 4, 4) for p in (ours, theirs))
    low, high = np.percentile(metrics.macro_f1(a) - metrics.macro_f1(b), [2.5, 97.5])
    return float(low), float(high)


@dataclass(frozen=True, slots=True, eq=False)
class ClassLines:
    """Class lines of whole simulated classes beside the truth; NaN where the line abstained.

    Attributes:
        truth: ``(n,)`` mean engagement of all N.
        engagement: ``(n,)`` estimates.
        low: ``(n,)`` lower ends of the 80 % interval.
        high: ``(n,)`` upper ends.
        low_probability: ``(n,)`` of level 0 or 1.
        uses_vision: ``(n,) bool``.
    """

    truth: NDArray[np.float64]
    engagement: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    low_probability: NDArray[np.float64]
    uses_vision: NDArray[np.bool_]

    @property
    def sureness(self) -> NDArray[np.float64]:
        """Probability of low or not low, whichever is larger."""
        return np.maximum(self.low_probability, 1 - self.low_probability)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether low or not low is right; the border is 1/2."""
        return np.asarray((self.low_probability > 0.5) == (self.truth < 0.5))


def class_lines(bundle: FusionBundle, rows: SimulatedRows) -> ClassLines:
    """Run the estimator over whole classes as the engine would.

    Args:
        bundle: Calibrated model.
        rows: Simulated with ``students_per_time=None``.
    """
    estimator = Estimator(bundle)
    table = []
    starts = np.flatnonzero(np.diff(rows.group * 100_000 + rows.time_s, prepend=-1))
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=True):
        one = take_rows(rows.batch, np.arange(start, stop))
        seen = np.flatnonzero(one.valid[Modality.VISION].any(axis=1))
        head = take_rows(one, np.array([0]))
        blank = replace(head, valid={**head.valid, Modality.VISION: np.zeros_like(head.valid[Modality.VISION])})
        line, _ = estimator.estimate(
            t_s=int(rows.time_s[start]),
            seats=tuple(range(len(seen))),
            seat_batch=take_rows(one, seen),
            class_batch=blank,
            class_size=stop - start,
            coverage=Coverage(
                float(valid_share(one, Modality.VISION).mean()),
                float(valid_share(head, Modality.AUDIO)[0]),
                float(valid_share(head, Modality.TEXT)[0]),
            ),
            observed=1.0,
            phase=PHASES[int(one.phase[0])],
            switched_on=frozenset(MODALITIES),
        )
        truth = float(rows.class_mean[start])
        if line.status is EstimateStatus.OK and line.level_probabilities is not None:
            low = sum(line.level_probabilities[:2])
            table.append((truth, line.engagement, line.low, line.high, low, line.contribution[0] is not None))
        else:
            table.append((truth, np.nan, np.nan, np.nan, np.nan, False))
    truths, engagement, lows, highs, low_probability, uses_vision = (np.array(c) for c in zip(*table, strict=True))
    return ClassLines(truths, engagement, lows, highs, low_probability, uses_vision.astype(bool))


def line_summary(lines: ClassLines) -> dict[str, Any]:
    """Say how good class lines are: error, share of truths in the 80 % band, width, abstention, selective error."""
    used = np.isfinite(lines.engagement)
    inside = (lines.low <= lines.truth) & (lines.truth <= lines.high)
    kept = used.sum()
    return {
        "n": len(used),
        "abstained": float(1 - used.mean()),
        "mse": metrics.mse(lines.truth[used], lines.engagement[used]) if kept else None,
        "ccc": metrics.ccc(lines.truth[used], lines.engagement[used]) if kept else None,
        "band_coverage": float(inside[used].mean()) if kept else None,
        "band_width": float((lines.high - lines.low)[used].mean()) if kept else None,
        "selective_error": float(1 - lines.right[used].mean()) if kept else None,
    }
