"""The bundled sound encoder: log-mel picture of a second, then our convolutional autoencoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.audio.encoder import SoundCode
from classroom_analyzer.perception.audio.log_mel import LogMel
from classroom_analyzer.perception.autoencoders import LogMelAutoencoder, load_autoencoder

__all__ = ["AutoencoderSoundEncoder"]


class AutoencoderSoundEncoder:
    """Implements ``SoundEncoder``.

    Args:
        path: ``sound-autoencoder.safetensors``, its card beside it.
        device: Torch device.

    Raises:
        BadModelError: The weights or their card must not be used.
    """

    def __init__(self, path: Path, device: str) -> None:
        self._log_mel = LogMel()
        self._trained = load_autoencoder(path, LogMelAutoencoder(), device)

    def encode(self, samples: NDArray[np.float32]) -> SoundCode:
        """Encode about a second of sound, ``(n,) float32`` at 16 kHz: code of 32 and its novelty."""
        code, novelty = self._trained.encode(self._log_mel(samples[None]))
        return SoundCode(code[0], float(novelty[0]))
