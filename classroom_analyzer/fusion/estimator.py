"""From the windows of one second to the class line and the seats: what is used, how sure it is, when it abstains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.fusion.bundle import Calibrated, FusionBundle
from classroom_analyzer.fusion.rows import join_rows, subset_index, take_rows, valid_share
from classroom_analyzer.fusion.shapley import shapley_values

__all__ = ["Estimator"]

MINIMUM_COVERAGE = 0.5  # of a window, and of the seats (VALIDITY section 4)
Z_80 = 1.2816  # a normal variable lies within +- this many sd with probability 0.8
LEVEL_BORDERS = (1 / 6, 1 / 2, 5 / 6)  # between the levels 0, 1/3, 2/3 and 1
NOT_USED = (None, None, None)

Subset = frozenset[Modality]
_HEARD_AND_READ = (Modality.AUDIO, Modality.TEXT)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What of one second may be used.

    Attributes:
        common: Of sound and chat, what is usable.
        seat_seen: ``(k,) bool``: seats whose vision is usable.
        seat_novel: ``(k,) bool``: seats whose vision is unlike the training classes.
        novel: Whether anything was dropped for being unlike the training classes.
    """

    common: Subset
    seat_seen: NDArray[np.bool_]
    seat_novel: NDArray[np.bool_]
    novel: bool


class _Values:
    """Engagement of every member from every subset of the usable modalities, for the seen seats and for unseen ones.

    The seen seats and one unseen person are estimated with every subset of the usable sound and chat: at most
    4 k + 4 rows. An unseen person has no vision, so showing it changes nothing.
    """

    def __init__(self, bundle: FusionBundle, seen: FeatureBatch, unseen: FeatureBatch, common: Subset) -> None:
        self._common = common
        self._at = {subset: i for i, subset in enumerate(_subsets(common))}
        masks = np.stack([_mask(subset | {Modality.VISION}) for subset in self._at])
        batch = join_rows([seen, unseen])
        self._result = bundle.estimate(batch, np.repeat(masks[:, None], len(batch), axis=1))

    def seats(self, subset: Subset) -> Calibrated:
        """Seen seats from vision and what else of ``subset`` is usable: members by seats."""
        at = self._at[subset & self._common]
        all_of_it = self._result
        return Calibrated(all_of_it.engagement[:, at, :-1], all_of_it.probabilities[at, :-1], all_of_it.level[at, :-1])

    def unseen(self, subset: Subset) -> NDArray[np.float64]:
        """Anybody who is not seen, from what of ``subset`` is usable besides vision, ``(members,)``."""
        return self._result.engagement[:, self._at[subset & self._common], -1]

    def of_class(self, subset: Subset, seen: int, size: int) -> NDArray[np.float64]:
        """Mean over all ``size`` people, ``(members,)``; ``seen`` of them by their own seats if vision is in."""
        others = self.unseen(subset)
        if Modality.VISION not in subset or not seen:
            return others
        own = self.seats(subset).engagement.sum(axis=1)
        return np.asarray((own + (size - seen) * others) / size)


class Estimator:
    """Applies a bundle to the windows of a lesson; holds no state, so the same input gives the same output.

    Args:
        bundle: Calibrated fusion model.
    """

    def __init__(self, bundle: FusionBundle) -> None:
        self.bundle = bundle

    def estimate(
        self,
        *,
        t_s: int,
        seats: tuple[int, ...],
        seat_batch: FeatureBatch,
        class_batch: FeatureBatch,
        class_size: int | None,
        coverage: Coverage,
        observed: float,
        phase: Phase,
        switched_on: frozenset[Modality],
        seat_status: Mapping[int, str] | None = None,
    ) -> tuple[ClassEstimate, tuple[SeatEstimate, ...]]:
        """Estimate the class and its seats at the end of one window.

        Args:
            t_s: End of the window.
            seats: Seats with any usable second in it.
            seat_batch: Their windows, each with the class's sound and chat.
            class_batch: One row with the class's sound and chat and no vision: what is known of everybody else.
            class_size: N; None when unknown.
            coverage: Share of each modality's own window that was observed; decides what is used.
            observed: Share of the last 10 s that was observed, over all modalities; goes to the line as its coverage.
            phase: Lesson phase.
            switched_on: Modalities that this lesson measures.
            seat_status: Status of the newest second of each known seat (``ok``, ``unseen``, ``too_small``,
                ``turned_away``, ``excluded``); known seats that are not in ``seats`` get a row without an estimate.

        Returns:
            The class line and one row per seat, by seat number.
        """
        status = seat_status or {}
        evidence = self._evidence(seats, seat_batch, class_batch, coverage, switched_on, status)
        seen = take_rows(seat_batch, evidence.seat_seen)
        values = _Values(self.bundle, seen, class_batch, evidence.common)
        line = self._class_line(t_s, values, evidence, class_size, coverage, observed, phase, status)
        return line, self._seat_rows(t_s, seats, seat_batch, values, evidence, status)

    def _evidence(
        self,
        seats: tuple[int, ...],
        seat_batch: FeatureBatch,
        class_batch: FeatureBatch,
        coverage: Coverage,
        switched_on: frozenset[Modality],
        status: Mapping[int, str],
    ) -> _Evidence:
        shares = {Modality.AUDIO: coverage.audio, Modality.TEXT: coverage.text}
        covered = [
            m
            for m in _HEARD_AND_READ
            if m in switched_on and (shares[m] or 0.0) >= MINIMUM_COVERAGE and class_batch.valid[m].any()
        ]
        common = frozenset(m for m in covered if not self.bundle.gauges[m].is_novel(class_batch)[0])
        wanted = np.array([status.get(seat) != "excluded" for seat in seats], bool)
        enough = wanted & (valid_share(seat_batch, Modality.VISION) >= MINIMUM_COVERAGE)
        if Modality.VISION not in switched_on:
            enough[:] = False
        novel = enough & self.bundle.gauges[Modality.VISION].is_novel(seat_batch)
        return _Evidence(common, enough & ~novel, novel, len(common) < len(covered) or bool(novel.any()))

    def _class_line(
        self,
        t_s: int,
        values: _Values,
        evidence: _Evidence,
        class_size: int | None,
        coverage: Coverage,
        observed: float,
        phase: Phase,
        status: Mapping[int, str],
    ) -> ClassEstimate:
        seen = int(evidence.seat_seen.sum())
        size = max(class_size or 0, seen)
        used = evidence.common
        if seen and seen >= MINIMUM_COVERAGE * size:
            used = used | {Modality.VISION}

        def line(state: EstimateStatus) -> ClassEstimate:
            return ClassEstimate(t_s, None, None, None, None, observed, NOT_USED, phase, state, seen, size or None)

        if not used:
            return line(_why_nothing(evidence, coverage, status))
        members = values.of_class(used, seen, size)
        engagement, variance = float(members.mean()), self._line_variance(members, used, seen, size)
        probabilities = _normal_levels(engagement, variance)
        blank = line(EstimateStatus.UNCERTAIN)
        if _sureness(probabilities) < self.bundle.calibration.tau:
            return blank
        low, high = _interval(engagement, variance)
        shares = shapley_values(lambda subset: float(values.of_class(subset & used, seen, size).mean()))
        vision, audio, text = (shares[m] if m in used else None for m in MODALITIES)
        return ClassEstimate(
            t_s,
            engagement,
            low,
            high,
            probabilities,
            observed,
            (vision, audio, text),
            phase,
            EstimateStatus.OK,
            seen,
            size or None,
        )

    def _line_variance(self, members: NDArray[np.float64], used: Subset, seen: int, size: int) -> float:
        return self.bundle.calibration.band_scale**2 * self._class_variance(members, used, seen, size)

    def _class_variance(self, members: NDArray[np.float64], used: Subset, seen: int, size: int) -> float:
        """Model + between seats / k x (1 - k / N) + prior variance of the unseen share (DESIGN, class estimate)."""
        calibration = self.bundle.calibration
        spread = float(members.var())
        index = _index(used - {Modality.VISION})
        if Modality.VISION not in used:
            everybody = max(size, 1)
            return spread + float(calibration.class_variance[index] + calibration.seat_variance[index] / everybody)
        full = _index(used)
        model = spread + float(calibration.class_variance[full] + calibration.seat_variance[full] / seen)
        sampled = calibration.between_seat_variance / seen * (1 - seen / size)
        if seen == size:
            return model
        others = float(calibration.class_variance[index] + calibration.seat_variance[index] / (size - seen))
        return model + sampled + (1 - seen / size) ** 2 * others

    def _seat_rows(
        self,
        t_s: int,
        seats: tuple[int, ...],
        seat_batch: FeatureBatch,
        values: _Values,
        evidence: _Evidence,
        status: Mapping[int, str],
    ) -> tuple[SeatEstimate, ...]:
        qualities = seat_batch.quality[Modality.VISION].mean(axis=1)
        rank = np.cumsum(evidence.seat_seen) - 1
        position = {seat: i for i, seat in enumerate(seats)}
        rows = []
        for seat in sorted({*seats, *status}):
            i = position.get(seat)
            quality = 0.0 if i is None else float(qualities[i])
            if i is not None and evidence.seat_seen[i]:
                rows.append(self._seat_row(t_s, seat, quality, values.seats(evidence.common), int(rank[i]), evidence))
                continue
            novel = i is not None and bool(evidence.seat_novel[i])
            rows.append(SeatEstimate(t_s, seat, None, None, None, quality, _why_no_seat(status.get(seat), novel)))
        return tuple(rows)

    def _seat_row(
        self, t_s: int, seat: int, quality: float, own: Calibrated, at: int, evidence: _Evidence
    ) -> SeatEstimate:
        calibration = self.bundle.calibration
        index = _index(evidence.common | {Modality.VISION})
        if _sureness(own.probabilities[at]) < calibration.seat_tau:
            return SeatEstimate(t_s, seat, None, None, None, quality, EstimateStatus.UNCERTAIN)
        engagement = float(own.engagement[:, at].mean())
        variance = float(
            own.engagement[:, at].var() + calibration.class_variance[index] + calibration.seat_variance[index]
        )
        return SeatEstimate(t_s, seat, engagement, *_interval(engagement, variance), quality, EstimateStatus.OK)


def _subsets(modalities: Subset) -> list[Subset]:
    ordered = [m for m in MODALITIES if m in modalities]
    return [
        frozenset(m for m, used in zip(ordered, bits, strict=True) if used)
        for bits in product((False, True), repeat=len(ordered))
    ]


def _mask(subset: Subset) -> NDArray[np.bool_]:
    return np.array([m in subset for m in MODALITIES])


def _index(subset: Subset) -> int:
    return int(subset_index(_mask(subset)))


def _interval(engagement: float, variance: float) -> tuple[float, float]:
    half = Z_80 * sqrt(variance)
    return max(engagement - half, 0.0), min(engagement + half, 1.0)


def _normal_levels(engagement: float, variance: float) -> tuple[float, float, float, float]:
    """P(level 0..3) of the class mean, which is normal around its estimate."""
    below = [0.5 * (1 + erf((border - engagement) / sqrt(2 * variance))) for border in LEVEL_BORDERS]
    return below[0], below[1] - below[0], below[2] - below[1], 1 - below[2]


def _sureness(probabilities: Sequence[float] | NDArray[np.float64]) -> float:
    """The probability of "low" (levels 0-1) or of "not low", whichever is larger."""
    low = float(probabilities[0] + probabilities[1])
    return max(low, 1 - low)


def _why_nothing(evidence: _Evidence, coverage: Coverage, status: Mapping[int, str]) -> EstimateStatus:
    if evidence.novel:
        return EstimateStatus.OUT_OF_DISTRIBUTION
    visible = [s for s in status.values() if s not in ("unseen", "excluded")]
    if visible and all(s == "too_small" for s in visible):
        return EstimateStatus.TOO_SMALL
    if not any((coverage.vision, coverage.audio, coverage.text)):
        return EstimateStatus.NO_MODALITY
    return EstimateStatus.LOW_COVERAGE


def _why_no_seat(status: str | None, novel: bool) -> EstimateStatus:
    if status == "excluded":
        return EstimateStatus.EXCLUDED
    if novel:
        return EstimateStatus.OUT_OF_DISTRIBUTION
    return EstimateStatus.TOO_SMALL if status == "too_small" else EstimateStatus.LOW_COVERAGE
