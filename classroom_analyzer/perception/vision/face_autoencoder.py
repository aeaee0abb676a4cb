"""The bundled face encoder: our residual autoencoder on 64-pixel crops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.perception.autoencoders import FaceAutoencoder, load_autoencoder
from classroom_analyzer.perception.vision.encoder import FaceCodes

__all__ = ["AutoencoderFaceEncoder", "crops_to_tensor"]


def crops_to_tensor(crops: NDArray[np.uint8]) -> Tensor:
    """``(n, 64, 64, 3) uint8 BGR`` to ``(n, 3, 64, 64) float32 BGR`` in [-1, 1]."""
    return torch.from_numpy(np.array(crops)).permute(0, 3, 1, 2).float() / 127.5 - 1.0


class AutoencoderFaceEncoder:
    """Implements ``FaceEncoder``.

    Args:
        path: ``face-autoencoder.safetensors``, its card beside it.
        device: Torch device.

    Raises:
        BadModelError: The weights or their card must not be used.
    """

    def __init__(self, path: Path, device: str) -> None:
        self._trained = load_autoencoder(path, FaceAutoencoder(), device)

    def encode(self, crops: NDArray[np.uint8]) -> FaceCodes:
        """Encode crops ``(n, 64, 64, 3) uint8 BGR``: codes of 64 and their novelty."""
        return FaceCodes(*self._trained.encode(crops_to_tensor(crops)))
