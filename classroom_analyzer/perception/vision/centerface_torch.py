"""CenterFace on the GPU: the same file and the same decoding as ``centerface``, run by torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx2torch
import torch
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.vision.centerface import decode, padded

__all__ = ["TorchCenterFaceDetector"]


class TorchCenterFaceDetector:
    """CenterFace on a torch device; half precision on CUDA.

    Args:
        path: ONNX file of the network.
        device: ``cuda``, ``cuda:0``, ``mps`` or ``cpu``.

    Raises:
        BadModelError: The file is not a network that can be converted.
    """

    def __init__(self, path: Path, device: str) -> None:
        self._device = torch.device(device)
        self._dtype = torch.float16 if self._device.type == "cuda" else torch.float32
        try:
            net = onnx2torch.convert(str(path))
        except (OSError, ValueError, NotImplementedError) as error:
            raise BadModelError(path, "it is not a readable ONNX network") from error
        self._net = net.to(self._device, self._dtype).eval().requires_grad_(False)

    def detect(self, image: NDArray[np.uint8]) -> list[Face]:
        """Find faces; see ``FaceDetector``."""
        return self.detect_batch([image])[0]

    def detect_batch(self, images: Sequence[NDArray[np.uint8]]) -> list[list[Face]]:
        """Find faces in several pictures at once.

        Args:
            images: Each ``(h, w, 3) uint8 BGR``, all of one size; at least one.

        Returns:
            Faces by picture.
        """
        stack = np.stack([padded(image) for image in images])[..., ::-1]  # RGB, as the network was published
        pixels = torch.from_numpy(np.ascontiguousarray(stack.transpose(0, 3, 1, 2)))
        with torch.inference_mode():
            maps = self._net(pixels.to(self._device).to(self._dtype))
        heat, log_size, offset, points = (part.float().cpu().numpy() for part in maps)
        return [decode(heat[i, 0], log_size[i], offset[i], points[i]) for i in range(len(images))]
