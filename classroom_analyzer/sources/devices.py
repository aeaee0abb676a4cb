"""Lists cameras and microphones by the names people know."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CameraDevice", "MicrophoneDevice", "list_cameras", "list_microphones"]

V4L2_FOLDER = Path("/sys/class/video4linux")
NUMBERS_TO_TRY = 4  # where the system has no list of cameras


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """A camera.

    Attributes:
        number: What ``Camera`` takes.
        name: As the system calls it.
    """

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class MicrophoneDevice:
    """A microphone.

    Attributes:
        name: What ``MicrophoneThread`` takes.
        host: Sound system it belongs to, such as ``ALSA``.
        channels: How many it has.
        is_default: Whether it is used when none is named.
    """

    name: str
    host: str
    channels: int
    is_default: bool


def list_cameras(folder: Path = V4L2_FOLDER) -> tuple[CameraDevice, ...]:
    """Cameras that are there now.

    Args:
        folder: Where Linux lists them; elsewhere the first numbers are tried one by one.
    """
    if sys.platform != "linux":
        return _try_numbers()
    found = []
    for entry in sorted(folder.glob("video*")) if folder.is_dir() else ():
        number = entry.name.removeprefix("video")
        try:
            # A camera has further nodes, for its metadata; index 0 is the picture.
            is_picture = (entry / "index").read_text().strip() == "0"
            name = (entry / "name").read_text().strip()
        except OSError:
            continue
        if number.isdecimal() and is_picture:
            found.append(CameraDevice(int(number), name or f"camera {number}"))
    return tuple(sorted(found, key=lambda camera: camera.number))


def list_microphones() -> tuple[MicrophoneDevice, ...]:
    """Microphones that are there now; while one is in use, those that were there when it was opened.

    Raises:
        DeviceUnavailableError: The library PortAudio is missing.
    """
    from classroom_analyzer.sources.portaudio import PortAudioLease, sounddevice

    PortAudioLease.fresh()
    default_number = sounddevice.default.device[0]
    hosts = sounddevice.query_hostapis()
    return tuple(
        MicrophoneDevice(
            device["name"],
            hosts[device["hostapi"]]["name"],
            device["max_input_channels"],
            device["index"] == default_number,
        )
        for device in sounddevice.query_devices()
        if device["max_input_channels"] > 0
    )


def _try_numbers() -> tuple[CameraDevice, ...]:
    from classroom_analyzer.sources.opencv import cv2

    found = []
    for number in range(NUMBERS_TO_TRY):
        capture = cv2.VideoCapture(number)
        if capture.isOpened():
            found.append(CameraDevice(number, f"camera {number}"))
        capture.release()
    return tuple(found)
