"""Which device a live lesson opens for what was named."""

from __future__ import annotations

import time
from threading import Timer

import numpy as np
import pytest

from classroom_analyzer.app.choices import live_sources
from classroom_analyzer.app.live_devices import LiveDevices
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.domain.setup import LiveChoice, PictureChoice
from classroom_analyzer.errors import DeviceUnavailableError, StoppedByUserError
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.sources import call_window
from classroom_analyzer.sources.call_window import CallWindow, WindowReader, use_window_reader
from classroom_analyzer.sources.child_process import ChildLink
from classroom_analyzer.sources.shared_pictures import ChannelHandle, PictureChannel
from classroom_analyzer.sources.supervisor import Opened
from tests.rigs.mjpeg import wait_until


def show_title_length(link: ChildLink, window: CallWindow, origin_ns: int, handle: ChannelHandle) -> None:
    """In place of what reads windows: grey pictures, as bright as the title is long."""
    from classroom_analyzer.sources.camera_child import PicturePump

    link.send(Opened())
    pump = PicturePump(link, PictureChannel.attach(handle), origin_ns, may_be_still=True)
    while not link.wait_stop(0.05):
        pump.put(time.monotonic_ns(), np.full((4, 4, 3), len(window.title), np.uint8))


@pytest.fixture
def devices(monkeypatch) -> LiveDevices:
    monkeypatch.setattr(call_window, "_readers", [])
    choice = LiveChoice(PictureChoice.from_text("window:Weekly call"))
    return LiveDevices(live_sources(choice), frozenset({Modality.VISION}))


def test_a_chosen_window_is_read_by_who_said_that_it_reads_windows(devices):
    use_window_reader(WindowReader(show_title_length, tuple))
    channel = PictureChannel.create(rate_hz=4, max_pixels=100)
    pictures = devices.feeds(LessonClock(), channel, 4.0).pictures
    pictures.start()
    try:
        wait_until(lambda: pictures.state is SourceState.OK, 15)
        assert pictures.name == "call window"  # a title may name people
        assert (pictures.take().image == len("Weekly call")).all()
    finally:
        assert pictures.stop()
        channel.close()


def test_without_anybody_who_reads_windows_it_is_said_before_the_lesson_begins(devices):
    with pytest.raises(DeviceUnavailableError, match="cannot read windows"):
        devices.check(CancelToken())


def hang(link: ChildLink, window: CallWindow, origin_ns: int, handle: ChannelHandle) -> None:
    """In place of what reads windows: it never opens anything, and does not listen."""
    time.sleep(60)


def test_the_opening_of_a_device_that_hangs_can_be_stopped(devices):
    use_window_reader(WindowReader(hang, tuple))
    cancel = CancelToken()
    Timer(0.5, cancel.cancel).start()
    began_s = time.monotonic()
    with pytest.raises(StoppedByUserError):
        devices.check(cancel)
    assert time.monotonic() - began_s < 3.0  # as long as a quit may take
