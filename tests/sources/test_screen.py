from __future__ import annotations

import sys
import time

import numpy as np
import pytest

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.camera_child import CameraChild
from classroom_analyzer.sources.devices import list_screens
from classroom_analyzer.sources.screen import ScreenRegion
from classroom_analyzer.sources.shared_pictures import PictureChannel
from tests.rigs.mjpeg import wait_until
from tests.rigs.x_windows import virtual_screen

SIZE = (320, 240)


@pytest.fixture(scope="module")
def display():
    """A virtual screen of its own."""
    with virtual_screen(*SIZE):
        yield


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


def test_a_still_region_in_a_child_process_is_alive_and_analysed(display):
    channel = PictureChannel.create(rate_hz=4, max_pixels=100 * 100)
    screen = CameraChild(ScreenRegion(10, 20, 100, 50), time.monotonic_ns(), channel, rate_hz=4)
    screen.start()
    try:
        wait_until(lambda: screen.state is SourceState.OK, 10)
        time.sleep(2.3)
        assert not screen.frozen
        due = channel.due.put_count
        wait_until(lambda: channel.due.put_count > due, 1)
        assert screen.size == (100, 50)
        assert screen.detail == ""
    finally:
        assert screen.stop()
        channel.close()


def test_screens_are_listed_with_their_places(display):
    assert [(s.number, s.x, s.y, s.w, s.h) for s in list_screens()] == [(1, 0, 0, *SIZE)]


def test_without_a_display_there_are_no_screens(monkeypatch):
    if sys.platform != "linux":
        pytest.skip("other systems always have a screen")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert list_screens() == ()
