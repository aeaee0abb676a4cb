"""Captured pictures and sound are stamped by the monotonic clock: setting the clock or summer time changes nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from classroom_analyzer import sources

CAPTURE = (
    "camera", "camera_child", "camera_modes", "child_process", "frozen", "http_camera", "microphone_child", "portaudio",
    "pulse", "screen", "shared_pictures", "sound_input", "sound_timeline", "supervisor", "watch",
)  # fmt: skip
WALL = {"time", "time_ns", "now", "today", "localtime", "ctime", "gmtime", "strftime", "datetime"}


@pytest.mark.fault(12)
def test_capture_never_reads_the_wall_clock(record_property):
    for module in CAPTURE:
        tree = ast.parse((Path(sources.__file__).parent / f"{module}.py").read_text())
        asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not asked & WALL, module
    record_property("measured", f"none of the {len(CAPTURE)} modules of capture asks for the time of day")
