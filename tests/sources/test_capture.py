"""A network camera that stalls, hangs up and comes back; a file that plays as if it were live."""

from __future__ import annotations

import time

import pytest

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.camera import Camera
from classroom_analyzer.sources.capture import CameraThread
from classroom_analyzer.sources.latest import LatestSlot
from tests.rigs.mjpeg import MjpegRig, read_number, wait_until
from tests.sources.recordings import write_recording


class LessonClock:
    def __init__(self) -> None:
        self._began_ns = time.monotonic_ns()

    def __call__(self) -> int:
        return time.monotonic_ns() - self._began_ns


def is_lost(camera: CameraThread) -> bool:
    return camera.state in (SourceState.LOST, SourceState.RETRY)


def test_pictures_of_a_network_camera_arrive_at_once_in_order_and_stamped_at_grab():
    clock = LessonClock()
    with MjpegRig(rate_hz=20) as rig:
        camera = CameraThread(Camera(rig.url), clock, LatestSlot())
        camera.start()
        try:
            wait_until(lambda: camera.state is SourceState.OK, 5)
            frames = []
            began_s = time.monotonic()
            while time.monotonic() - began_s < 1.0:
                frame = camera.take()
                if frame is not None:
                    assert rig.sent - read_number(frame.image) <= 5  # no backlog
                    assert 0 <= clock() - frame.t_ns < 0.5e9
                    frames.append(frame)
                time.sleep(0.01)
        finally:
            assert camera.stop()
    assert len(frames) > 8
    assert [f.t_ns for f in frames] == sorted({f.t_ns for f in frames})
    numbers = [read_number(f.image) for f in frames]
    assert numbers == sorted(set(numbers))
    assert camera.state is SourceState.OFF


def test_what_nobody_takes_is_dropped_and_counted():
    with MjpegRig(rate_hz=40) as rig:
        camera = CameraThread(Camera(rig.url), LessonClock(), LatestSlot())
        camera.start()
        wait_until(lambda: camera.dropped > 5, 5)
        assert camera.stop()


def test_a_stalled_camera_is_stale_then_lost_then_back_and_stops_in_time():
    with MjpegRig() as rig:
        camera = CameraThread(Camera(rig.url), LessonClock(), LatestSlot())
        camera.start()
        try:
            wait_until(lambda: camera.state is SourceState.OK, 5)
            rig.mode = "stall"
            assert wait_until(lambda: camera.state is SourceState.STALE, 2) <= 1.5
            wait_until(lambda: is_lost(camera), 3)
            assert rig.url in camera.detail
            rig.mode = "normal"
            wait_until(lambda: camera.state is SourceState.OK, 8)
            assert camera.detail == ""
            rig.mode = "stall"
            time.sleep(0.2)
        finally:
            began_s = time.monotonic()
            assert camera.stop()
        assert time.monotonic() - began_s <= 3.0


def test_a_camera_that_hangs_up_is_opened_again():
    with MjpegRig() as rig:
        camera = CameraThread(Camera(rig.url), LessonClock(), LatestSlot())
        camera.start()
        try:
            wait_until(lambda: camera.state is SourceState.OK, 5)
            rig.mode = "close"
            wait_until(lambda: is_lost(camera), 5)
            rig.mode = "normal"
            wait_until(lambda: camera.state is SourceState.OK, 10)
            assert rig.connections > 2
        finally:
            assert camera.stop()


def test_a_file_plays_at_its_own_pace_and_ends(tmp_path):
    path = write_recording(tmp_path / "a.mkv", times_ms=range(0, 1500, 50))
    camera = CameraThread(Camera(str(path)), LessonClock(), LatestSlot())
    began_s = time.monotonic()
    camera.start()
    wait_until(lambda: camera.state is SourceState.ENDED, 6)
    assert 1.3 < time.monotonic() - began_s < 4.0
    assert camera.stop()


@pytest.mark.parametrize("address", [97, "97", "No such camera", "http://127.0.0.1:9/none"])
def test_a_camera_that_is_not_there_is_refused_by_name(address):
    began_s = time.monotonic()
    with pytest.raises(DeviceUnavailableError) as caught:
        Camera(address).open()
    assert str(address) in str(caught.value)
    assert time.monotonic() - began_s < 4.0
