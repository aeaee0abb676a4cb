"""Listens: takes blocks of sound and says once per second what was heard. Keeps levels and decisions, no words.

A connected microphone in a silent room is an observation. Missing samples and a muted source are not: such seconds
have quality 0 and no values. Digital silence for a short while after sound (a noise gate) counts as silence, at half
the quality and without a level.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S, to_ns
from classroom_analyzer.domain.media import AudioBlock
from classroom_analyzer.domain.readings import AudioSecond, Reading
from classroom_analyzer.domain.sound import SoundMode, SpeechTurn
from classroom_analyzer.domain.totals import SoundTotals
from classroom_analyzer.perception.audio.encoder import SoundEncoder
from classroom_analyzer.perception.audio.frames import (
    FRAME_NS,
    FRAME_S,
    FRAME_SAMPLES,
    FRAMES_PER_S,
    FrameCutter,
    FrameRun,
)
from classroom_analyzer.perception.audio.heard import READING_WINDOW_S, SILENCE_FRAMES, HeardSecond, window_readings
from classroom_analyzer.perception.audio.listener import VoiceListener
from classroom_analyzer.perception.audio.loudness import (
    CLIPPED,
    NoiseFloor,
    SilenceGate,
    level_dbfs,
    sound_quality,
)
from classroom_analyzer.perception.audio.pitch import median_pitch_hz
from classroom_analyzer.perception.audio.sound_mode import MODE_WINDOW_S, LessonLevel, sound_mode
from classroom_analyzer.perception.audio.syllables import count_syllables
from classroom_analyzer.perception.audio.talkers import Talkers
from classroom_analyzer.perception.audio.turns import SpeechGate, TurnTracker
from classroom_analyzer.perception.novelty import novelty_factor

__all__ = ["AudioAnalyzer", "VoiceDetector"]

MODE_CLIPPED_SHARE = 0.01  # VALIDITY.md ``sound_mode``: clipping below 1 %
GATED_QUALITY = 0.5  # a closed gate cannot be told from a muted microphone
# Nothing is known of these without knowing who speaks, or without words.
UNMEASURED = tuple(
    Reading(name, None, unit, None)
    for name, unit in (("talk_ratio", "share"), ("pause_after_teacher", "s"), ("wait_time", "s"))
)
WHOLE_SECOND_FRAMES = int(FRAMES_PER_S)  # 31; every 32nd frame belongs to the next second


class VoiceDetector(Protocol):
    """Gives each frame its probability of voice; ``vad.SileroVad`` is one."""

    def reset(self) -> None:
        """Forget what came before."""
        ...

    def probabilities(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Score ``(n, 512) float32`` frames that follow those of the last call: ``(n,)`` in [0, 1]."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Pending:
    """Analysed frames that wait for their second to close."""

    start_ns: int
    samples: NDArray[np.float32]
    voiced: NDArray[np.bool_]

    def before(self, t_ns: int) -> int:
        """How many frames have their middle before ``t_ns``."""
        return _frames_before(t_ns, self.start_ns, len(self.samples))

    def split(self, at: int) -> tuple[_Pending, _Pending]:
        """The first ``at`` frames and the others."""
        return (
            _Pending(self.start_ns, self.samples[:at], self.voiced[:at]),
            _Pending(self.start_ns + at * FRAME_NS, self.samples[at:], self.voiced[at:]),
        )


class AudioAnalyzer:
    """Sound of one lesson.

    Args:
        vad: Voice detector.
        encoder: Gives each second its novelty; None where encoders are not allowed or not wanted.
        listeners: Are given all sound behind the speech gate.
        talkers: Knows teacher from students; None where nobody does. It is told of sound by whoever made it, as a
            listener as a rule.
    """

    def __init__(
        self,
        vad: VoiceDetector,
        encoder: SoundEncoder | None = None,
        listeners: Sequence[VoiceListener] = (),
        talkers: Talkers | None = None,
    ) -> None:
        self._vad = vad
        self._encoder = encoder
        self._listeners = tuple(listeners)
        self.talkers = talkers
        self._cutter = FrameCutter()
        self._gate = SpeechGate()
        self._undecided = FrameRun(0, np.empty((0, FRAME_SAMPLES), np.float32), fresh=False)
        self._turns = TurnTracker([])
        self._silence = SilenceGate()
        self._floor = NoiseFloor()
        self._usual = LessonLevel()
        self._pending: deque[_Pending] = deque()
        self._window: deque[HeardSecond] = deque(maxlen=READING_WINDOW_S)
        self._totals = SoundTotals()
        self._quiet_frames = 0

    def push(self, block: AudioBlock) -> None:
        """Take a stretch of sound; blocks come in time order, a jump in time is time not heard."""
        for run in self._cutter.push(block):
            self._analyze(run)

    def second(self, t_s: int) -> AudioSecond:
        """Close the second that ends at ``t_s``; called once per second, in order.

        Frames that arrive after their second was closed count for the next one.
        """
        self._settle_until(t_s * NS_PER_S)
        samples, voiced = self._take_until(t_s * NS_PER_S)
        power = np.mean(samples.astype(np.float64) ** 2, axis=1)
        heard_share = min(len(power) / WHOLE_SECOND_FRAMES, 1.0)
        sounding, usable = self._silence.push(power)
        if not usable:
            self._quiet_frames = 0
            self._window.append(HeardSecond(power, voiced, 0.0, False, SoundMode.UNKNOWN, 0.0))
            readings = self._readings(t_s)
            return AudioSecond(t_s, heard_share, None, self._mode(), None, None, None, 0.0, None, readings)

        clipped_share = float(np.mean(np.abs(samples) >= CLIPPED))
        self._floor.push(power, voiced)
        self._usual.push(power, voiced)
        novelty = self._novelty(samples) if sounding and heard_share == 1 else None
        quality = sound_quality(self._floor.snr_db or 0.0, clipped_share) * novelty_factor(novelty) * heard_share
        if not sounding:
            quality *= GATED_QUALITY
        pitch_hz = median_pitch_hz(samples, voiced)
        syllables = count_syllables(samples, voiced)
        now = HeardSecond(power, voiced, clipped_share, True, SoundMode.UNKNOWN, quality, pitch_hz, syllables)
        self._window.append(now)
        mode = self._mode()
        self._window[-1] = replace(now, mode=mode)
        self._add_totals(self._window[-1])
        level = float(level_dbfs(power.mean())) if sounding else None
        floor = self._floor.floor_dbfs
        return AudioSecond(
            t_s=t_s,
            heard_share=heard_share,
            speech_share=float(voiced.mean()),
            mode=mode,
            loudness_dbfs=level,
            loudness_rel_db=None if level is None or floor is None else level - floor,
            pitch_hz=pitch_hz,
            quality=quality,
            novelty=novelty,
            readings=self._readings(t_s),
        )

    def totals(self) -> SoundTotals:
        """Return what was heard in the lesson so far."""
        return self._totals

    def _readings(self, t_s: int) -> tuple[Reading, ...]:
        measured = window_readings(self._window, self._recent_turns(t_s))
        if self.talkers is None:
            return (*measured, *UNMEASURED)
        return (*measured, *self.talkers.readings(t_s), UNMEASURED[-1])

    def _analyze(self, run: FrameRun) -> None:
        if run.fresh:
            self._decide(self._gate.settle())
            self._turns.close()
            for listener in self._listeners:
                listener.gap()
            self._vad.reset()
            self._gate = SpeechGate()
            self._undecided = FrameRun(run.start_ns, run.samples[:0], fresh=False)
        waiting = self._undecided
        self._undecided = FrameRun(waiting.start_ns, np.concatenate([waiting.samples, run.samples]), fresh=False)
        self._decide(self._gate.push(self._vad.probabilities(run.samples)))

    def _settle_until(self, t_ns: int) -> None:
        """Decide on what still waits of a second that closes; nothing does when the driver is ahead by the delay."""
        waiting = self._undecided
        self._decide(self._gate.settle(_frames_before(t_ns, waiting.start_ns, len(waiting.samples))))

    def _decide(self, mask: NDArray[np.bool_]) -> None:
        """Move the oldest undecided frames to those that wait for their second to close."""
        if not len(mask):
            return
        start_ns, samples = self._undecided.start_ns, self._undecided.samples
        self._turns.push(start_ns, mask)
        for listener in self._listeners:
            listener.push(start_ns, samples[: len(mask)], mask)
        self._pending.append(_Pending(start_ns, samples[: len(mask)], mask))
        self._undecided = FrameRun(start_ns + len(mask) * FRAME_NS, samples[len(mask) :], fresh=False)

    def _take_until(self, t_ns: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        taken: list[_Pending] = []
        while self._pending and (frames := self._pending[0].before(t_ns)):
            first, rest = self._pending.popleft().split(frames)
            taken.append(first)
            if len(rest.samples):
                self._pending.appendleft(rest)
        if not taken:
            return np.empty((0, FRAME_SAMPLES), np.float32), np.empty(0, bool)
        return np.concatenate([p.samples for p in taken]), np.concatenate([p.voiced for p in taken])

    def _mode(self) -> SoundMode:
        usable = [s for s in list(self._window)[-MODE_WINDOW_S:] if s.usable and s.clipped_share < MODE_CLIPPED_SHARE]
        if not usable:
            return SoundMode.UNKNOWN
        power = np.concatenate([s.power for s in usable])
        voiced = np.concatenate([s.voiced for s in usable])
        return sound_mode(power, voiced, self._usual.median_dbfs)

    def _novelty(self, samples: NDArray[np.float32]) -> float | None:
        return None if self._encoder is None else self._encoder.encode(samples.ravel()).novelty

    def _recent_turns(self, t_s: int) -> list[SpeechTurn]:
        since_ns = to_ns(t_s - READING_WINDOW_S)
        self._turns.turns = [t for t in self._turns.turns if t.end_ns > since_ns]
        going_on = self._turns.open_turn
        return self._turns.turns + ([going_on] if going_on is not None and going_on.end_ns > since_ns else [])

    def _add_totals(self, second: HeardSecond) -> None:
        frames = len(second.power)
        silence_frames = 0
        for voiced in second.voiced:
            self._quiet_frames = 0 if voiced else self._quiet_frames + 1
            if self._quiet_frames == SILENCE_FRAMES:
                silence_frames += SILENCE_FRAMES
            elif self._quiet_frames > SILENCE_FRAMES:
                silence_frames += 1
        old = self._totals
        self._totals = SoundTotals(
            heard_s=old.heard_s + frames * FRAME_S,
            speech_s=old.speech_s + int(second.voiced.sum()) * FRAME_S,
            single_s=old.single_s + frames * FRAME_S * (second.mode is SoundMode.SINGLE),
            multiple_s=old.multiple_s + frames * FRAME_S * (second.mode is SoundMode.MULTIPLE),
            silence_s=old.silence_s + silence_frames * FRAME_S,
        )


def _frames_before(t_ns: int, start_ns: int, frames: int) -> int:
    """How many of so many frames from ``start_ns`` on have their middle before ``t_ns``."""
    return int(np.clip((t_ns - start_ns + FRAME_NS // 2) // FRAME_NS, 0, frames))
