"""Finds the largest picture that a local camera delivers fast enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from classroom_analyzer.sources.opencv import cv2

__all__ = ["CameraMode", "VideoDevice", "choose_mode"]

SIZES_PX = ((3840, 2160), (2560, 1440), (1920, 1080), (1280, 720), (640, 480))
ENOUGH_HZ = 4.75  # 5 pictures per second, as well as it can be measured in a second
# Above full HD a faster rate only costs decoding: few pictures a second are analysed.
FAST_ENOUGH_HZ = 10.0
FAST_PIXELS = 1920 * 1080
WARM_UP_PICTURES = 3  # the first pictures of a mode come late
MEASURED_PICTURES = 6
MEASURE_WITHIN_S = 1.5


class VideoDevice(Protocol):
    """What is needed of ``cv2.VideoCapture``."""

    def set(self, property_id: int, value: float, /) -> bool:
        """Ask for a value."""
        ...

    def get(self, property_id: int, /) -> float:
        """The value in force."""
        ...

    def grab(self) -> bool:
        """Wait for the next picture."""
        ...


@dataclass(frozen=True, slots=True)
class CameraMode:
    """What a camera was set to.

    Attributes:
        width_px: Of a picture.
        height_px: Of a picture.
        rate_hz: As measured.
    """

    width_px: int
    height_px: int
    rate_hz: float


def choose_mode(
    device: VideoDevice, first: tuple[int, int] | None = None, clock_s: Callable[[], float] = time.monotonic
) -> CameraMode | None:
    """Set a camera to the largest size at which it delivers 5 pictures per second.

    Args:
        device: Opened camera.
        first: Size that is known to work; tried before all others.
        clock_s: Monotonic, seconds.

    Returns:
        The mode, or None when the camera delivers no picture in any.
    """
    # Over USB 2 only compressed pictures are large and fast at once.
    device.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
    tried: dict[tuple[int, int], float] = {}
    for size in (*((first,) if first is not None else ()), *SIZES_PX):
        mode = _tried(device, size, tried, clock_s)
        if mode is not None and mode.rate_hz >= ENOUGH_HZ:
            return mode
    fastest = max(tried, key=lambda size: tried[size], default=None)
    if fastest is None or tried[fastest] == 0:
        return None
    device.set(cv2.CAP_PROP_FRAME_WIDTH, fastest[0])
    device.set(cv2.CAP_PROP_FRAME_HEIGHT, fastest[1])
    return CameraMode(*fastest, tried[fastest])


def _tried(
    device: VideoDevice,
    size: tuple[int, int],
    tried: dict[tuple[int, int], float],
    clock_s: Callable[[], float],
) -> CameraMode | None:
    """Ask for a size; the mode that came of it, None where that was tried before."""
    device.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    device.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    if size[0] * size[1] > FAST_PIXELS:
        device.set(cv2.CAP_PROP_FPS, FAST_ENOUGH_HZ)
    real = (int(device.get(cv2.CAP_PROP_FRAME_WIDTH)), int(device.get(cv2.CAP_PROP_FRAME_HEIGHT)))
    if real in tried:
        return None
    tried[real] = _measured_hz(device, clock_s)
    return CameraMode(*real, tried[real])


def _measured_hz(device: VideoDevice, clock_s: Callable[[], float]) -> float:
    for _ in range(WARM_UP_PICTURES):
        if not device.grab():
            return 0.0
    began_s = clock_s()
    for count in range(1, MEASURED_PICTURES + 1):
        if not device.grab():
            return 0.0
        if clock_s() - began_s > MEASURE_WITHIN_S:
            return count / (clock_s() - began_s)
    return MEASURED_PICTURES / max(1e-3, clock_s() - began_s)
