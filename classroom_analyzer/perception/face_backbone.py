"""Residual networks in the Hugging Face layout as encoders of face crops, frozen here, trained on in ``training``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.backbones import Backbone, Warn, preprocessor_settings
from classroom_analyzer.perception.vision.encoder import FaceCodes

__all__ = ["FACE_KINDS", "FaceBackbone", "FacePictures"]

FACE_KINDS = frozenset({"resnet"})
IMAGENET_MEAN = (0.485, 0.456, 0.406)  # RGB
IMAGENET_STD = (0.229, 0.224, 0.225)
SIDE_PX = 224
CPU_FACES, DEVICE_FACES = 16, 256  # crops at once


class FacePictures:
    """Turns face crops into what a network was pretrained on.

    Args:
        folder: preprocessor_config.json there may name size, mean and spread (default: ImageNet's, 224 pixels).

    Raises:
        BadModelError: That file is damaged.
    """

    def __init__(self, folder: Path) -> None:
        settings = preprocessor_settings(folder)
        self._side_px = _side_px(settings.get("size"), SIDE_PX)
        self._mean = _rgb(folder, settings.get("image_mean", IMAGENET_MEAN))
        self._std = _rgb(folder, settings.get("image_std", IMAGENET_STD))

    def __call__(self, crops: NDArray[np.uint8]) -> Tensor:
        """``(n, 64, 64, 3) uint8 BGR`` to ``(n, 3, side, side) float32`` RGB, normalised."""
        rgb = torch.from_numpy(np.ascontiguousarray(crops[..., ::-1])).permute(0, 3, 1, 2).float() / 255
        side = (self._side_px, self._side_px)
        pictures = torch.nn.functional.interpolate(rgb, side, mode="bilinear", align_corners=False, antialias=True)
        # Channels first in memory, too: else oneDNN's backward pass (torch 2.13, CPU) writes past its buffers.
        return ((pictures - self._mean) / self._std).contiguous()


class FaceBackbone:
    """A residual network's pooled features of a face crop. Implements ``FaceEncoder``.

    Args:
        folder: ResNet.
        device: Torch device.
        warn: As for ``Backbone``.

    Raises:
        BadModelError: The folder must not be used.
    """

    def __init__(self, folder: Path, device: str, warn: Warn | None = None) -> None:
        self._backbone = Backbone(folder, FACE_KINDS, device, warn)
        self._pictures = FacePictures(folder)

    def encode(self, crops: NDArray[np.uint8]) -> FaceCodes:
        """Encode crops ``(n, 64, 64, 3) uint8 BGR``, some at a time, so that any n fits into memory."""
        size = CPU_FACES if self._backbone.device.type == "cpu" else DEVICE_FACES
        parts = [self._forward(self._pictures(crops[at : at + size])) for at in range(0, len(crops), size)]
        return FaceCodes(np.concatenate(parts), None)

    def _forward(self, pictures: Tensor) -> NDArray[np.float32]:
        def job(model: Any, device: torch.device, dtype: torch.dtype) -> Tensor:
            pooled: Tensor = model(pixel_values=pictures.to(device, dtype)).pooler_output
            return pooled.flatten(1).float().cpu()

        return np.asarray(self._backbone.run(job).numpy(), np.float32)


def _side_px(size: Any, default: int) -> int:
    """``size`` is a number, or names ``shortest_edge`` or ``height``."""
    if isinstance(size, dict):
        size = size.get("shortest_edge", size.get("height"))
    return int(size) if isinstance(size, int) and 32 <= size <= 1024 else default


def _rgb(folder: Path, values: Any) -> Tensor:
    try:
        return torch.tensor([float(v) for v in values]).reshape(1, 3, 1, 1)
    except (TypeError, ValueError, RuntimeError) as error:
        raise BadModelError(folder, "its preprocessor_config.json does not give three colour values") from error
