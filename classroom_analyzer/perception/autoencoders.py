"""One autoencoder per modality: min ||x - g(f(x))||^2. The code f(x) is the latent, the error says how new x is.

Used by training and by analysis, so that both see the same modules. Weights travel as safetensors with a JSON card;
the card's ``novelty`` holds mean and standard deviation of the held-out errors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import load_card, load_tensors, tensor_shapes
from classroom_analyzer.perception.network_clock import network_call

__all__ = [
    "Autoencoder",
    "DenseAutoencoder",
    "FaceAutoencoder",
    "FeatureAutoencoder",
    "LogMelAutoencoder",
    "TrainedAutoencoder",
    "load_autoencoder",
    "load_feature_autoencoder",
]

MOST_FEATURES = 16_384  # larger than any backbone's; a card must not fill the memory


class Autoencoder(nn.Module):
    """An encoder, a decoder and the error between what goes in and what comes out."""

    encoder: nn.Module
    decoder: nn.Module

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Encode and reconstruct.

        Args:
            x: ``(batch, ...)`` float32 in the shape that the subclass names.

        Returns:
            Code ``(batch, code)`` and reconstruction in the shape of ``x``.
        """
        code = self.encoder(x)
        return code, self.decoder(code)

    def target(self, x: Tensor) -> Tensor:
        """Return what is to be reconstructed of ``x``: itself, in the unit in which errors are counted."""
        return x

    def errors(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return the code and the mean squared error of each row, ``(batch,)``."""
        code, again = self(x)
        return code, (again - self.target(x)).pow(2).flatten(1).mean(dim=1)


class DenseAutoencoder(Autoencoder):
    """For text: sentence embeddings ``(batch, 384)`` of unit length times sqrt(384), code 32."""

    def __init__(self, inputs: int = 384, hidden: int = 192, code: int = 32) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(inputs, hidden), nn.GELU(), nn.Linear(hidden, code))
        self.decoder = nn.Sequential(nn.Linear(code, hidden), nn.GELU(), nn.Linear(hidden, inputs))


class FeatureAutoencoder(DenseAutoencoder):
    """For the features of any backbone ``(batch, d)``: each is brought to mean 0 and spread 1 of the training rows.

    Errors are counted in that unit, so that features of large numbers do not drown the others. Sizes keep the
    proportions of the text autoencoder: half of ``d`` in between, a twelfth as code.
    """

    LEAST_CODE = 2
    LEAST_SPREAD = 0.1  # of the mean spread: a feature that hardly moved in training must not outweigh all others

    mean: Tensor
    spread: Tensor

    def __init__(self, inputs: int) -> None:
        super().__init__(inputs, max(inputs // 2, self.LEAST_CODE), max(inputs // 12, self.LEAST_CODE))
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("spread", torch.ones(inputs))

    @classmethod
    def for_rows(cls, rows: Tensor) -> FeatureAutoencoder:
        """Make a fresh network for features like these, ``(n, d)``."""
        net = cls(rows.shape[1])
        spread = rows.std(dim=0)
        net.mean = rows.mean(dim=0)
        net.spread = spread.clamp_min(cls.LEAST_SPREAD * float(spread.mean()) or 1.0)
        return net

    def target(self, x: Tensor) -> Tensor:
        """Return the features in the unit of errors."""
        return (x - self.mean) / self.spread

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return code and reconstruction of ``target(x)``."""
        return super().forward(self.target(x))


class LogMelAutoencoder(Autoencoder):
    """For sound: log-mel pictures ``(batch, 1, 64, 100)`` as ``audio.log_mel`` makes them, code 32."""

    def __init__(self, code: int = 32) -> None:
        super().__init__()
        sizes = ((64, 100), (32, 50), (16, 25), (8, 13), (4, 7))  # each half of the last, rounded up
        widths = (8, 16, 32, 48, 64)
        flat = widths[-1] * sizes[-1][0] * sizes[-1][1]
        down = [_conv(a, b, stride=2) for a, b in pairwise(widths)]
        self.encoder = nn.Sequential(_conv(1, widths[0]), *down, nn.Flatten(), nn.Linear(flat, code))
        up: list[nn.Module] = []
        for level in range(len(sizes) - 1, 0, -1):
            up += [nn.Upsample(sizes[level - 1]), _conv(widths[level], widths[level - 1])]
        self.decoder = nn.Sequential(
            nn.Linear(code, flat), nn.Unflatten(1, (widths[-1], *sizes[-1])), *up, nn.Conv2d(widths[0], 1, 3, padding=1)
        )


class FaceAutoencoder(Autoencoder):
    """For faces: crops ``(batch, 3, 64, 64)`` BGR in [-1, 1], code 64.

    The encoder is a small residual network (He and others 2016); about 30 million multiplications with the decoder.
    """

    def __init__(self, code: int = 64) -> None:
        super().__init__()
        widths = (8, 16, 32, 64, 96)  # at 64, 32, 16, 8 and 4 pixels
        down = [_Residual(a, b) for a, b in pairwise(widths)]
        flat = widths[-1] * 4 * 4
        self.encoder = nn.Sequential(_conv(3, widths[0]), *down, nn.Flatten(), nn.Linear(flat, code))
        up: list[nn.Module] = []
        for a, b in pairwise((96, 48, 32, 16, 8)):
            up += [nn.Upsample(scale_factor=2), _conv(a, b)]
        self.decoder = nn.Sequential(
            nn.Linear(code, flat), nn.Unflatten(1, (widths[-1], 4, 4)), *up, nn.Conv2d(8, 3, 3, padding=1)
        )


class _Residual(nn.Module):
    """Two convolutions and a shortcut; halves the picture."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = _conv(inputs, outputs, stride=2)
        self.second = nn.Sequential(nn.Conv2d(outputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride=2, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        """``(batch, inputs, h, w)`` to ``(batch, outputs, h/2, w/2)``."""
        return torch.relu(self.second(self.first(x)) + self.shortcut(x))


def _conv(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


Net = TypeVar("Net", bound=Autoencoder)


@dataclass(frozen=True, slots=True, eq=False)
class TrainedAutoencoder(Generic[Net]):
    """Weights and what is usual for them.

    Attributes:
        net: In evaluation mode, on its device.
        error_mean: Mean of the held-out reconstruction errors.
        error_std: Their standard deviation, above 0.
    """

    net: Net
    error_mean: float
    error_std: float

    @torch.inference_mode()
    def encode(self, x: Tensor) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Encode a batch.

        Args:
            x: ``(n, ...)`` float32 in the shape of the network's input, on any device.

        Returns:
            Codes ``(n, code) float32`` and novelty ``(n,) float32``, the z-score of the error.
        """
        with network_call():  # fetching counts: only then is a GPU waited for
            code, error = (part.float().cpu() for part in self.net.errors(x.to(next(self.net.parameters()).device)))
        novelty = (error - self.error_mean) / self.error_std
        return code.numpy(), novelty.numpy()


def load_autoencoder(path: Path, net: Net, device: str) -> TrainedAutoencoder[Net]:
    """Load weights into a network.

    Args:
        path: ``NAME.safetensors``; its card ``NAME.json`` lies beside it.
        net: Fresh network of the right class.
        device: Torch device.

    Raises:
        BadModelError: Weights or card are missing, damaged or of another network.
    """
    card = load_card(path)
    tensors = {name: torch.from_numpy(np.array(value)) for name, value in load_tensors(path).items()}
    try:
        net.load_state_dict(tensors)
    except RuntimeError as error:
        raise BadModelError(path, f"its layers are not those of a {type(net).__name__}; install it again") from error
    if any(tensors[name].is_floating_point() != value.is_floating_point() for name, value in net.state_dict().items()):
        raise BadModelError(path, "its weights are of another type than weights are; install it again")
    novelty = card.get("novelty")
    if not isinstance(novelty, dict) or not all(isinstance(novelty.get(k), float) for k in ("mean", "std")):
        raise BadModelError(path, "its card does not say how large its reconstruction errors usually are")
    if not (math.isfinite(novelty["mean"]) and math.isfinite(novelty["std"]) and novelty["std"] > 0):
        raise BadModelError(path, "its card gives reconstruction errors without any spread")
    return TrainedAutoencoder(net.eval().to(device), novelty["mean"], novelty["std"])


def load_feature_autoencoder(path: Path, device: str) -> TrainedAutoencoder[FeatureAutoencoder]:
    """Load the autoencoder of a backbone's features, of the size that its card names; else as ``load_autoencoder``."""
    inputs = load_card(path).get("features")
    if not isinstance(inputs, int) or not 1 <= inputs <= MOST_FEATURES:
        raise BadModelError(path, "its card does not say for how many features it is; train it again")
    if tensor_shapes(path).get("mean") != (inputs,):
        raise BadModelError(path, f"its card says {inputs} features and its weights are for others; train it again")
    return load_autoencoder(path, FeatureAutoencoder(inputs), device)
