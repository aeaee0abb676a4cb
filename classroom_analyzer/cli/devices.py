"""``classroom-analyzer devices``: cameras, microphones, sound of calls, screens and windows that are there now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import notice, print_json, print_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom_analyzer.app.device_list import DeviceList
    from classroom_analyzer.sources.devices import CameraDevice, MicrophoneDevice

__all__ = ["devices"]


def devices(
    context: typer.Context,
    modes: Annotated[
        bool, typer.Option("--modes", help="Open each camera for some seconds and say its largest fast picture.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List cameras, microphones, sound of calls, screens and windows, as the options of live take them."""
    from classroom_analyzer.app.device_list import list_devices

    found = list_devices(modes=modes, windows=context.obj.list_windows())
    if as_json:
        print_json(found.to_json())
        return
    _print("Cameras (--camera)", [_camera(camera, found) for camera in found.cameras])
    _print("Microphones (--mic)", [_sound(one) for one in found.microphones])
    _print("Sound of calls (--call-sound)", [_sound(one) for one in found.call_sounds])
    _print("Screens (--screen)", [f"{one.x},{one.y},{one.w},{one.h}" for one in found.screens])
    _print("Windows (live lesson in the window of this program)", found.windows)
    for problem in found.problems:
        notice(problem)


def _print(headline: str, lines: Sequence[str]) -> None:
    print_line(headline if lines else f"{headline}: none found")
    for line in lines:
        print_line(f"  {line}")


def _camera(camera: CameraDevice, found: DeviceList) -> str:
    if camera.number not in found.modes:
        return f"{camera.number}  {camera.name}"
    mode = found.modes[camera.number]
    if mode is None:
        return f"{camera.number}  {camera.name}: gives no picture"
    return f"{camera.number}  {camera.name}: {mode.width_px} x {mode.height_px}, {mode.rate_hz:.0f} a second"


def _sound(one: MicrophoneDevice) -> str:
    notes = [note for note, holds in (("default", one.is_default), ("muted", one.muted)) if holds]
    return f"{one.name} ({', '.join(notes)})" if notes else one.name
