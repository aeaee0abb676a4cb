"""One second of sound after frame-wise analysis, and the class readings over the last 30 of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.domain.sound import SoundMode, SpeechTurn
from classroom_analyzer.perception.audio.frames import FRAME_S, FRAMES_PER_S
from classroom_analyzer.perception.audio.loudness import level_dbfs
from classroom_analyzer.perception.audio.turns import run_lengths

__all__ = ["READING_WINDOW_S", "HeardSecond", "window_readings"]

READING_WINDOW_S = 30
MINIMUM_COVERAGE = 0.7
LEAST_VOICE_S = 5.0  # for a speaking rate
SILENCE_FRAMES = round(2 * FRAMES_PER_S)  # VALIDITY.md ``silence``: voice off for at least 2 s


@dataclass(frozen=True, slots=True, eq=False)
class HeardSecond:
    """Frames of one second.

    Attributes:
        power: ``(n,) float64`` mean square per frame.
        voiced: ``(n,) bool`` speech.
        clipped_share: Share of samples at full scale.
        usable: Whether it is an observation: samples, and not those of a muted source.
        mode: Sound mode of the 15 s that end with this second.
        quality: 0 to 1; 0 when nothing usable was heard.
        pitch_hz: Median pitch of its voice; None without enough voice.
        syllables: Counted in its voice.
    """

    power: NDArray[np.float64]
    voiced: NDArray[np.bool_]
    clipped_share: float
    usable: bool
    mode: SoundMode
    quality: float
    pitch_hz: float | None = None
    syllables: int = 0


def window_readings(window: Sequence[HeardSecond], turns: Sequence[SpeechTurn]) -> tuple[Reading, ...]:
    """Class readings of the last 30 s.

    Silences are measured inside the window: one that began earlier counts from the window's start.

    Args:
        window: At most the last 30 seconds, oldest first.
        turns: Turns that reach into the window, the open one included.

    Returns:
        One per name, value None below 70 % coverage.
    """
    heard = [s for s in window if s.usable]
    frames = sum(len(s.power) for s in heard)
    coverage = min(frames / int(READING_WINDOW_S * FRAMES_PER_S), 1.0)
    if coverage < MINIMUM_COVERAGE:
        return _dashes()
    quality = coverage * sum(s.quality for s in heard) / len(heard)
    voiced = np.concatenate([s.voiced for s in heard])
    power = np.concatenate([s.power for s in heard])
    silences = _silences(window)
    modes = [s.mode for s in heard if s.mode is not SoundMode.UNKNOWN]

    def reading(name: str, value: float | None, unit: str, n: int | None = None) -> Reading:
        return Reading(name, value, unit, quality, n)

    mode_rows = tuple(
        reading(f"sound_mode.{mode.value}", modes.count(mode) / len(modes) if modes else None, "share", len(modes))
        for mode in (SoundMode.NONE, SoundMode.SINGLE, SoundMode.MULTIPLE)
    )
    pitches_hz = [s.pitch_hz for s in heard if s.pitch_hz is not None]
    voice_s = float(voiced.sum()) * FRAME_S
    lengths_s = [(t.end_ns - t.start_ns) / 1e9 for t in turns]
    return (
        reading("speech_share", float(voiced.mean()), "share"),
        *mode_rows,
        reading("silence.share", float(silences.sum() / len(voiced)), "share"),
        reading("silence.longest_s", float(silences.max(initial=0) * FRAME_S), "s"),
        reading("loudness", float(level_dbfs(power.mean())), "dBFS"),
        reading("pitch", float(np.median(pitches_hz)) if pitches_hz else None, "Hz", len(pitches_hz)),
        reading("speaking_rate", sum(s.syllables for s in heard) / voice_s if voice_s >= LEAST_VOICE_S else None, "/s"),
        reading("turns.count", float(len(turns)), "count"),
        reading("turns.mean_s", float(np.mean(lengths_s)) if lengths_s else None, "s", len(turns)),
    )


def _silences(window: Sequence[HeardSecond]) -> NDArray[np.int64]:
    """Lengths in frames of the silences of at least 2 s; unheard seconds end a silence."""
    parts = [~s.voiced if s.usable else np.zeros(1, bool) for s in window]
    lengths = run_lengths(np.concatenate(parts))
    return lengths[lengths >= SILENCE_FRAMES]


def _dashes() -> tuple[Reading, ...]:
    measured = (
        ("speech_share", "share"),
        ("sound_mode.none", "share"),
        ("sound_mode.single", "share"),
        ("sound_mode.multiple", "share"),
        ("silence.share", "share"),
        ("silence.longest_s", "s"),
        ("loudness", "dBFS"),
        ("pitch", "Hz"),
        ("speaking_rate", "/s"),
        ("turns.count", "count"),
        ("turns.mean_s", "s"),
    )
    return tuple(Reading(name, None, unit, None) for name, unit in measured)
