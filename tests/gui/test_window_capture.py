"""The window of a call, read by Qt in a process of its own, on a virtual screen."""

from __future__ import annotations

import time

import numpy as np
import pytest

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.gui.window_capture import PORTAL_TITLE, capture_window, list_windows
from classroom_analyzer.sources.call_window import CallWindow, WindowReader, use_window_reader, window_reader
from classroom_analyzer.sources.camera_child import CameraChild
from classroom_analyzer.sources.shared_pictures import PictureChannel
from tests.rigs.mjpeg import wait_until
from tests.rigs.x_windows import COLOUR_BGR, SIZE_PX, WindowRig, announce, virtual_screen


@pytest.fixture(scope="module")
def screen():
    with virtual_screen(640, 480) as display:
        announce(display, [])  # a window manager is there
        yield display


@pytest.fixture
def channel():
    made = PictureChannel.create(rate_hz=4, max_pixels=640 * 480)
    yield made
    made.close()


def started(title: str, channel: PictureChannel) -> CameraChild:
    window = CameraChild(CallWindow(title), time.monotonic_ns(), channel, rate_hz=4, entry=capture_window)
    window.start()
    return window


@pytest.mark.parametrize("moving", [True, False])
def test_a_window_is_listed_by_its_title_and_its_pictures_come_whether_it_moves_or_not(screen, channel, moving):
    rig = WindowRig("Weekly lesson | Call", moving=moving)
    try:
        assert list_windows() == ("Weekly lesson | Call",)
        window = started("Weekly lesson", channel)
        try:
            wait_until(lambda: window.state is SourceState.OK, 15)
            time.sleep(1.5)
            frame = window.take()
            assert frame.image.shape == (SIZE_PX[1], SIZE_PX[0], 3)
            assert np.allclose(frame.image[100, 100], COLOUR_BGR, atol=25)
            assert window.state is SourceState.OK
            assert window.detail == ""
            assert not window.frozen
            assert channel.due.put_count >= 3
            rig.close()
            wait_until(lambda: window.state in (SourceState.LOST, SourceState.RETRY), 8)
            assert "call window" in window.detail
            assert "Weekly lesson" not in window.detail  # it stands in the lesson folder
        finally:
            assert window.stop()
    finally:
        rig.close()


def test_a_window_that_is_not_there_is_refused_by_name(screen, channel):
    window = started("No such window", channel)
    try:
        with pytest.raises(DeviceUnavailableError, match="no such window"):
            window.wait_open(15)
    finally:
        assert window.stop()


def test_without_a_display_there_are_no_windows(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert list_windows() == ()


def test_wayland_lets_the_person_choose(monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert list_windows() == (PORTAL_TITLE,)


def test_who_reads_windows_is_said_once_at_the_start(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.call_window._readers", [])
    with pytest.raises(DeviceUnavailableError, match="screen region"):
        window_reader()
    reader = WindowReader(capture_window, list_windows)
    use_window_reader(reader)
    assert window_reader() is reader
