"""What happens to scores when steps of a window are lost or values get noisy: the robustness curves.

Estimates are made by the rules of the estimator: a modality is used when half its window holds evidence that is not
unlike the training. A row for which nothing is left gets the prior, so that no model gains by leaving hard rows out;
the share that would be shown nothing stands beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.rows import valid_share
from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import GroupDraws, draw_groups, interval
from classroom_analyzer.training.labelled_rows import LabelledRows

__all__ = ["MISSING_RATES", "NOISE_SD", "add_noise", "lose_steps", "robustness_curves", "usable"]

MISSING_RATES = (0.0, 0.1, 0.25, 0.5, 0.75)
NOISE_SD = (0.0, 0.25, 0.5, 1.0, 2.0)
HALF = 0.5  # of a window must hold evidence (VALIDITY section 4)
CURVE_ROWS = 1500

Scales = Mapping[Modality, NDArray[np.float64]]


def lose_steps(
    batch: FeatureBatch, modalities: frozenset[Modality], rate: float, rng: np.random.Generator
) -> FeatureBatch:
    """Lose a share of the steps of some modalities, in one stretch at a random place of each window.

    Args:
        batch: Windows.
        modalities: Which lose steps.
        rate: Share of a window's steps, 0 to 1; fractions of a step are lost by chance.
        rng: Random numbers.
    """
    valid = dict(batch.valid)
    for m in MODALITIES:
        if m not in modalities:
            continue
        rows, steps = batch.valid[m].shape
        count = np.floor(rate * steps + rng.random((rows, 1)))
        start = rng.random((rows, 1)) * (steps - count + 1)
        at = np.arange(steps)
        first = np.floor(start)
        valid[m] = batch.valid[m] & ~((at >= first) & (at < first + count))
    return _masked(batch, valid)


def add_noise(
    batch: FeatureBatch, modalities: frozenset[Modality], sds: float, scale: Scales, rng: np.random.Generator
) -> FeatureBatch:
    """Add normal noise to every measured value of some modalities.

    Args:
        batch: Windows.
        modalities: Which get noisy.
        sds: Standard deviation of the noise, in those of the training.
        scale: Standard deviation of each column in the training.
        rng: Random numbers.
    """
    values = {
        m: (v + sds * scale[m] * rng.standard_normal(v.shape)).astype(np.float32) if m in modalities else v
        for m, v in batch.values.items()
    }
    return replace(batch, values=values)


def usable(bundle: FusionBundle, batch: FeatureBatch) -> NDArray[np.bool_]:
    """Return ``(batch, 3) bool``: which modalities of each row the estimator would use."""
    return np.stack([(valid_share(batch, m) >= HALF) & ~bundle.gauges[m].is_novel(batch) for m in MODALITIES], axis=1)


def robustness_curves(
    bundles: Mapping[str, FusionBundle],
    rows: LabelledRows,
    scale: Scales,
    seed: int,
    *,
    most_rows: int = CURVE_ROWS,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Score models against missing steps and noise, in each modality and in all at once.

    Args:
        bundles: Calibrated models by name.
        rows: Complete rows.
        scale: Standard deviation of each column in the training.
        seed: Of losses, noise and draws; all models see the same.
        most_rows: Whole groups are taken until there are so many.
        progress: Reported to.
        cancel: Stops between conditions.

    Returns:
        ``missing`` and ``noise``; in each, by modality or ``all``, a list with one entry per rate: the rate and, by
        model, ``macro_f1`` with ``ci95``, ``ccc``, ``ece`` and ``abstained``.
    """
    some = rows.take(_first_groups(rows.group, most_rows, seed))
    draws = draw_groups(some.group, seed)
    targets = {**{m.value: frozenset({m}) for m in MODALITIES}, "all": frozenset(MODALITIES)}
    total = len(targets) * (len(MISSING_RATES) + len(NOISE_SD) - 2)
    untouched = {name: _point(bundle, some, some.batch, draws) for name, bundle in bundles.items()}
    done = 0
    curves: dict[str, Any] = {"rows": len(some), "groups": draws.groups, "missing": {}, "noise": {}}
    for kind, rates in (("missing", MISSING_RATES), ("noise", NOISE_SD)):
        for target, modalities in targets.items():
            curve: list[dict[str, Any]] = [{"rate": rates[0], **untouched}]
            for rate in rates[1:]:
                if cancel is not None:
                    cancel.raise_if_cancelled("nothing was written")
                rng = np.random.default_rng((seed, done))
                if kind == "missing":
                    batch = lose_steps(some.batch, modalities, rate, rng)
                else:
                    batch = add_noise(some.batch, modalities, rate, scale, rng)
                curve.append({"rate": rate, **{n: _point(b, some, batch, draws) for n, b in bundles.items()}})
                done += 1
                progress("scoring with steps lost and noise added", done, total)
            curves[kind][target] = curve
    return curves


def _point(bundle: FusionBundle, truth: LabelledRows, batch: FeatureBatch, draws: GroupDraws) -> dict[str, Any]:
    presence = usable(bundle, batch)
    result = bundle.estimate(batch, presence)
    low = result.probabilities[:, :2].sum(axis=1)
    silent_rows = ~(presence & batch.presence).any(axis=1) | (np.maximum(low, 1 - low) < bundle.calibration.seat_tau)
    return {
        "macro_f1": float(metrics.macro_f1(metrics.confusion(truth.level, result.level))),
        "ci95": interval(metrics.macro_f1(draws.confusion(truth.level, result.level))),
        "ccc": metrics.ccc(truth.engagement, result.mean),
        "ece": metrics.ece(truth.level, result.probabilities),
        "abstained": float(silent_rows.mean()),
    }


def _first_groups(group: NDArray[np.int64], most_rows: int, seed: int) -> NDArray[np.bool_]:
    """Pick whole groups in random order until there are enough rows."""
    ids, counts = np.unique(group, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(ids))
    enough = np.searchsorted(np.cumsum(counts[order]), most_rows) + 1
    return np.isin(group, ids[order[:enough]])


def _masked(batch: FeatureBatch, valid: Mapping[Modality, NDArray[np.bool_]]) -> FeatureBatch:
    """Take the values and quality of steps without evidence away."""
    return FeatureBatch(
        {m: np.where(valid[m][..., None], v, np.float32(np.nan)) for m, v in batch.values.items()},
        valid,
        {m: np.where(valid[m], q, np.float32(0)) for m, q in batch.quality.items()},
        batch.phase,
    )
