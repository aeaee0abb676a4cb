"""Levels of sound in dB relative to full scale: RMS, the room's noise floor, clipping and signal-to-noise ratio.

dBFS here: 0 is a full-scale square wave, so a full-scale sine has -3.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLIPPED", "NoiseFloor", "SilenceGate", "level_dbfs", "sound_quality"]

CLIPPED = 0.999  # a sample at or above this share of full scale counts as clipped
# Less than half a step of a 16-bit recorder: no microphone is that quiet, so nothing was recorded.
DIGITAL_SILENCE_POWER = (0.5 / 32768) ** 2

MINIMUM_SOUNDING = 0.1  # share of a second's frames that are more than digital silence
GATED_S = 10

FLOOR_WINDOW_S = 60
FLOOR_PERCENTILE = 10.0

# Until somebody has spoken, the level at which a voice would be expected (telephony's nominal speech level).
NOMINAL_SPEECH_DBFS = -26.0
GOOD_SNR_DB = 15.0  # as good as it gets
POOR_QUALITY = 0.2  # speech no louder than the noise
TOO_MUCH_CLIPPING = 0.05  # share of clipped samples at which nothing is left


def level_dbfs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Mean square of samples to dBFS; digital silence becomes -inf."""
    power = np.asarray(power, np.float64)
    with np.errstate(divide="ignore"):
        return np.where(power > DIGITAL_SILENCE_POWER, 10 * np.log10(power), -np.inf)


class NoiseFloor:
    """Adaptive floor and speech level of the last minute of heard sound."""

    def __init__(self) -> None:
        self._levels: deque[NDArray[np.float64]] = deque(maxlen=FLOOR_WINDOW_S)
        self._voiced: deque[NDArray[np.bool_]] = deque(maxlen=FLOOR_WINDOW_S)

    def push(self, power: NDArray[np.float64], voiced: NDArray[np.bool_]) -> None:
        """Add one second.

        Args:
            power: ``(n,)`` mean square of its frames.
            voiced: ``(n,)`` whether they are speech.
        """
        sounding = power > DIGITAL_SILENCE_POWER
        self._levels.append(level_dbfs(power[sounding]))
        self._voiced.append(voiced[sounding])

    @property
    def floor_dbfs(self) -> float | None:
        """10th percentile of frame levels; None before any sound."""
        levels = np.concatenate(self._levels) if self._levels else np.empty(0)
        return float(np.percentile(levels, FLOOR_PERCENTILE)) if levels.size else None

    @property
    def speech_dbfs(self) -> float:
        """Median level of speech frames, the nominal level while there are none."""
        voiced = np.concatenate(self._voiced) if self._voiced else np.empty(0, bool)
        if not voiced.any():
            return NOMINAL_SPEECH_DBFS
        return float(np.median(np.concatenate(self._levels)[voiced]))

    @property
    def snr_db(self) -> float | None:
        """Speech level over the floor; None before any sound."""
        floor = self.floor_dbfs
        return None if floor is None else self.speech_dbfs - floor


class SilenceGate:
    """Tells the closed gate of call software from a muted source.

    Noise suppression sends exact silence between sentences. For 10 s after real sound that is silence; later, or before
    any sound, nothing says that the source is listening, and it is no observation.
    """

    def __init__(self) -> None:
        self._digital_s = GATED_S

    def push(self, power: NDArray[np.float64]) -> tuple[bool, bool]:
        """Add one second.

        Args:
            power: ``(n,)`` mean square of its frames, n may be 0.

        Returns:
            Whether it holds sound, and whether it is an observation.
        """
        if not len(power):
            self._digital_s = GATED_S
            return False, False
        sounding = float(np.mean(power > DIGITAL_SILENCE_POWER)) >= MINIMUM_SOUNDING
        self._digital_s = 0 if sounding else self._digital_s + 1
        return sounding, self._digital_s <= GATED_S


def sound_quality(snr_db: float, clipped_share: float) -> float:
    """How far levels and voice activity can be trusted.

    Linear in the signal-to-noise ratio from 0.2 at 0 dB to 1 at 15 dB, and down to 0 when 5 % of samples are clipped.
    Both ramps are project defaults.

    Returns:
        0 to 1.
    """
    by_snr = POOR_QUALITY + (1 - POOR_QUALITY) * float(np.clip(snr_db / GOOD_SNR_DB, 0, 1))
    by_clipping = 1 - min(clipped_share / TOO_MUCH_CLIPPING, 1.0)
    return by_snr * by_clipping
