"""Cameras by number, name or address, and video files played at their own pace, all through OpenCV."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import MAX_PIXELS
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.devices import list_cameras
from classroom_analyzer.sources.opencv import cv2

__all__ = ["Camera"]

OPEN_TIMEOUT_MS = 3000
READ_TIMEOUT_MS = 2000  # without it a stalled stream blocks for 30 s
LATE_S = 0.2  # a file that is further behind its own time skips pictures


class Camera:
    """One camera; a ``PictureDevice``.

    Args:
        address: Number, device name, ``http://`` or ``rtsp://`` address, or path of a video file.
    """

    def __init__(self, address: int | str) -> None:
        self._address: int | str = int(address) if isinstance(address, str) and address.isdecimal() else address
        self._capture: cv2.VideoCapture | None = None
        self._file_began_s: float | None = None
        self._ended = False

    @property
    def name(self) -> str:
        """As the user named it."""
        return f"camera {self._address}" if isinstance(self._address, int) else self._address

    @property
    def ended(self) -> bool:
        """Whether a file was played to its end."""
        return self._ended

    def open(self) -> None:
        """Open the camera; blocks for about 3 s at most where the address is a stream.

        Raises:
            DeviceUnavailableError: Nothing answers there.
        """
        self.close()
        is_file = isinstance(self._address, str) and "://" not in self._address and Path(self._address).is_file()
        if is_file or (isinstance(self._address, str) and "://" in self._address):
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS]
            capture = cv2.VideoCapture(str(self._address), cv2.CAP_FFMPEG, limits)
        else:
            capture = cv2.VideoCapture(self._device_number())
        if not capture.isOpened():
            capture.release()
            reason = "nothing answers there" if isinstance(self._address, str) else "no such camera, or it is in use"
            raise DeviceUnavailableError(self.name, reason, tuple(c.name for c in list_cameras()))
        self._capture = capture
        self._file_began_s = time.monotonic() if is_file else None

    def read(self) -> NDArray[np.uint8] | None:
        """Wait for the next picture.

        Returns:
            ``(height, width, 3) uint8 BGR``; None after 2 s without one, at the end, or when a picture is too large.
        """
        if self._capture is None:
            return None
        if not self._grab():
            self._ended = self._file_began_s is not None
            return None
        good, image = self._capture.retrieve()
        if not good or image is None or image.shape[0] * image.shape[1] > MAX_PIXELS:
            return None
        colour = image if image.ndim == 3 else cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        return np.asarray(colour, dtype=np.uint8)

    def close(self) -> None:
        """Let go of the camera."""
        if self._capture is not None:
            self._capture.release()
        self._capture = None

    def _grab(self) -> bool:
        """Take the next picture; of a file the one that is due now."""
        while self._capture is not None and self._capture.grab():
            if self._file_began_s is None:
                return True
            due_s = self._file_began_s + self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
            ahead_s = due_s - time.monotonic()
            if ahead_s > -LATE_S:
                time.sleep(max(0.0, ahead_s))
                return True
        return False

    def _device_number(self) -> int:
        if isinstance(self._address, int):
            return self._address
        cameras = list_cameras()
        for camera in cameras:
            if camera.name == self._address:
                return camera.number
        raise DeviceUnavailableError(self.name, "there is no such camera", tuple(c.name for c in cameras))
