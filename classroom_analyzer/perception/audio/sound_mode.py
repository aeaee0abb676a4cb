"""Who can be heard in a room, without words and without identity: nobody, one voice at a time, or many at once.

After DART (Owens and others 2017), which tells the modes apart by mean and variation of the level in 15 s windows:
one voice pauses, so its level varies much; many voices fill each other's pauses, so theirs is high and steady. Voice
activity stands in for "low and steady": steady noise without a voice is no voice at all, however loud. How often this
is right on composed scenes: ``evaluate sound``, docs/results/sound.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.perception.audio.frames import FRAMES_PER_S
from classroom_analyzer.perception.audio.loudness import level_dbfs

__all__ = ["MODE_WINDOW_S", "LessonLevel", "sound_mode"]

MODE_WINDOW_S = 15
MINIMUM_COVERAGE = 0.7  # of the window
STEP_FRAMES = round(0.5 * FRAMES_PER_S)  # 16 frames, 0.512 s

NONE_SPEECH_SHARE = 0.15  # below it nobody can be said to talk
# Chosen on scenes composed of meeting voices (docs/results/sound.md). From four voices on nine of ten windows span less
# than 15 dB and leave no pause; one voice at a time spans more than 16 dB in nine of ten.
MANY_RANGE_DB = 16.0  # between the 10th and the 90th percentile of 32 ms levels
MANY_SPEECH_SHARE = 0.97
MANY_BELOW_LESSON_DB = 10.0  # and are no murmur beside the lesson's usual voice
LOWEST_DBFS = -100.0  # stands for digital silence inside a window


class LessonLevel:
    """The lesson's usual level of voice: a histogram of half seconds with a voice, flat in lesson length."""

    def __init__(self) -> None:
        self._counts = np.zeros(int(-LOWEST_DBFS) + 1, np.int64)  # 1 dB bins, 0 dBFS down to -100

    def push(self, power: NDArray[np.float64], voiced: NDArray[np.bool_]) -> None:
        """Add consecutive frames: mean square and whether they are speech, both ``(n,)``."""
        levels, share = _steps(power, voiced)
        bins = np.clip(np.rint(-levels[share > 0.5]), 0, len(self._counts) - 1).astype(np.int64)
        np.add.at(self._counts, bins, 1)

    @property
    def median_dbfs(self) -> float | None:
        """Median level of voice so far; None before any voice."""
        total = self._counts.sum()
        if not total:
            return None
        return -float(np.searchsorted(np.cumsum(self._counts), total / 2))


def sound_mode(power: NDArray[np.float64], voiced: NDArray[np.bool_], usual_dbfs: float | None) -> SoundMode:
    """Judge the last 15 s.

    Args:
        power: ``(n,)`` mean square of the frames heard in the window, oldest first.
        voiced: ``(n,) bool`` whether they are speech.
        usual_dbfs: The lesson's usual level of voice.

    Returns:
        UNKNOWN when less than 70 % of the window was heard.
    """
    if len(power) < MINIMUM_COVERAGE * MODE_WINDOW_S * FRAMES_PER_S:
        return SoundMode.UNKNOWN
    speech_share = float(voiced.mean())
    if speech_share < NONE_SPEECH_SHARE:
        return SoundMode.NONE
    levels = np.maximum(level_dbfs(power), LOWEST_DBFS)
    low, high = np.percentile(levels, (10, 90))
    loud = usual_dbfs is None or float(levels.mean()) >= usual_dbfs - MANY_BELOW_LESSON_DB
    if high - low < MANY_RANGE_DB and loud and speech_share >= MANY_SPEECH_SHARE:
        return SoundMode.MULTIPLE
    return SoundMode.SINGLE


def _steps(power: NDArray[np.float64], voiced: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Level in dBFS and share of speech of each whole half second."""
    steps = len(power) // STEP_FRAMES
    shape = (steps, STEP_FRAMES)
    mean_power = power[: steps * STEP_FRAMES].reshape(shape).mean(axis=1)
    share = voiced[: steps * STEP_FRAMES].reshape(shape).mean(axis=1)
    return np.maximum(level_dbfs(mean_power), LOWEST_DBFS), share
