"""Adds up a lesson second by second into the figures of summary.json. What was never measured stays None."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.readings import AudioSecond, TextSecond, VisionSecond
from classroom_analyzer.domain.summary import EngagementFigures, SeatFigures
from classroom_analyzer.fusion.windows import audio_usable, seat_usable

__all__ = ["LessonTally"]

BLOCK_S = 120  # neighbouring windows overlap, so the mean's interval resamples blocks of two minutes
MINIMUM_BLOCKS = 5
BOOTSTRAP_DRAWS = 2000
INTERVAL = (10, 90)  # percentiles of an 80 % interval
LOW_LEVELS = 2  # levels 0 and 1 are low


class LessonTally:
    """Running totals of one lesson.

    Args:
        switched_on: Modalities of this lesson.
        seed: Of the bootstrap of the lesson's mean.
    """

    def __init__(self, switched_on: frozenset[Modality], seed: int) -> None:
        self._switched_on = switched_on
        self._seed = seed
        self.frames = 0
        self._seats_per_second: list[float | None] = []
        self._usable_seat_s = 0
        self._seconds = 0
        self._usable_audio_s = 0
        self._connected_s = 0
        self._engagement: list[float] = []
        self._engagement_t_s: list[int] = []
        self._bands: list[tuple[float, float]] = []
        self._low = 0
        self._windows = 0
        self._contributions: list[tuple[float | None, float | None, float | None]] = []

    @property
    def most_seats(self) -> int:
        """Most seats with a detected face in one second so far."""
        return round(max((s for s in self._seats_per_second if s is not None), default=0))

    def add_second(self, vision: VisionSecond | None, audio: AudioSecond | None, text: TextSecond | None) -> None:
        """Add what one closed second measured."""
        self._seconds += 1
        self.add_seats(vision)
        if vision is not None:
            self._usable_seat_s += sum(seat_usable(s) for s in vision.seats)
        self._usable_audio_s += audio is not None and audio_usable(audio)
        self._connected_s += text is not None and text.connected

    def add_seats(self, vision: VisionSecond | None) -> None:
        """Add the seats seen in a second; the lesson's last, incomplete second has nothing but these."""
        self._seats_per_second.append(vision.seats_seen if vision is not None else None)
        if vision is not None:
            self.frames += vision.frames

    def add_estimate(self, estimate: ClassEstimate) -> None:
        """Add the estimate of one window."""
        self._windows += 1
        if estimate.engagement is None or estimate.level_probabilities is None:
            return
        self._engagement.append(estimate.engagement)
        self._engagement_t_s.append(estimate.t_s)
        if estimate.low is not None and estimate.high is not None:
            self._bands.append((estimate.low, estimate.high))
        self._low += int(np.argmax(estimate.level_probabilities)) < LOW_LEVELS
        self._contributions.append(estimate.contribution)

    def coverage(self, class_size: int | None) -> Coverage:
        """Coverage of the whole lesson."""

        def share(modality: Modality, covered: float, whole: float) -> float | None:
            if modality not in self._switched_on:
                return None
            return min(covered / whole, 1.0) if whole else 0.0

        return Coverage(
            vision=share(Modality.VISION, self._usable_seat_s, (class_size or 0) * self._seconds),
            audio=share(Modality.AUDIO, self._usable_audio_s, self._seconds),
            text=share(Modality.TEXT, self._connected_s, self._seconds),
        )

    def seats(self, class_size: int | None) -> SeatFigures:
        """Seats with a detected face; all None when no picture was analysed."""
        seen = [s for s in self._seats_per_second if s is not None]
        if not seen:
            return SeatFigures(class_size, None, None, ())
        return SeatFigures(class_size, self.most_seats, fmean(seen), tuple(self._seats_per_second))

    def engagement(self) -> EngagementFigures:
        """Mean over windows with an estimate, and its 80 % interval.

        The interval resamples two-minute blocks (VALIDITY.md section 4). A lesson with fewer than ``MINIMUM_BLOCKS``
        of them cannot be resampled; its interval is the mean of the windows' own bands, which is wider.
        """
        abstained = self._windows - len(self._engagement)
        if not self._engagement:
            return EngagementFigures(None, None, None, self._windows, abstained)
        return EngagementFigures(
            mean=fmean(self._engagement),
            low_share=self._low / len(self._engagement),
            interval=self._interval(),
            windows=self._windows,
            abstained=abstained,
        )

    def _interval(self) -> tuple[float, float] | None:
        blocks: dict[int, list[float]] = {}
        for at_s, value in zip(self._engagement_t_s, self._engagement, strict=True):
            blocks.setdefault((at_s - 1) // BLOCK_S, []).append(value)
        if len(blocks) >= MINIMUM_BLOCKS:
            return _block_bootstrap(list(blocks.values()), self._seed)
        if not self._bands:
            return None
        return fmean(low for low, _ in self._bands), fmean(high for _, high in self._bands)

    def contribution(self) -> tuple[float | None, float | None, float | None]:
        """Mean Shapley value of each modality over the windows that used it."""
        means = []
        for index, _ in enumerate(MODALITIES):
            used = [c[index] for c in self._contributions if c[index] is not None]
            means.append(fmean(v for v in used if v is not None) if used else None)
        return means[0], means[1], means[2]


def _block_bootstrap(blocks: Sequence[Sequence[float]], seed: int) -> tuple[float, float]:
    sums = np.array([sum(b) for b in blocks])
    counts = np.array([len(b) for b in blocks])
    drawn = np.random.default_rng(seed).integers(0, len(blocks), (BOOTSTRAP_DRAWS, len(blocks)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), INTERVAL)
    return float(low), float(high)
