"""Risk against coverage: how wrong a bundle is of what it says, the more it says (Geifman & El-Yaniv 2017)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import GroupDraws, draw_groups, interval
from classroom_analyzer.training.fusion import scores
from classroom_analyzer.training.fusion.class_lines import ClassLines
from classroom_analyzer.training.fusion.scores import Floats, mask_of
from classroom_analyzer.training.fusion.temperatures import rows_with
from classroom_analyzer.training.labelled_rows import LabelledRows

__all__ = ["line_risk", "seat_risk"]

CURVE_POINTS = 60


def line_risk(bundle: FusionBundle, lines: ClassLines, seed: int) -> dict[str, Any]:
    """Judge class lines without a threshold at the bundle's: those with an estimate, surest first.

    Args:
        bundle: Gives the threshold.
        lines: Made with a threshold of 0.
        seed: Of the draws of classes.
    """
    used = lines.used
    draws = draw_groups(lines.group[used], seed)
    found = _risk(lines.sureness[used], lines.right[used], bundle.calibration.tau, draws)
    return {**found, "without_evidence": float(1 - used.mean())}


def seat_risk(bundle: FusionBundle, test: LabelledRows, seed: int) -> dict[str, Any]:
    """Judge seats at the bundle's threshold: rows with vision, surest first; arguments as for ``line_risk``."""
    seen = test.take(rows_with(test, mask_of(frozenset({Modality.VISION}))))
    low = scores.estimates(bundle, seen).probabilities[:, :2].sum(axis=1)
    draws = draw_groups(seen.group, seed)
    return _risk(np.maximum(low, 1 - low), (low > 0.5) == (seen.level <= 1), bundle.calibration.seat_tau, draws)


def _risk(sureness: Floats, right: NDArray[np.bool_], threshold: float, draws: GroupDraws) -> dict[str, Any]:
    """Risk against coverage of telling low from not low, with the point at which the bundle works."""
    coverage, risk = metrics.risk_coverage(sureness, right)
    shown = np.unique(np.linspace(0, len(coverage) - 1, CURVE_POINTS).round().astype(int))
    kept = sureness >= threshold
    among = replace(draws, row=draws.row[kept])
    return {
        "n": len(right),
        "groups": draws.groups,
        "aurc": metrics.aurc(sureness, right),
        "aurc_ci95": interval(draws.aurc(sureness, right)),
        "risk_of_all": float(1 - right.mean()),
        "threshold": threshold,
        "coverage": float(kept.mean()),
        "coverage_ci95": interval(draws.mean(kept.astype(np.float64))),
        "selective_error": float(1 - right[kept].mean()) if kept.any() else None,
        "selective_error_ci95": interval(among.mean(1 - right[kept].astype(np.float64))),
        "curve": {"coverage": coverage[shown].tolist(), "risk": risk[shown].tolist()},
    }
