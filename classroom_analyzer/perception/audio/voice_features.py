"""What tells voices apart in a stretch of speech: the shape of its spectrum and its pitch. Kept in memory only.

Mel-frequency cepstral coefficients without the first one (so that loudness does not count) and their slopes (Davis and
Mermelstein 1980; Furui 1986), and the pitch of periodic frames.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torchaudio.functional import melscale_fbanks

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.perception.audio.pitch import frame_pitches_hz

__all__ = ["PITCH_BINS", "SPECTRAL_DIMENSIONS", "VoiceFeatures", "voice_features"]

WINDOW_SAMPLES = 400  # 25 ms
HOP_SAMPLES = 160  # 10 ms
FFT_SAMPLES = 512
MELS = 40
LOWEST_HZ, HIGHEST_HZ = 100.0, 7000.0
COEFFICIENTS = 19  # 1 to 19
SPECTRAL_DIMENSIONS = 2 * COEFFICIENTS
QUIET_DB = 25.0  # frames so far below the loud ones say more of the room than of the voice
LOUD_PERCENTILE = 90.0

PITCH_EDGES_LOG2 = np.arange(np.log2(70.0), np.log2(520.0), 0.08)  # about a semitone
PITCH_BINS = len(PITCH_EDGES_LOG2) - 1


@dataclass(frozen=True, slots=True, eq=False)
class VoiceFeatures:
    """One stretch of speech.

    Attributes:
        spectral: ``(n, 38) float64``: 19 coefficients and their slopes, one row each 10 ms that is loud enough.
        pitch_bins: ``(m,) int`` semitone bins of the periodic frames.
    """

    spectral: NDArray[np.float64]
    pitch_bins: NDArray[np.int64]


def voice_features(frames: NDArray[np.float32]) -> VoiceFeatures:
    """Take a stretch of speech apart.

    Args:
        frames: ``(n, 512) float32`` consecutive frames at 16 kHz, n >= 2.
    """
    samples = torch.from_numpy(np.ascontiguousarray(frames, np.float32).ravel())
    windows = samples.unfold(0, WINDOW_SAMPLES, HOP_SAMPLES)
    power = torch.fft.rfft(windows * _WINDOW, FFT_SAMPLES).abs().square()
    level_db = 10 * torch.log10(windows.square().mean(dim=1) + 1e-12).numpy()
    cepstrum = (torch.log(power @ _MEL + 1e-10) @ _DCT).numpy().astype(np.float64)
    padded = np.pad(cepstrum, ((2, 2), (0, 0)), mode="edge")
    slope = 0.2 * (padded[4:] - padded[:-4]) + 0.1 * (padded[3:-1] - padded[1:-3])
    loud = level_db > np.percentile(level_db, LOUD_PERCENTILE) - QUIET_DB
    pitch_log2 = np.log2(frame_pitches_hz(frames, np.ones(len(frames), bool)))
    bins = np.clip(np.digitize(pitch_log2, PITCH_EDGES_LOG2) - 1, 0, PITCH_BINS - 1)
    return VoiceFeatures(np.concatenate([cepstrum, slope], axis=1)[loud], bins.astype(np.int64))


def _dct() -> torch.Tensor:
    """Cosines of coefficients 1 to 19: ``(40, 19)``, orthonormal."""
    middle = torch.arange(MELS) + 0.5
    order = torch.arange(1, COEFFICIENTS + 1)
    cosines: torch.Tensor = torch.cos(torch.pi / MELS * middle[:, None] * order) * (2 / MELS) ** 0.5
    return cosines


_WINDOW = torch.hann_window(WINDOW_SAMPLES)
_MEL = melscale_fbanks(FFT_SAMPLES // 2 + 1, LOWEST_HZ, HIGHEST_HZ, MELS, SAMPLE_RATE_HZ)
_DCT = _dct()
