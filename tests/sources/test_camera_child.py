"""Cameras in child processes: pictures, counts, ends, and what happens to a process that goes wrong."""

from __future__ import annotations

import os
import signal
import time

import pytest

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.camera import Camera
from classroom_analyzer.sources.camera_child import CameraChild
from classroom_analyzer.sources.shared_pictures import PictureChannel
from tests.rigs import children
from tests.rigs.mjpeg import MjpegRig, read_age_ms, read_number, wait_until
from tests.sources.recordings import write_recording


@pytest.fixture
def channel():
    made = PictureChannel.create(rate_hz=4, max_pixels=640 * 480)
    yield made
    made.close()


def started(address, channel, **options) -> CameraChild:
    camera = CameraChild(Camera(str(address)), time.monotonic_ns(), channel, rate_hz=4, **options)
    camera.start()
    return camera


def test_pictures_arrive_at_once_in_order_stamped_at_grab_and_all_are_counted(channel):
    origin_ns = time.monotonic_ns()
    with MjpegRig(rate_hz=20) as rig:
        camera = CameraChild(Camera(rig.url), origin_ns, channel, rate_hz=4)
        due = channel.due.reader()
        camera.start()
        camera.wait_open(10)
        assert camera.size == (320, 240)
        wait_until(lambda: camera.state is SourceState.OK, 5)
        frames = []
        until_s = time.monotonic() + 1.0
        while time.monotonic() < until_s:
            frame = camera.take()
            if frame is not None:
                assert read_age_ms(frame.image) < 200
                assert 0 <= time.monotonic_ns() - origin_ns - frame.t_ns < 0.3e9
                frames.append(frame)
            time.sleep(0.005)
        assert camera.detail == ""
        assert camera.retry_in_s is None
        rig.mode = "stall"
        time.sleep(0.2)
        assert camera.stop()
    numbers = [read_number(frame.image) for frame in frames]
    assert len(numbers) > 12
    assert numbers == sorted(set(numbers))
    assert [f.t_ns for f in frames] == sorted({f.t_ns for f in frames})
    assert camera.grabbed == rig.sent
    assert camera.skipped == camera.dropped
    due.take()
    assert 1 <= due.dropped + 1 == channel.due.put_count <= camera.grabbed / 4 + 1
    assert camera.state is SourceState.OFF


def test_a_file_plays_at_its_own_pace_and_ends_and_may_be_still(channel, tmp_path):
    path = write_recording(tmp_path / "a.mkv", times_ms=range(0, 1500, 50))
    began_s = time.monotonic()
    camera = started(path, channel)
    wait_until(lambda: camera.state is SourceState.ENDED, 10)
    assert 1.3 < time.monotonic() - began_s < 5.0
    assert camera.stop()
    assert camera.state is SourceState.ENDED
    assert camera.grabbed == 30
    assert not camera.frozen


@pytest.mark.parametrize("address", ["97", "No such camera", "http://127.0.0.1:9/none", "rtsp://127.0.0.1:9/none"])
def test_a_camera_that_is_not_there_is_refused_by_name(channel, address):
    camera = started(address, channel)
    with pytest.raises(DeviceUnavailableError) as caught:
        camera.wait_open(10)
    assert address in str(caught.value)
    wait_until(lambda: camera.state is SourceState.RETRY, 2)
    assert 0 <= camera.retry_in_s <= 1
    assert address in camera.detail
    assert camera.stop()


def test_a_process_that_is_killed_is_replaced_and_no_picture_is_counted_twice(channel):
    with MjpegRig(rate_hz=20) as rig:
        camera = started(rig.url, channel)
        wait_until(lambda: camera.state is SourceState.OK, 10)
        first = camera.pid
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: camera.state is SourceState.RETRY, 2)
        assert "ended" in camera.detail
        wait_until(lambda: camera.state is SourceState.OK, 10)
        assert camera.pid != first
        assert camera.stop()
        assert camera.grabbed <= rig.sent


def test_a_process_in_which_nothing_runs_any_more_is_replaced(channel, monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.supervisor.SILENT_S", 0.8)
    with MjpegRig(rate_hz=20) as rig:
        camera = started(rig.url, channel)
        wait_until(lambda: camera.state is SourceState.OK, 10)
        os.kill(camera.pid, signal.SIGSTOP)
        wait_until(lambda: camera.state is SourceState.RETRY, 3)
        wait_until(lambda: camera.state is SourceState.OK, 10)
        assert camera.stop()


def test_the_fourth_crash_in_five_minutes_switches_the_camera_off_and_says_so(channel, monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.watch.FIRST_WAIT_S", 0.01)
    camera = started("1", channel, entry=children.crash_as_device)
    wait_until(lambda: camera.state is SourceState.OFF, 15)
    assert "switched off" in camera.detail
    assert camera.stop()


def test_stopping_takes_no_time_even_before_it_was_opened(channel):
    camera = started("rtsp://127.0.0.1:9/none", channel)
    began_s = time.monotonic()
    assert camera.stop()
    assert time.monotonic() - began_s < 3
