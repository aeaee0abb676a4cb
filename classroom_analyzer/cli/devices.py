"""``classroom-analyzer devices``: cameras and microphones that are there now."""

from __future__ import annotations

from dataclasses import asdict

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import print_json, print_line

__all__ = ["devices"]


def devices(as_json: Json = False) -> None:
    """List cameras and microphones."""
    from classroom_analyzer.sources.devices import list_cameras, list_microphones

    cameras, microphones = list_cameras(), list_microphones()
    if as_json:
        print_json({"cameras": [asdict(c) for c in cameras], "microphones": [asdict(m) for m in microphones]})
        return
    print_line("Cameras" if cameras else "Cameras: none found")
    for camera in cameras:
        print_line(f"  {camera.number}  {camera.name}")
    print_line("Microphones" if microphones else "Microphones: none found")
    for microphone in microphones:
        print_line(f"  {microphone.name}")
