"""Cameras by number, name or address, and video files played at their own pace."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import MAX_PIXELS
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.camera_modes import CameraMode, choose_mode
from classroom_analyzer.sources.devices import camera_help, list_cameras
from classroom_analyzer.sources.http_camera import HttpPictures, NoJpegStreamError, public_address
from classroom_analyzer.sources.opencv import cv2

__all__ = ["Camera"]

OPEN_TIMEOUT_MS = 3000
READ_TIMEOUT_MS = 2000  # without it a stalled stream blocks for 30 s
LATE_S = 0.2  # a file that is further behind its own time skips pictures
V4L2_TIMEOUT_S = "2"


class Camera:
    """One camera; a ``PictureDevice``.

    Args:
        address: Number, device name, ``http://`` or ``rtsp://`` address, or path of a video file.

    Attributes:
        size_hint: Size of a picture that is known to work; a local camera tries it first.
    """

    def __init__(self, address: int | str) -> None:
        self.size_hint: tuple[int, int] | None = None
        self._address: int | str = int(address) if isinstance(address, str) and address.isdecimal() else address
        self._capture: cv2.VideoCapture | None = None
        self._http: HttpPictures | None = None
        self._mode: CameraMode | None = None
        self._file_began_s: float | None = None
        self._taken_ns = 0
        self._skipped = 0
        self._ended = False

    @property
    def name(self) -> str:
        """As the user named it, without a password."""
        return f"camera {self._address}" if isinstance(self._address, int) else public_address(self._address)

    @property
    def ended(self) -> bool:
        """Whether a file was played to its end."""
        return self._ended

    @property
    def may_be_still(self) -> bool:
        """A file may, a camera has noise."""
        return self._is_file

    @property
    def taken_ns(self) -> int:
        """When the newest picture arrived, ``time.monotonic_ns``."""
        return self._taken_ns if self._http is None else self._http.taken_ns

    @property
    def skipped(self) -> int:
        """Pictures of a network camera that were passed over for newer ones."""
        return self._skipped if self._http is None else self._http.skipped

    @property
    def mode(self) -> CameraMode | None:
        """Size and rate of an opened local camera."""
        return self._mode

    def open(self) -> None:
        """Open the camera; a local one is set to its largest picture that holds 5 per second.

        Raises:
            DeviceUnavailableError: Nothing answers there.
        """
        self.close()
        if isinstance(self._address, str) and self._address.startswith(("http://", "https://")):
            try:
                self._http = HttpPictures(self._address)
            except NoJpegStreamError:
                self._capture = self._opened_stream()
        elif self._is_file or (isinstance(self._address, str) and "://" in self._address):
            self._capture = self._opened_stream()
            self._file_began_s = time.monotonic() if self._is_file else None
        else:
            self._capture = self._opened_device(self._device_number())

    def read(self) -> NDArray[np.uint8] | None:
        """Wait for the next picture.

        Returns:
            ``(height, width, 3) uint8 BGR``; None after 2 s without one, at the end, or when a picture is too large.
        """
        if self._http is not None:
            return self._http.read()
        if self._capture is None:
            return None
        if not self._grab():
            self._ended = self._file_began_s is not None
            return None
        self._taken_ns = time.monotonic_ns()
        good, image = self._capture.retrieve()
        if not good or image is None or image.shape[0] * image.shape[1] > MAX_PIXELS:
            return None
        colour = image if image.ndim == 3 else cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        return np.asarray(colour, dtype=np.uint8)

    def close(self) -> None:
        """Let go of the camera."""
        if self._capture is not None:
            self._capture.release()
        if self._http is not None:
            self._http.close()
        self._capture = self._http = None

    @property
    def _is_file(self) -> bool:
        return isinstance(self._address, str) and "://" not in self._address and Path(self._address).is_file()

    def _opened_stream(self) -> cv2.VideoCapture:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS]
        if not self._is_file:  # decoding on several threads holds pictures back
            limits += [cv2.CAP_PROP_N_THREADS, 1]
        capture = cv2.VideoCapture(str(self._address), cv2.CAP_FFMPEG, limits)
        if capture.isOpened():
            return capture
        capture.release()
        reason = "this is no video that can be played" if self._is_file else "nothing answers there"
        raise DeviceUnavailableError(self.name, reason, tuple(c.name for c in list_cameras()))

    def _opened_device(self, number: int) -> cv2.VideoCapture:
        os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", V4L2_TIMEOUT_S)
        system = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
        capture = cv2.VideoCapture(number, system.get(sys.platform, cv2.CAP_ANY))
        self._mode = choose_mode(capture, self.size_hint) if capture.isOpened() else None
        if self._mode is not None:
            return capture
        capture.release()
        raise DeviceUnavailableError(self.name, camera_help(number), tuple(c.name for c in list_cameras()))

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
            self._skipped += 1
        return False

    def _device_number(self) -> int:
        """The number that the camera has now; another camera is never taken in its place.

        Raises:
            DeviceUnavailableError: No camera or more than one has that name.
        """
        if isinstance(self._address, int):
            return self._address
        cameras = list_cameras()
        numbers = [camera.number for camera in cameras if camera.name == self._address]
        if len(numbers) == 1:
            return numbers[0]
        reason = "several cameras have this name; choose one by number" if numbers else "there is no such camera"
        raise DeviceUnavailableError(self.name, reason, tuple(c.name for c in cameras))
