"""Adds up a lesson second by second into the figures of summary.json. What was never measured stays None."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from classroom_analyzer.domain.estimates import ClassEstimate, Coverage
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.readings import AudioSecond, TextSecond, VisionSecond
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.domain.summary import ChatFigures, EngagementFigures, SeatFigures, TalkFigures
from classroom_analyzer.pipeline.windows import audio_usable, seat_usable

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
        self._heard_s = 0
        self._speech_s = 0.0
        self._mode_s = dict.fromkeys(SoundMode, 0)
        self._connected_s = 0
        self._messages = 0
        self._questions = 0
        self._authors: set[str] = set()
        self._engagement: list[float] = []
        self._engagement_t_s: list[int] = []
        self._bands: list[tuple[float, float]] = []
        self._low = 0
        self._windows = 0
        self._contributions: list[tuple[float | None, float | None, float | None]] = []

    def add_author(self, participant: str) -> None:
        """Count a chat author."""
        self._authors.add(participant)

    @property
    def authors(self) -> int:
        """Distinct chat authors so far."""
        return len(self._authors)

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
        if audio is not None and audio_usable(audio):
            self._heard_s += 1
            self._speech_s += audio.speech_share or 0.0
            self._mode_s[audio.mode] += 1
        if text is not None and text.connected:
            self._connected_s += 1
            self._messages += text.messages
            self._questions += text.questions

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
            audio=share(Modality.AUDIO, self._heard_s, self._seconds),
            text=share(Modality.TEXT, self._connected_s, self._seconds),
        )

    def seats(self, class_size: int | None) -> SeatFigures:
        """Seats with a detected face; all None when no picture was analysed."""
        seen = [s for s in self._seats_per_second if s is not None]
        if not seen:
            return SeatFigures(class_size, None, None, ())
        return SeatFigures(class_size, self.most_seats, fmean(seen), tuple(self._seats_per_second))

    def talk(self) -> TalkFigures:
        """Shares of the time heard; all None when nothing was heard."""
        if not self._heard_s:
            return TalkFigures(None, None, None, None, None, None)
        known_s = self._heard_s - self._mode_s[SoundMode.UNKNOWN]

        def mode_share(mode: SoundMode) -> float | None:
            return self._mode_s[mode] / known_s if known_s else None

        return TalkFigures(
            speech_share=self._speech_s / self._heard_s,
            single_voice_share=mode_share(SoundMode.SINGLE),
            multiple_voices_share=mode_share(SoundMode.MULTIPLE),
            silence_share=mode_share(SoundMode.NONE),
            teacher_share=None,
            wait_time_median_s=None,
        )

    def chat(self) -> ChatFigures:
        """Counts; all None when no chat was connected."""
        if Modality.TEXT not in self._switched_on:
            return ChatFigures(None, None, None, None)
        return ChatFigures(self._messages, self.authors, self._questions, None)

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
