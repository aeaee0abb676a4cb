"""Backbones that know how new their input is: by an autoencoder of their features; the codes stay their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from classroom_analyzer.perception.audio.encoder import SoundCode, SoundEncoder
from classroom_analyzer.perception.autoencoders import FeatureAutoencoder, TrainedAutoencoder
from classroom_analyzer.perception.text.encoder import TextCodes, TextEncoder
from classroom_analyzer.perception.vision.encoder import FaceCodes, FaceEncoder

__all__ = ["FaceNovelty", "SoundNovelty", "TextNovelty"]

Trained = TrainedAutoencoder[FeatureAutoencoder]


class FaceNovelty:
    """Implements ``FaceEncoder``.

    Args:
        encoder: Backbone without novelty.
        trained: Trained on its features.
    """

    def __init__(self, encoder: FaceEncoder, trained: Trained) -> None:
        self._encoder = encoder
        self._trained = trained

    def encode(self, crops: NDArray[np.uint8]) -> FaceCodes:
        """Encode crops ``(n, 64, 64, 3) uint8 BGR``: the backbone's features and their novelty."""
        codes = self._encoder.encode(crops)
        return replace(codes, novelty=_novelty(self._trained, codes.embedding))


class SoundNovelty:
    """Implements ``SoundEncoder``; arguments as for ``FaceNovelty``."""

    def __init__(self, encoder: SoundEncoder, trained: Trained) -> None:
        self._encoder = encoder
        self._trained = trained

    def encode(self, samples: NDArray[np.float32]) -> SoundCode:
        """Encode about a second of sound, ``(n,) float32`` at 16 kHz: the backbone's features and their novelty."""
        code = self._encoder.encode(samples)
        return replace(code, novelty=float(_novelty(self._trained, code.embedding[None])[0]))


class TextNovelty:
    """Implements ``TextEncoder``; arguments as for ``FaceNovelty``."""

    def __init__(self, encoder: TextEncoder, trained: Trained) -> None:
        self._encoder = encoder
        self._trained = trained

    def encode(self, texts: list[str]) -> TextCodes:
        """Encode messages: the backbone's embeddings and their novelty."""
        codes = self._encoder.encode(texts)
        return replace(codes, novelty=_novelty(self._trained, codes.embedding))


def _novelty(trained: Trained, features: NDArray[np.float32]) -> NDArray[np.float32]:
    return trained.encode(torch.from_numpy(np.array(features, np.float32)))[1]
