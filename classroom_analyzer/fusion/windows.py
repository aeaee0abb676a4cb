"""Turns measured seconds into the windows that fusion reads: 10 s of a seat, 30 s of sound, 120 s of chat.

Memory is flat in lesson length: each ring holds one window. A window that is not yet full keeps its full length,
so coverage is low at the start of a lesson.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, median
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import Coverage
from classroom_analyzer.domain.features import WINDOWS, FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.domain.readings import AudioSecond, SeatSecond, TextSecond
from classroom_analyzer.domain.sound import SoundMode

__all__ = ["LessonWindows", "audio_usable", "seat_usable"]

USUAL_PITCH_S = 300  # a seat's usual pitch is the median of its last five minutes
SECONDS_PER_MINUTE = 60
MOSTLY = 0.5

T = TypeVar("T")

Rows = tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float32]]
"""Values ``(steps, columns)``, valid ``(steps,)`` and quality ``(steps,)`` of one modality's window."""


def seat_usable(second: SeatSecond) -> bool:
    """Whether a seat's second counts as seen: a face, large enough, not turned away, not excluded."""
    return second.status == "ok" and second.quality > 0


def audio_usable(second: AudioSecond) -> bool:
    """Whether a second of sound counts as heard: samples in most of it, and more than digital silence."""
    return second.heard_share >= MOSTLY and second.quality > 0


class _SeatRing:
    """The last seconds of one seat and its usual pitch."""

    def __init__(self) -> None:
        self.seconds: deque[SeatSecond | None] = deque(maxlen=WINDOWS[Modality.VISION].length_s)
        self._pitch_deg: deque[float] = deque(maxlen=USUAL_PITCH_S)
        self._usual_pitch_deg: float | None = None

    def push(self, second: SeatSecond | None) -> None:
        self.seconds.append(second)
        if second is not None and second.pitch_deg is not None:
            self._pitch_deg.append(second.pitch_deg)
            self._usual_pitch_deg = median(self._pitch_deg)

    def pitch_down_deg(self, second: SeatSecond) -> float | None:
        usual_deg = self._usual_pitch_deg
        return None if second.pitch_deg is None or usual_deg is None else second.pitch_deg - usual_deg

    @property
    def usable_s(self) -> int:
        return sum(s is not None and seat_usable(s) for s in self.seconds)


class LessonWindows:
    """Rings of all modalities of one lesson.

    Sound is evidence from the first voice on: a microphone that has only ever given noise says nothing of the class,
    however long it runs. After a voice was heard, silence counts.

    Attributes:
        voice_heard: Whether a second of the lesson so far was mostly voice.
    """

    def __init__(self) -> None:
        self.voice_heard = False
        self._seats: dict[int, _SeatRing] = {}
        self._audio: deque[AudioSecond | None] = deque(maxlen=WINDOWS[Modality.AUDIO].length_s)
        self._text: deque[TextSecond | None] = deque(maxlen=WINDOWS[Modality.TEXT].length_s)

    def push(self, seats: Sequence[SeatSecond] | None, audio: AudioSecond | None, text: TextSecond | None) -> None:
        """Add one closed second.

        Args:
            seats: Rows of all known seats; None when the second had no picture.
            audio: The second of sound, None when sound is off.
            text: The second of chat, None when chat is off.
        """
        by_seat = {s.seat: s for s in seats or ()}
        for seat in by_seat:
            self._seats.setdefault(seat, _SeatRing())
        for seat, ring in self._seats.items():
            ring.push(by_seat.get(seat))
        if audio is not None and audio_usable(audio) and (audio.speech_share or 0.0) >= MOSTLY:
            self.voice_heard = True
        self._audio.append(audio)
        self._text.append(text)

    def coverage(self, class_size: int | None, switched_on: frozenset[Modality]) -> Coverage:
        """Share of the present window of each modality that was observed; None where it is switched off."""
        vision = audio = text = None
        if Modality.VISION in switched_on:
            seen_s = sum(ring.usable_s for ring in self._seats.values())
            vision = min(seen_s / (class_size * WINDOWS[Modality.VISION].length_s), 1.0) if class_size else 0.0
        if Modality.AUDIO in switched_on:
            heard = self.voice_heard and sum(s is not None and audio_usable(s) for s in self._audio)
            audio = heard / WINDOWS[Modality.AUDIO].length_s
        if Modality.TEXT in switched_on:
            text = sum(s is not None and s.connected for s in self._text) / WINDOWS[Modality.TEXT].length_s
        return Coverage(vision, audio, text)

    def observed(self, class_size: int | None, switched_on: frozenset[Modality]) -> float:
        """Share of the last 10 s that was observed, mean over the modalities that are switched on.

        One length for all, so that a seat that goes dark shows at once and not behind a chat window of two minutes
        that is still filling.
        """
        recent_s = WINDOWS[Modality.VISION].length_s
        shares = []
        if Modality.VISION in switched_on:
            shares.append(self.coverage(class_size, frozenset({Modality.VISION})).vision or 0.0)
        if Modality.AUDIO in switched_on:
            shares.append(sum(s is not None and audio_usable(s) for s in list(self._audio)[-recent_s:]) / recent_s)
        if Modality.TEXT in switched_on:
            shares.append(sum(s is not None and s.connected for s in list(self._text)[-recent_s:]) / recent_s)
        return fmean(shares) if shares else 0.0

    def batches(self, class_size: int | None, phase: Phase) -> tuple[tuple[int, ...], FeatureBatch, FeatureBatch]:
        """Windows that end now.

        Args:
            class_size: N, None when unknown; chat rates are per person.
            phase: Present phase.

        Returns:
            Seats with any usable second, their batch (each with the class's sound and chat), and the class's batch of
            one row without vision.
        """
        seats = tuple(sorted(seat for seat, ring in self._seats.items() if ring.usable_s))
        audio, text = self._audio_rows(), self._text_rows(class_size)
        context = self._class_context()
        seat_rows = [
            {Modality.VISION: self._seat_rows(s, context), Modality.AUDIO: audio, Modality.TEXT: text} for s in seats
        ]
        blank = _blank(Modality.VISION)
        class_row = {Modality.VISION: blank, Modality.AUDIO: audio, Modality.TEXT: text}
        return seats, _stack(seat_rows, phase), _stack([class_row], phase)

    def _class_context(self) -> NDArray[np.float32]:
        """What all usable seats do: mean facing, mean pitch below the usual and their number, ``(steps, 3)``."""
        steps = WINDOWS[Modality.VISION].steps
        facing: list[list[float | None]] = [[] for _ in range(steps)]
        down: list[list[float | None]] = [[] for _ in range(steps)]
        for ring in self._seats.values():
            for step, second in _from_the_end(ring.seconds, steps):
                if second is not None and seat_usable(second):
                    facing[step].append(second.facing_target)
                    down[step].append(ring.pitch_down_deg(second))
        rows = [(_mean(f), _mean(d), len(f)) for f, d in zip(facing, down, strict=True)]
        return np.array(rows, np.float32)

    def _seat_rows(self, seat: int, context: NDArray[np.float32]) -> Rows:
        ring = self._seats[seat]
        values, valid, quality = _blank(Modality.VISION)
        for step, second in _from_the_end(ring.seconds, len(valid)):
            if second is None or not seat_usable(second):
                continue
            row = (second.face_presence, second.facing_target, second.movement, ring.pitch_down_deg(second))
            values[step] = [*(np.nan if v is None else v for v in row), *context[step]]
            valid[step] = True
            quality[step] = second.quality
        return values, valid, quality

    def _audio_rows(self) -> Rows:
        values, valid, quality = _blank(Modality.AUDIO)
        for step, seconds in _groups(self._audio, WINDOWS[Modality.AUDIO].steps, WINDOWS[Modality.AUDIO].step_s):
            heard = [s for s in seconds if s is not None and audio_usable(s)]
            if not heard or not self.voice_heard:
                continue
            known = [s for s in heard if s.mode is not SoundMode.UNKNOWN]
            values[step] = [
                _mean(s.speech_share for s in heard),
                _mean(float(s.mode is SoundMode.SINGLE) for s in known),
                _mean(float(s.mode is SoundMode.MULTIPLE) for s in known),
                _mean(None if s.speech_share is None else 1 - s.speech_share for s in heard),
                _mean(s.loudness_rel_db for s in heard),
            ]
            valid[step] = True
            quality[step] = fmean(s.quality for s in heard)
        return values, valid, quality

    def _text_rows(self, class_size: int | None) -> Rows:
        spec = WINDOWS[Modality.TEXT]
        values, valid, quality = _blank(Modality.TEXT)
        for step, seconds in _groups(self._text, spec.steps, spec.step_s):
            read = [s for s in seconds if s is not None and s.connected]
            if not read:
                continue
            people = max(class_size or 0, max(s.authors_120s for s in read), 1)
            per_minute_and_person = SECONDS_PER_MINUTE / (len(read) * people)
            values[step] = [
                sum(s.messages for s in read) * per_minute_and_person,
                sum(s.questions for s in read) * per_minute_and_person,
                read[-1].authors_120s / people,
                _mean(s.mean_words for s in read),
            ]
            valid[step] = True
            quality[step] = fmean(s.quality for s in read)
        return values, valid, quality


def _blank(modality: Modality) -> Rows:
    spec = WINDOWS[modality]
    return (
        np.full((spec.steps, len(spec.names)), np.nan, np.float32),
        np.zeros(spec.steps, bool),
        np.zeros(spec.steps, np.float32),
    )


def _stack(rows: Sequence[dict[Modality, Rows]], phase: Phase) -> FeatureBatch:
    def joined(pick: Callable[[Rows], NDArray[np.generic]], modality: Modality) -> NDArray[np.generic]:
        parts = [pick(row[modality]) for row in rows]
        return np.stack(parts) if parts else np.empty((0, *pick(_blank(modality)).shape), pick(_blank(modality)).dtype)

    return FeatureBatch(
        values={m: joined(lambda r: r[0], m).astype(np.float32) for m in MODALITIES},
        valid={m: joined(lambda r: r[1], m).astype(bool) for m in MODALITIES},
        quality={m: joined(lambda r: r[2], m).astype(np.float32) for m in MODALITIES},
        phase=np.full(len(rows), PHASES.index(phase), np.int64),
    )


def _from_the_end(seconds: deque[SeatSecond | None], steps: int) -> Iterable[tuple[int, SeatSecond | None]]:
    return zip(range(steps - len(seconds), steps), seconds, strict=True)


def _groups(seconds: deque[T], steps: int, step_s: int) -> Iterable[tuple[int, list[T]]]:
    """Yield the step index and its seconds, the newest step last and full."""
    listed = list(seconds)
    for step in range(steps):
        stop = len(listed) - (steps - 1 - step) * step_s
        if stop > 0:
            yield step, listed[max(stop - step_s, 0) : stop]


def _mean(values: Iterable[float | None]) -> float:
    known = [v for v in values if v is not None]
    return fmean(known) if known else float("nan")
