"""Log-mel pictures of one second of sound: what the sound autoencoder is trained on and fed with."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torchaudio.transforms import MelSpectrogram

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ

__all__ = ["CLIP_SAMPLES", "LogMel"]

WINDOW_SAMPLES = 400  # 25 ms
HOP_SAMPLES = 160  # 10 ms
FFT_SAMPLES = 512
MELS = 64
LOWEST_HZ = 50.0
CLIP_SAMPLES = SAMPLE_RATE_HZ  # 1 s
FRAMES = CLIP_SAMPLES // HOP_SAMPLES  # 100

QUIETEST_POWER = 1e-4  # below it differences are noise; relative to a clip of unit power
SPREAD = 3.0  # about the standard deviation of log power over time and bands


class LogMel:
    """Turns clips into pictures; the clip's own level is taken out, so a microphone's gain makes nothing new."""

    def __init__(self) -> None:
        self._mel = MelSpectrogram(
            SAMPLE_RATE_HZ,
            n_fft=FFT_SAMPLES,
            win_length=WINDOW_SAMPLES,
            hop_length=HOP_SAMPLES,
            f_min=LOWEST_HZ,
            n_mels=MELS,
        )

    def __call__(self, clips: NDArray[np.float32]) -> Tensor:
        """Compute pictures.

        Args:
            clips: ``(n, samples) float32`` at 16 kHz; longer clips are cut at 1 s, shorter ones repeat themselves.

        Returns:
            ``(n, 1, 64, 100) float32`` natural log of power, mean 0 per clip, scaled to a spread of about 1.
        """
        second = np.resize(clips.T, (CLIP_SAMPLES, len(clips))).T if clips.shape[1] < CLIP_SAMPLES else clips
        sound = torch.from_numpy(np.array(second[:, :CLIP_SAMPLES], np.float32))
        sound = sound / sound.square().mean(dim=1, keepdim=True).sqrt().clamp_min(1e-8)
        power = self._mel(sound)[:, :, :FRAMES]
        picture: Tensor = torch.log(power + QUIETEST_POWER)
        return ((picture - picture.mean(dim=(1, 2), keepdim=True)) / SPREAD).unsqueeze(1)
