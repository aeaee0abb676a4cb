"""CenterFace on the GPU: the same file and the same decoding as ``centerface``, run by torch."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx2torch
import torch
from numpy.typing import NDArray
from onnx.checker import ValidationError

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.network_clock import network_call
from classroom_analyzer.perception.vision.centerface import FaceMaps, decode, padded, points_of

__all__ = ["TorchCenterFaceDetector"]

log = logging.getLogger(__name__)


class TorchCenterFaceDetector:
    """CenterFace on a torch device; half precision on CUDA.

    Args:
        path: ONNX file of the network.
        device: ``cuda``, ``cuda:0``, ``mps`` or ``cpu``.

    Raises:
        BadModelError: The file is not a network that can be converted.
    """

    def __init__(self, path: Path, device: str) -> None:
        try:
            self._net = onnx2torch.convert(str(path)).eval().requires_grad_(False)
        except (OSError, ValueError, NotImplementedError, ValidationError) as error:
            raise BadModelError(path, "it is not a readable ONNX network") from error
        self._move_to(torch.device(device))

    def _move_to(self, device: torch.device) -> None:
        self._device = device
        self._dtype = torch.float16 if device.type == "cuda" else torch.float32
        self._net = self._net.to(device, self._dtype)

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
        return [decode(maps) for maps in self.maps_batch(images)]

    def points(self, crops: NDArray[np.uint8]) -> list[NDArray[np.float32] | None]:
        """Find the points of the face in each crop; see ``PointFinder``."""
        maps = self.maps_batch(list(crops))
        return points_of(*(np.stack(parts) for parts in zip(*((m.heat[None], *m[1:]) for m in maps), strict=True)))

    def maps_batch(self, images: Sequence[NDArray[np.uint8]]) -> list[FaceMaps]:
        """Run the network; when the device's memory does not suffice, go on on the CPU from here on."""
        stack = np.stack([padded(image) for image in images])[..., ::-1]  # RGB, as in ``centerface``
        pixels = torch.from_numpy(np.ascontiguousarray(stack.transpose(0, 3, 1, 2)))
        try:
            maps = self._run(pixels)
        except torch.OutOfMemoryError:
            if self._device.type == "cpu":
                raise
            log.warning("the memory of %s does not suffice for face detection, it goes on on the CPU", self._device)
            self._move_to(torch.device("cpu"))
            maps = self._run(pixels)
        return [FaceMaps(heat[0], *rest) for heat, *rest in zip(*maps, strict=True)]

    def _run(self, pixels: torch.Tensor) -> list[NDArray[np.float32]]:
        # The way to the device and back counts: a GPU is waited for only when its results are fetched.
        with torch.inference_mode(), network_call():
            maps = [part.float().cpu() for part in self._net(pixels.to(self._device).to(self._dtype))]
        return [part.numpy() for part in maps]
