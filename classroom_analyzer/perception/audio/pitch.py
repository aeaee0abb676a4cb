"""Pitch of voice by autocorrelation (Boersma 1993: divided by the autocorrelation of the analysis window)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ

__all__ = ["frame_pitches_hz", "median_pitch_hz"]

LOWEST_HZ = 75.0
HIGHEST_HZ = 500.0  # children's voices
WINDOW_SAMPLES = 1024  # 64 ms, nearly five periods of the lowest pitch
FFT_SAMPLES = 2048  # twice the window: no wrap-around
PERIODIC = 0.6  # normalised autocorrelation from which a frame counts as periodic
NEAR_BEST = 0.9  # the shortest period within this share of the best peak wins: avoids octaves below
MINIMUM_FRAMES = 5

_SHORTEST = int(SAMPLE_RATE_HZ / HIGHEST_HZ)
_LONGEST = int(SAMPLE_RATE_HZ / LOWEST_HZ)
_WINDOW = np.hanning(WINDOW_SAMPLES)


def _autocorrelation(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    spectrum = np.abs(np.fft.rfft(frames, FFT_SAMPLES, axis=-1)) ** 2
    return np.fft.irfft(spectrum, FFT_SAMPLES, axis=-1)[..., : _LONGEST + 2]


_OF_WINDOW = _autocorrelation(_WINDOW[None])[0]
_OF_WINDOW = _OF_WINDOW / _OF_WINDOW[0]


def frame_pitches_hz(samples: NDArray[np.float32], voiced: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Pitch of the voiced, periodic frames of a stretch.

    Args:
        samples: ``(n, 512) float32`` consecutive frames at 16 kHz.
        voiced: ``(n,) bool``.

    Returns:
        ``(m,)`` 75 to 500 Hz, one for each pair of voiced frames that is periodic.
    """
    starts = np.flatnonzero(voiced[:-1] & voiced[1:]) if len(voiced) > 1 else np.empty(0, np.int64)
    if not len(starts):
        return np.empty(0)
    windows = np.concatenate([samples[starts], samples[starts + 1]], axis=1).astype(np.float64)
    windows = (windows - windows.mean(axis=1, keepdims=True)) * _WINDOW
    energy = _autocorrelation(windows)
    normal = energy / np.maximum(energy[:, :1], 1e-20) / _OF_WINDOW
    return np.array([hz for row in normal if (hz := _pitch_hz(row)) is not None])


def median_pitch_hz(samples: NDArray[np.float32], voiced: NDArray[np.bool_]) -> float | None:
    """Median of ``frame_pitches_hz``; None with fewer than five periodic frames."""
    found = frame_pitches_hz(samples, voiced)
    return float(np.median(found)) if len(found) >= MINIMUM_FRAMES else None


def _pitch_hz(row: NDArray[np.float64]) -> float | None:
    lags = np.arange(_SHORTEST, _LONGEST + 1)
    middle, before, after = row[lags], row[lags - 1], row[lags + 1]
    peaks = (middle > before) & (middle >= after)
    if not peaks.any() or (best := middle[peaks].max()) < PERIODIC:
        return None
    first = int(np.argmax(peaks & (middle >= NEAR_BEST * best)))
    bend = before[first] - 2 * middle[first] + after[first]
    shift = 0.5 * (before[first] - after[first]) / bend if bend < 0 else 0.0
    return float(SAMPLE_RATE_HZ / (lags[first] + shift))
