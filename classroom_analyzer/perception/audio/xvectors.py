"""A teacher's voice by a speaker network of the user's own: x-vectors (Snyder and others 2018), WavLM or wav2vec 2.0.

A stretch's score is the cosine between its vector and the mean vector of the enrolment. Vectors stay in memory for one
lesson. No such network travels with the program, so how well it does is not measured here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.perception.backbones import Backbone

__all__ = ["XVECTOR_KINDS", "XVectorNetwork", "XVectorVoice"]

XVECTOR_KINDS = frozenset({"wavlm", "wav2vec2", "unispeech-sat"})
SHORTEST_SAMPLES = 16_000  # shorter stretches repeat themselves: the network's time context would not be filled
# A stretch is the teacher's when it is no further from the enrolment than this below its own stretches' mean cosine.
SLACK = 0.2


class XVectorNetwork:
    """Turns speech into speaker vectors.

    Args:
        folder: ``WavLMForXVector`` and its like in the Hugging Face layout.
        device: Torch device.
        warn: Told in one sentence when the network has to move to the CPU.

    Raises:
        BadModelError: The folder must not be used.
    """

    def __init__(self, folder: Path, device: str, warn: Callable[[str], None] | None = None) -> None:
        self._backbone = Backbone(folder, XVECTOR_KINDS, device, warn, auto_class="AutoModelForAudioXVector")

    def vector(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Speaker vector of unit length, ``(d,) float32``, of ``(n, 512) float32`` speech at 16 kHz."""
        flat = np.resize(frames.ravel(), max(frames.size, SHORTEST_SAMPLES)).astype(np.float32)
        sound = torch.from_numpy((flat - flat.mean()) / np.sqrt(flat.var() + 1e-7))

        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            vector: Tensor = model(sound.to(device, dtype).unsqueeze(0)).embeddings
            return torch.nn.functional.normalize(vector.float(), dim=-1)[0].cpu()

        return np.asarray(self._backbone.run(job).numpy(), np.float32)


class XVectorVoice:
    """One enrolled voice; ``VoiceScorer``.

    Args:
        network: Makes the vectors.
        stretches: The teacher alone, ``(n, 512) float32`` each.
    """

    def __init__(self, network: XVectorNetwork, stretches: Sequence[NDArray[np.float32]]) -> None:
        vectors = np.stack([network.vector(frames) for frames in stretches])
        total = vectors.sum(axis=0)
        # Each stretch against the mean of the others, so that it does not recognise itself.
        others = total - vectors
        own = (vectors * others).sum(axis=1) / np.maximum(np.linalg.norm(others, axis=1), 1e-9)
        self._network = network
        self._mean = np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)
        self.line = float(own.mean()) - SLACK

    def score(self, frames: NDArray[np.float32]) -> float:
        """Cosine between a stretch and the enrolment."""
        return float(self._network.vector(frames) @ self._mean)

    def forget(self) -> None:
        """Overwrite the enrolment."""
        self._mean.fill(0)
