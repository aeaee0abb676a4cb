from __future__ import annotations

import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.screen import ScreenRegion

SIZE = (320, 240)


@pytest.fixture(scope="module")
def display():
    """A virtual screen of its own."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read_fd, write_fd = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_fd), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"],
        pass_fds=[write_fd],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_fd)
    with os.fdopen(read_fd) as pipe:
        number = pipe.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", f":{number}")
        yield
    server.terminate()
    server.wait()


def test_a_region_of_the_screen_is_read_like_a_camera(display):
    screen = ScreenRegion(10, 20, 100, 50)
    screen.open()
    try:
        image = screen.read()
        assert image.shape == (50, 100, 3)
        assert image.dtype == np.uint8
        assert not screen.ended
    finally:
        screen.close()
    assert screen.read() is None


def test_a_region_over_the_edge_is_refused(display):
    with pytest.raises(DeviceUnavailableError, match="320 x 240"):
        ScreenRegion(300, 0, 100, 100).open()


def test_without_a_screen_it_says_so(monkeypatch):
    if sys.platform != "linux":
        pytest.skip("other systems always have a screen")
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(DeviceUnavailableError, match="no screen"):
        ScreenRegion(0, 0, 10, 10).open()
