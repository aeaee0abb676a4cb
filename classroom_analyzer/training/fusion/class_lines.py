"""The class line on whole simulated classes: run through the estimator as the engine does, and judged with its band."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage, EstimateStatus
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.estimator import Estimator
from classroom_analyzer.fusion.rows import take_rows, valid_share
from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import GroupDraws, interval
from classroom_analyzer.training.simulator.classes import SimulatedRows

__all__ = ["ClassLines", "class_lines", "line_summary"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ClassLines:
    """Class lines of whole simulated classes beside the truth; NaN where the line abstained.

    Attributes:
        group: ``(n,) int64``, the class.
        t_s: ``(n,) int64``, end of the window.
        truth: ``(n,)`` mean engagement of all N.
        engagement: ``(n,)`` estimates.
        low: ``(n,)`` lower ends of the 80 % interval.
        high: ``(n,)`` upper ends.
        low_probability: ``(n,)`` of level 0 or 1.
        uses_vision: ``(n,) bool``.
        status: ``(n,)``, why there is an estimate or none.
        shapley_gap: ``(n,)``: contributions summed, minus what the estimate lies away from the prior.
    """

    group: NDArray[np.int64]
    t_s: NDArray[np.int64]
    truth: Floats
    engagement: Floats
    low: Floats
    high: Floats
    low_probability: Floats
    uses_vision: NDArray[np.bool_]
    status: tuple[EstimateStatus, ...]
    shapley_gap: Floats

    @property
    def used(self) -> NDArray[np.bool_]:
        """``(n,)``: whether there is an estimate."""
        return np.isfinite(self.engagement)

    @property
    def sureness(self) -> Floats:
        """Probability of low or not low, whichever is larger."""
        return np.maximum(self.low_probability, 1 - self.low_probability)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether low or not low is right; the border is 1/2."""
        return np.asarray((self.low_probability > 0.5) == (self.truth < 0.5))

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether the truth lies in the band."""
        return np.asarray((self.low <= self.truth) & (self.truth <= self.high))

    def above(self, tau: float) -> ClassLines:
        """Return the lines as a bundle with this threshold gives them: those less sure abstain."""
        unsure = self.used & (self.sureness < tau)
        hidden = {
            name: np.where(unsure, np.nan, getattr(self, name))
            for name in ("engagement", "low", "high", "low_probability", "shapley_gap")
        }
        status = tuple(EstimateStatus.UNCERTAIN if hide else one for hide, one in zip(unsure, self.status, strict=True))
        return replace(self, **hidden, uses_vision=self.uses_vision & ~unsure, status=status)


def class_lines(bundle: FusionBundle, rows: SimulatedRows, cancel: CancelToken | None = None) -> ClassLines:
    """Run the estimator over whole classes as the engine would.

    Args:
        bundle: Calibrated model.
        rows: Simulated with ``students_per_time=None``.
        cancel: Stops between lines.
    """
    estimator = Estimator(bundle)
    starts = np.flatnonzero(np.diff(rows.group, prepend=-1) | np.diff(rows.time_s, prepend=-1))
    lines = []
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=True):
        if cancel is not None:
            cancel.raise_if_cancelled("nothing was written")
        lines.append(_line(estimator, rows, start, stop))
    nan = float("nan")
    made = [line.engagement is not None for line in lines]
    probabilities = [line.level_probabilities or (nan, nan, nan, nan) for line in lines]
    engagement, low, high = (
        np.array([nan if v is None else v for v in column], float)
        for column in zip(*((line.engagement, line.low, line.high) for line in lines), strict=True)
    )
    contributions = np.array([sum(w for w in line.contribution if w is not None) for line in lines])
    return ClassLines(
        group=rows.group[starts],
        t_s=rows.time_s[starts],
        truth=rows.class_mean[starts],
        engagement=engagement,
        low=low,
        high=high,
        low_probability=np.array([p[0] + p[1] for p in probabilities], float),
        uses_vision=np.array([one and line.contribution[0] is not None for one, line in zip(made, lines, strict=True)]),
        status=tuple(line.status for line in lines),
        shapley_gap=contributions - (engagement - bundle.calibration.prior),
    )


def _line(estimator: Estimator, rows: SimulatedRows, start: int, stop: int) -> ClassEstimate:
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
    return line


def line_summary(lines: ClassLines, draws: GroupDraws | None = None) -> dict[str, Any]:
    """Say how good class lines are: error, share of truths in the 80 % band, width, abstention, selective error.

    Args:
        lines: At least one.
        draws: Of their classes; adds ``ci95``.
    """
    used = lines.used
    kept = bool(used.any())
    truth, engagement = lines.truth[used], lines.engagement[used]
    reasons = Counter(s.value for s in lines.status if s is not EstimateStatus.OK)
    by_line = {
        "band_coverage": lines.inside.astype(float),
        "band_width": lines.high - lines.low,
        "mse": (lines.truth - lines.engagement) ** 2,
        "selective_error": 1 - lines.right.astype(float),
    }
    found: dict[str, Any] = {
        "n": len(used),
        "abstained": float(1 - used.mean()),
        "abstained_because": {name: count / len(used) for name, count in reasons.most_common()},
        "mse": metrics.mse(truth, engagement) if kept else None,
        "ccc": metrics.ccc(truth, engagement) if kept else None,
        "band_coverage": float(by_line["band_coverage"][used].mean()) if kept else None,
        "band_width": float(by_line["band_width"][used].mean()) if kept else None,
        "selective_error": float(by_line["selective_error"][used].mean()) if kept else None,
    }
    if draws is None:
        return found
    among = replace(draws, row=draws.row[used])
    found["classes"] = draws.groups
    found["ci95"] = {
        "abstained": interval(draws.mean(1 - used.astype(float))),
        "ccc": interval(among.ccc(truth, engagement)) if kept else None,
        **{name: interval(among.mean(values[used])) if kept else None for name, values in by_line.items()},
    }
    return found
