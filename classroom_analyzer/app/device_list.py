"""Cameras, microphones, sound of calls, screens and windows that are there now, and what keeps one away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom_analyzer.errors import DeviceUnavailableError

if TYPE_CHECKING:
    from classroom_analyzer.sources.camera_modes import CameraMode
    from classroom_analyzer.sources.child_process import ChildLink
    from classroom_analyzer.sources.devices import CameraDevice, MicrophoneDevice, ScreenDevice

__all__ = ["DeviceList", "list_devices", "send_camera_mode"]

MODE_WITHIN_S = 20.0  # sizes are tried one after the other


@dataclass(frozen=True, slots=True)
class DeviceList:
    """What is there.

    Attributes:
        cameras: Cameras of this machine.
        modes: By camera number, the largest picture that it holds at five a second; None where it gives none. Empty
            where nobody asked for it.
        microphones: Microphones.
        call_sounds: Outputs whose sound can be recorded.
        screens: Screens that can be read.
        windows: Titles of windows that can be looked at.
        problems: Why a list is empty, one sentence each.
    """

    cameras: tuple[CameraDevice, ...]
    modes: dict[int, CameraMode | None]
    microphones: tuple[MicrophoneDevice, ...]
    call_sounds: tuple[MicrophoneDevice, ...]
    screens: tuple[ScreenDevice, ...]
    windows: tuple[str, ...]
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the document of ``devices --json``."""
        cameras = [asdict(camera) for camera in self.cameras]
        for camera in cameras:
            if self.modes:
                mode = self.modes.get(camera["number"])
                camera["mode"] = asdict(mode) if mode is not None else None
        return {
            "cameras": cameras,
            "microphones": [asdict(one) for one in self.microphones],
            "call_sounds": [asdict(one) for one in self.call_sounds],
            "screens": [asdict(one) for one in self.screens],
            "windows": list(self.windows),
            "problems": list(self.problems),
        }


def list_devices(*, modes: bool = False, windows: tuple[str, ...] = ()) -> DeviceList:
    """Look at what is there; a list that cannot be made is empty, with the reason.

    Args:
        modes: Open each camera and see at which size it holds five pictures a second; its lamp is lit meanwhile.
        windows: Titles of windows that can be looked at.
    """
    from classroom_analyzer.sources import devices

    problems: list[str] = []
    microphones: tuple[MicrophoneDevice, ...] = ()
    call_sounds: tuple[MicrophoneDevice, ...] = ()
    try:
        microphones, call_sounds = devices.list_microphones(), devices.list_call_sounds()
    except DeviceUnavailableError as error:
        problems.append(str(error))
    else:
        if not call_sounds:
            problems.append(devices.call_sound_help())
    cameras = devices.list_cameras()
    return DeviceList(
        cameras,
        {camera.number: _mode(camera.number) for camera in cameras} if modes else {},
        microphones,
        call_sounds,
        devices.list_screens(),
        windows,
        tuple(problems),
    )


def send_camera_mode(link: ChildLink, number: int) -> None:
    """What the process runs that opens a camera: it may hang in the camera's driver."""
    from classroom_analyzer.sources.camera import Camera

    camera = Camera(number)
    camera.open()
    link.send(camera.mode)
    camera.close()


def _mode(number: int) -> CameraMode | None:
    from classroom_analyzer.sources.camera_modes import CameraMode
    from classroom_analyzer.sources.child_process import ChildProcess

    child = ChildProcess(send_camera_mode, (number,), f"mode of camera {number}")
    child.start()
    answer = child.receive(MODE_WITHIN_S)
    child.stop()
    return answer if isinstance(answer, CameraMode) else None
