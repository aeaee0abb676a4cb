"""What learns affect labels: a linear ordinal head on summed-up face codes, alone or with the face network below it.

Fine-tuning starts from a head that was trained on the frozen network, because random heads distort what the network
knows (Kumar and others 2022, LP-FT). Batch statistics of the network stay as they are: a batch here is a few people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from classroom_analyzer.perception.face_backbone import FacePictures
from classroom_analyzer.perception.vision.affect import LEVELS, STATES, STEADY
from classroom_analyzer.training.affect.data import ClipRows

__all__ = ["AffectNet", "FineTuneTask", "FineTuned", "HeadTask", "label_loss"]

LEAST_SCALE = 1e-4
ROWS_AT_ONCE = 512


class AffectNet(nn.Module):
    """The head: one weight vector per state, and three biases that fall by construction (CORAL: Cao et al. 2020).

    Args:
        windows: Training rows ``(n, 2 d) float32``; their mean and spread scale what comes in.
        share: ``(4, 3)`` shares of training rows with level >= 1, 2, 3; the biases start from them.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, windows: NDArray[np.float32], share: NDArray[np.float64]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(windows.mean(axis=0)))
        self.register_buffer("scale", torch.from_numpy(np.maximum(windows.std(axis=0), np.float32(LEAST_SCALE))))
        self.weight = nn.Parameter(torch.zeros(len(STATES), windows.shape[1]))
        start = torch.logit(torch.from_numpy(share).float(), eps=1e-3)
        falls = (start[:, :-1] - start[:, 1:]).clamp_min(1e-2)
        self.first_bias = nn.Parameter(start[:, :1].clone())
        self.raw_gaps = nn.Parameter(torch.log(torch.expm1(falls)))  # softplus gives the falls again

    @property
    def biases(self) -> Tensor:
        """``(4, 3)``, falling along the second axis."""
        first_fall, second_fall = functional.softplus(self.raw_gaps).chunk(2, dim=1)
        second = self.first_bias - first_fall
        return torch.cat([self.first_bias, second, second - second_fall], dim=1)

    def forward(self, windows: Tensor) -> Tensor:
        """Return logits ``(n, 4, 3)`` of P(level >= 1..3) for windows ``(n, 2 d)``."""
        scores = functional.linear((windows - self.mean) / self.scale, self.weight)
        return scores[:, :, None] + self.biases


class FineTuned(nn.Module):
    """A face network below the head.

    Args:
        backbone: ResNet of transformers, float32.
        pictures: How it wants crops.
        head: Trained on its frozen features.
    """

    def __init__(self, backbone: nn.Module, pictures: FacePictures, head: AffectNet) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = head
        self._pictures = pictures

    def train(self, mode: bool = True) -> FineTuned:
        """Switch mode; the batch statistics of the face network never move."""
        super().train(mode)
        for part in self.backbone.modules():
            if isinstance(part, nn.modules.batchnorm._BatchNorm):
                part.eval()
        return self

    def forward(self, clips: Sequence[NDArray[np.uint8]]) -> Tensor:
        """Return logits ``(len(clips), 4, 3)`` for crops of clips, each ``(t, 64, 64, 3) uint8 BGR``, its own t."""
        device = self.head.weight.device
        pictures = self._pictures(np.concatenate(list(clips))).to(device)
        codes = self.backbone(pixel_values=pictures).pooler_output.flatten(1).float()
        windows = [_pooled(part) for part in torch.split(codes, [len(clip) for clip in clips])]
        return cast(Tensor, self.head(torch.stack(windows)))


def label_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean binary cross-entropy of "level >= k", k = 1..3, over all states (Cao et al. 2020, equation 5).

    Args:
        logits: ``(n, 4, 3)``.
        labels: ``(n, 4) int64`` levels 0 to 3.
    """
    reached = labels[..., None] > torch.arange(LEVELS - 1, device=labels.device)
    return functional.binary_cross_entropy_with_logits(logits.float(), reached.float())


class HeadTask:
    """Learns the head from frozen features. A ``Task`` of the training loop.

    Args:
        net: On its device.
        windows: ``(n, 2 d) float32`` of all rows.
        rows: Labels and parts of the same rows.
    """

    def __init__(self, net: AffectNet, windows: NDArray[np.float32], rows: ClipRows) -> None:
        self.model: nn.Module = net
        device = net.weight.device
        train, held = rows.rows("train"), rows.rows("validation")
        self._windows, self._labels = (torch.from_numpy(part[train]).to(device) for part in (windows, rows.labels))
        self._held, self._held_labels = (torch.from_numpy(part[held]).to(device) for part in (windows, rows.labels))
        self.rows = len(train)

    def loss(self, picked: Tensor) -> Tensor:
        """Loss of some training rows."""
        at = picked.to(self._windows.device)
        return label_loss(self.model(self._windows[at]), self._labels[at])

    def held_out(self) -> float:
        """Loss of the validation rows."""
        logits = torch.cat([self.model(part) for part in torch.split(self._held, ROWS_AT_ONCE)])
        return float(label_loss(logits, self._held_labels))

    def show(self, writer: Any, epoch: int) -> None:
        """Log how the validation rows' probability of a high label is spread, by state."""
        high = torch.sigmoid(self.model(self._held)[..., 1])
        for number, state in enumerate(STATES):
            writer.add_histogram(f"high/{state}", high[:, number], epoch)


class FineTuneTask:
    """Learns head and face network together from crops. A ``Task`` of the training loop.

    Args:
        net: On its device.
        rows: Crops, labels and parts.
    """

    HELD_AT_ONCE = 8

    def __init__(self, net: FineTuned, rows: ClipRows) -> None:
        self.model: nn.Module = net
        self._data = rows
        self._train, self._held = rows.rows("train"), rows.rows("validation")
        self._device = net.head.weight.device
        self.rows = len(self._train)

    def loss(self, picked: Tensor) -> Tensor:
        """Loss of some training rows."""
        return label_loss(*self._forward(self._train[picked.numpy()]))

    def held_out(self) -> float:
        """Loss of the validation rows."""
        parts = [self._held[at : at + self.HELD_AT_ONCE] for at in range(0, len(self._held), self.HELD_AT_ONCE)]
        losses = [float(label_loss(*self._forward(part))) * len(part) for part in parts]
        return sum(losses) / len(self._held)

    def show(self, writer: Any, epoch: int) -> None:
        """Log nothing: pictures of people do not go into logs."""

    def _forward(self, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        crops = [np.asarray(self._data.arrays[row](), np.uint8) for row in rows]
        labels = torch.from_numpy(self._data.labels[rows]).to(self._device)
        return cast(Tensor, self.model(crops)), labels


def _pooled(codes: Tensor) -> Tensor:
    """As ``perception.vision.affect.pooled``, with gradients."""
    return torch.cat([codes.mean(dim=0), torch.sqrt(codes.var(dim=0, correction=0) + STEADY)])
