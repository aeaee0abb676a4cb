"""Judges by the local gate whether a bundle may be used on the scale of a class (VALIDITY section 7).

Everything that the gate looks at is predicted leave-one-lesson-out; draws are of whole lessons. The constant that the
predictions must beat is the mean of the very marks they are judged on, which no other lesson could have told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.agreement import AgreementFigure
from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.fusion.calibration_file import CalibrationState
from classroom_analyzer.fusion.local_calibration import Coefficients
from classroom_analyzer.training.bootstrap import GroupDraws, draw_groups, interval
from classroom_analyzer.training.local.agreement import ccc_figure, kappa_figure, krippendorff_alpha
from classroom_analyzer.training.local.fit import fit, left_out_predictions
from classroom_analyzer.training.local.marked_lessons import Mark, MarkedLesson

__all__ = ["LEAST_LESSONS", "LEAST_MARKS", "LEAST_OF_A_KIND", "Check", "Judgement", "Pairs", "judge", "pairs_of"]

LEAST_MARKS = 60
LEAST_LESSONS = 5
LEAST_OF_A_KIND = 15
MIDDLE = 0.5
TOP_LEVEL = 3
_OVER_INDEX = "Brier skill over the additive index"
_ABOVE = "lower bound above 0"
_HOLDS_ONE = "interval contains 1"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Marks and what was said of the same half minutes.

    Attributes:
        score: ``(n,)`` mark in [0, 1].
        contributions: ``(n, 3)`` of the bundle.
        estimate: ``(n,)`` of the bundle.
        index: ``(n,)`` additive index.
        is_level: ``(n,) bool``: a level, or with me / lost.
        is_sampled: ``(n,) bool``: nobody chose the moment.
        lesson: ``(n,)`` number of the lesson.
    """

    score: Floats
    contributions: Floats
    estimate: Floats
    index: Floats
    is_level: NDArray[np.bool_]
    is_sampled: NDArray[np.bool_]
    lesson: NDArray[np.int64]

    @property
    def with_me(self) -> NDArray[np.bool_]:
        """``(n,) bool``: which side a mark is on."""
        return self.score >= MIDDLE


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of the gate.

    Attributes:
        name: What is looked at.
        value: Its figure; None where it cannot be computed yet.
        low: Lower end of its 95 % interval; None for a count.
        high: Upper end.
        needs: What is asked of it, in words.
        passed: Whether it holds.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    needs: str
    passed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """A fit and what the gate says of it.

    Attributes:
        state: What follows.
        reason: Of the state, one clause.
        coefficients: Fitted to all marks.
        checks: The gate.
        figures: Figures beside the gate that decide nothing.
        predicted: ``(n,)`` leave-one-lesson-out predictions of the marks; empty where there is only one lesson.
        kappa: Of marks and ``predicted``, with me / lost.
        ccc: Of marks and ``predicted``, levels.
    """

    state: CalibrationState
    reason: str
    coefficients: Coefficients
    checks: tuple[Check, ...]
    figures: dict[str, float | None]
    predicted: Floats
    kappa: AgreementFigure
    ccc: AgreementFigure


def pairs_of(lessons: Sequence[MarkedLesson]) -> Pairs:
    """Gather the usable marks of lessons."""
    used: list[tuple[int, Mark]] = [(i, mark) for i, lesson in enumerate(lessons) for mark in lesson.usable]
    marks = [mark for _, mark in used]
    return Pairs(
        np.array([m.label.score for m in marks], np.float64),
        np.array([m.contributions for m in marks], np.float64).reshape(-1, len(MODALITIES)),
        np.array([m.estimate for m in marks], np.float64),
        np.array([m.index for m in marks], np.float64),
        np.array([m.label.kind is LabelKind.LEVEL for m in marks], bool),
        np.array([m.label.is_sampled for m in marks], bool),
        np.array([i for i, _ in used], np.int64),
    )


def judge(pairs: Pairs, seed: int = 0) -> Judgement:
    """Fit a class and look at the gate.

    Args:
        pairs: Its marks.
        seed: Of the draws of lessons.
    """
    n, lessons = len(pairs.score), len(np.unique(pairs.lesson))
    kinds = int(pairs.with_me.sum()), int((~pairs.with_me).sum())
    counts = (
        _count("marks", n, LEAST_MARKS),
        _count("lessons", lessons, LEAST_LESSONS),
        _count("marks with me or of level 2-3", kinds[0], LEAST_OF_A_KIND),
        _count("marks lost or of level 0-1", kinds[1], LEAST_OF_A_KIND),
    )
    coefficients = fit(pairs.contributions, pairs.score, pairs.lesson, seed)
    predicted = left_out_predictions(pairs.contributions, pairs.score, pairs.lesson)
    figures: dict[str, float | None] = {}
    skills: tuple[Check, ...] = (_unknown("Brier skill over the base rate", _ABOVE), _unknown(_OVER_INDEX, _ABOVE),
                                 _unknown("calibration slope", _HOLDS_ONE))  # fmt: skip
    kappa = ccc = AgreementFigure(n=0)
    if lessons > 1 and min(kinds):
        draws = draw_groups(pairs.lesson, seed)
        skills, figures = _skills(pairs, predicted, draws)
        chosen = ~pairs.is_level
        kappa = kappa_figure(pairs.with_me[chosen], predicted[chosen], pairs.lesson[chosen], seed)
        levels = pairs.is_level
        ccc = ccc_figure(pairs.score[levels], predicted[levels], pairs.lesson[levels], seed)
        if levels.any():
            rated = np.stack([pairs.score[levels] * TOP_LEVEL, np.round(predicted[levels] * TOP_LEVEL)])
            figures["krippendorff_alpha_levels"] = krippendorff_alpha(rated)
    state, reason = _state(counts, skills, n)
    return Judgement(state, reason, coefficients, (*counts, *skills), figures, predicted, kappa, ccc)


def _skills(pairs: Pairs, predicted: Floats, draws: GroupDraws) -> tuple[tuple[Check, ...], dict[str, float | None]]:
    y, p = pairs.score, predicted
    # The index after the same intercept and slope: what a calibrated index would do. It decides nothing.
    fitted = left_out_predictions(pairs.index[:, None] - MIDDLE, y, pairs.lesson)
    ours, others = (y - p) ** 2, {"index": (y - pairs.index) ** 2, "fitted": (y - fitted) ** 2}
    ones = np.ones(len(y))
    columns = np.stack([ones, y, y * y, p, p * p, p * y, ours, others["index"], others["fitted"]], axis=1)

    def figures(sums: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        n, sy, syy, sp, spp, spy, error, index, calibrated = sums.T
        base = syy - sy * sy / n
        spread = spp - sp * sp / n
        return (
            _ratio(base - error, base),
            _ratio(index - error, index),
            _ratio(calibrated - error, calibrated),
            _ratio(spy - sp * sy / n, spread),
        )

    whole = [float(v[0]) for v in figures(columns.sum(axis=0)[None])]
    drawn = figures(draws.sums(columns))
    bounds = [interval(v) for v in drawn]
    checks = (
        _skill("Brier skill over the base rate", whole[0], bounds[0]),
        _skill(_OVER_INDEX, whole[1], bounds[1]),
        _slope(whole[3], bounds[3]),
    )
    extra: dict[str, float | None] = {
        "brier": float(ours.mean()),
        "brier_base_rate": float(((y - y.mean()) ** 2).mean()),
        "brier_index": float(others["index"].mean()),
        "brier_uncalibrated": float(((y - pairs.estimate) ** 2).mean()),
        "skill_over_calibrated_index": _finite(whole[2]),
        "skill_over_calibrated_index_low": None if bounds[2] is None else bounds[2][0],
        "skill_over_calibrated_index_high": None if bounds[2] is None else bounds[2][1],
        "draws_with_one_kind_only": float((~np.isfinite(drawn[0])).mean()),
    }
    return checks, extra


def _state(counts: Sequence[Check], skills: Sequence[Check], n: int) -> tuple[CalibrationState, str]:
    lacking = [c for c in counts if not c.passed]
    if lacking:
        needed = ", ".join(f"{c.value:.0f} of {c.needs.split()[-1]} {c.name}" for c in lacking if c is not counts[0])
        head = f"collecting: {n} of {LEAST_MARKS} marks"
        return CalibrationState.COLLECTING, f"{head} ({needed})" if needed else head
    failed = [c for c in skills if not c.passed]
    if not failed:
        return CalibrationState.CALIBRATED, "the local gate is passed"
    return CalibrationState.OFF, "; ".join(f"{c.name} {_shown(c)}, needed: {c.needs}" for c in failed)


def _shown(check: Check) -> str:
    if check.value is None or check.low is None or check.high is None:
        return "cannot be computed"
    return f"{check.value:.2f} (95 % interval {check.low:.2f} to {check.high:.2f})"


def _count(name: str, n: int, least: int) -> Check:
    return Check(name, float(n), None, None, f"at least {least}", n >= least)


def _unknown(name: str, needs: str) -> Check:
    return Check(name, None, None, None, needs, False)


def _skill(name: str, value: float, bounds: tuple[float, float] | None) -> Check:
    low, high = bounds if bounds is not None else (None, None)
    return Check(name, _finite(value), low, high, _ABOVE, low is not None and low > 0)


def _slope(value: float, bounds: tuple[float, float] | None) -> Check:
    low, high = bounds if bounds is not None else (None, None)
    holds = low is not None and high is not None and low <= 1 <= high
    return Check("calibration slope", _finite(value), low, high, _HOLDS_ONE, holds)


def _ratio(a: Floats, b: Floats) -> Floats:
    return np.where(b > 1e-12, a / np.where(b > 1e-12, b, 1.0), np.nan)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
