"""Lists cameras, microphones, sound of calls and screens by the names people know, and says what keeps one away."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.child_process import ChildFailed, ChildLink, ChildProcess, quiet_libraries

if TYPE_CHECKING:
    from classroom_analyzer.sources.pulse import PulseSource

__all__ = [
    "CameraDevice",
    "MicrophoneDevice",
    "ScreenDevice",
    "call_sound_help",
    "camera_help",
    "list_call_sounds",
    "list_cameras",
    "list_microphones",
    "list_screens",
    "microphone_help",
]

V4L2_FOLDER = Path("/sys/class/video4linux")
DEVICE_FOLDER = Path("/dev")
NUMBERS_TO_TRY = 4  # where the system has no list of cameras
LIST_WITHIN_S = 8.0  # a sound system that hangs is given up after
PULSE = "PulseAudio"  # PipeWire speaks it too
# Windows offers each microphone through several systems; the newest is taken, so that a name means one device.
PREFERRED_HOSTS = ("Windows WASAPI", "Core Audio", "ALSA")
LOOPBACK_MARK = "[Loopback]"


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
    """A microphone, or an output whose sound can be recorded.

    Attributes:
        name: What ``MicrophoneChild`` takes.
        host: Sound system it belongs to, such as ``ALSA``.
        channels: How many it has.
        is_default: Whether it is used when none is named.
        key: Name inside the sound system; empty where that has none.
        muted: Whether it is switched off in the sound system, where that is known.
    """

    name: str
    host: str
    channels: int
    is_default: bool
    key: str = ""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class ScreenDevice:
    """A screen.

    Attributes:
        number: From 1.
        x: Left edge, pixels of all screens joined; what ``ScreenRegion`` takes.
        y: Top edge.
        w: Width.
        h: Height.
    """

    number: int
    x: int
    y: int
    w: int
    h: int


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


def camera_help(number: int, folder: Path = DEVICE_FOLDER) -> str:
    """Why a local camera that cannot be opened may be out of reach, and what to do; one clause."""
    if sys.platform == "darwin":
        return (
            "it is used by another program, or macOS blocks the camera: open System Settings > Privacy & Security > "
            "Camera and switch on Classroom Analyzer or the terminal it was started from"
        )
    if sys.platform == "win32":
        return (
            "it is used by another program, or Windows blocks the camera: open Settings > Privacy & security > Camera "
            "and let desktop apps use it"
        )
    node = folder / f"video{number}"
    if not node.exists():
        return "no such camera is plugged in"
    if not os.access(node, os.R_OK | os.W_OK):
        return "this account may not use cameras; run: sudo usermod -aG video $USER, then log in again"
    return "another program is using it, or it gives no picture; close that program or choose another camera"


def list_microphones() -> tuple[MicrophoneDevice, ...]:
    """Microphones that are there now.

    Raises:
        DeviceUnavailableError: The library PortAudio is missing, or the sound system hangs.
    """
    from classroom_analyzer.sources.pulse import list_pulse_sources

    sources = list_pulse_sources()
    if sources is None:
        return tuple(device for device in _portaudio_inputs() if LOOPBACK_MARK not in device.name)
    return _named(sources, lambda source: source.monitor_of is None or source.is_default)


def list_call_sounds() -> tuple[MicrophoneDevice, ...]:
    """Outputs whose sound, that of a call for instance, can be recorded; see ``call_sound_help`` when there is none.

    Raises:
        DeviceUnavailableError: The library PortAudio is missing, or the sound system hangs.
    """
    from classroom_analyzer.sources.pulse import list_pulse_sources

    sources = list_pulse_sources()
    if sources is None:
        return tuple(device for device in _portaudio_inputs() if LOOPBACK_MARK in device.name)
    return _named(sources, lambda source: source.monitor_of is not None)


def call_sound_help() -> str:
    """What is needed to record the sound of a call here, one sentence."""
    if sys.platform == "darwin":
        return (
            "macOS gives no program the sound of another: install a virtual sound device such as BlackHole, let the "
            "call play into it, and choose it here as a microphone."
        )
    if sys.platform == "win32":
        return (
            "This installation's sound library offers no recording of what Windows plays: switch on Stereo Mix under "
            "Settings > System > Sound > More sound settings > Recording, or install a virtual sound cable."
        )
    return "The sound of a call can be recorded where PulseAudio or PipeWire with pipewire-pulse runs."


def microphone_help() -> str:
    """What may keep a microphone away, and what to do; one clause."""
    if sys.platform == "darwin":
        return (
            "open System Settings > Privacy & Security > Microphone and switch on Classroom Analyzer or the terminal "
            "it was started from"
        )
    if sys.platform == "win32":
        return "open Settings > Privacy & security > Microphone and let desktop apps use it"
    return "look whether it is plugged in and switched on in the system's sound settings"


def list_screens() -> tuple[ScreenDevice, ...]:
    """Screens that can be read; none where there is no display, or where the system lets only windows be chosen."""
    import mss
    import mss.exception

    try:
        with mss.MSS() as grabber:
            screens = grabber.monitors[1:]
    except mss.exception.ScreenShotError:
        return ()
    return tuple(
        ScreenDevice(number, screen["left"], screen["top"], screen["width"], screen["height"])
        for number, screen in enumerate(screens, start=1)
    )


def _named(sources: tuple[PulseSource, ...], is_wanted: Callable[[PulseSource], bool]) -> tuple[MicrophoneDevice, ...]:
    return tuple(
        MicrophoneDevice(
            source.label_among(sources), PULSE, source.channels, source.is_default, source.key, source.muted
        )
        for source in sources
        if is_wanted(source)
    )


def _portaudio_inputs() -> tuple[MicrophoneDevice, ...]:
    """Inputs as PortAudio sees them, listed in a fresh process: its list is frozen, and it may hang."""
    child = ChildProcess(send_portaudio_inputs, (), "list of microphones")
    child.start()
    answer = child.receive(LIST_WITHIN_S)
    child.stop()
    if isinstance(answer, ChildFailed):
        raise answer.error
    if not isinstance(answer, tuple):
        raise DeviceUnavailableError("microphone", "the sound system does not answer")
    return answer


def send_portaudio_inputs(link: ChildLink) -> None:
    """What that process runs."""
    quiet_libraries()
    from classroom_analyzer.sources.portaudio import inputs

    link.send(inputs())


def _try_numbers() -> tuple[CameraDevice, ...]:
    from classroom_analyzer.sources.opencv import cv2

    found = []
    for number in range(NUMBERS_TO_TRY):
        capture = cv2.VideoCapture(number)
        if capture.isOpened():
            found.append(CameraDevice(number, f"camera {number}"))
        capture.release()
    return tuple(found)
