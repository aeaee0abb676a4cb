"""Pictures across processes: whole, newest first, counted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.media import VideoFrame
from classroom_analyzer.sources import shared_pictures
from classroom_analyzer.sources.child_process import ChildProcess
from classroom_analyzer.sources.shared_pictures import PictureChannel, SharedPictures
from tests.rigs import children


@pytest.fixture
def pictures():
    made = SharedPictures.create(max_pixels=200 * 200)
    yield made
    made.close()


def frame(t_ns: int, shape=(4, 6, 3)) -> VideoFrame:
    return VideoFrame(t_ns, np.full(shape, t_ns % 256, np.uint8))


def test_a_picture_comes_out_as_it_went_in_and_only_once(pictures):
    reader = pictures.reader()
    assert reader.take() is None
    put = children.checked_picture(7, 150)
    pictures.put(put)
    taken = reader.take()
    assert taken.t_ns == 7
    assert np.array_equal(taken.image, put.image)
    assert reader.take() is None
    assert reader.dropped == 0


def test_what_was_taken_is_a_copy(pictures):
    reader = pictures.reader()
    pictures.put(frame(1))
    taken = reader.take()
    for t_ns in range(2, 8):
        pictures.put(frame(t_ns))
    assert (taken.image == 1).all()


@given(st.lists(st.sampled_from(["put", "take a", "take b"])))
def test_every_picture_is_taken_dropped_or_still_there_for_each_reader(steps):
    made = SharedPictures.create(max_pixels=100)
    try:
        readers = {"take a": made.reader(), "take b": made.reader()}
        taken = {"take a": [], "take b": []}
        for t_ns, step in enumerate(steps):
            if step == "put":
                made.put(frame(t_ns))
            else:
                found = readers[step].take()
                taken[step] += [found.t_ns] if found is not None else []
        for name, reader in readers.items():
            dropped = reader.dropped
            last = reader.take()
            assert len(taken[name]) + dropped + (last is not None) == made.put_count == steps.count("put")
            assert reader.dropped == dropped
    finally:
        made.close()


def test_a_late_reader_begins_with_the_newest_picture_and_dropped_nothing(pictures):
    for t_ns in range(5):
        pictures.put(frame(t_ns))
    reader = pictures.reader()
    assert reader.dropped == 0
    assert reader.take().t_ns == 4


def test_a_reader_never_sees_half_a_picture_while_another_process_puts_without_a_pause(pictures):
    child = ChildProcess(children.hammer, (pictures.handle, (200, 40, 199, 120), 1.5), "hammer")
    child.start()
    reader = pictures.reader()
    assert child.receive(30) == "putting"
    taken = 0
    while not (done := child.poll()):
        found = reader.take()
        if found is not None:
            assert children.is_whole(found)
            taken += 1
    put_count = done[0]
    child.stop()
    last = reader.take()
    taken += last is not None
    assert taken > 100
    assert taken + reader.dropped == put_count == pictures.put_count


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_a_writer_killed_in_the_middle_blocks_nobody_and_can_be_replaced(pictures):
    for _ in range(3):
        child = ChildProcess(children.hammer, (pictures.handle, (200, 199), 60.0), "hammer")
        child.start()
        child.receive(30)
        time.sleep(0.05)
        os.kill(child.pid, signal.SIGKILL)
        child.stop()
        found = pictures.reader().take()
        assert found is None or children.is_whole(found)
    reader = pictures.reader()
    reader.take()
    put = children.checked_picture(9, 200)
    pictures.put(put)
    assert np.array_equal(reader.take().image, put.image)


@pytest.mark.parametrize("shape", [(400, 300, 3), (1, 90_000, 3), (90_000, 1, 3), (201, 200, 3)])
def test_a_picture_beyond_the_room_is_scaled_down(pictures, shape):
    pictures.put(frame(5, shape))
    height, width = pictures.reader().take().image.shape[:2]
    assert height * width <= 200 * 200
    if min(shape[:2]) > 100:
        assert width / height == pytest.approx(shape[1] / shape[0], rel=0.02)


def test_little_shared_memory_makes_smaller_pictures_and_no_crash(monkeypatch):
    monkeypatch.setattr(shared_pictures, "_free_shared_bytes", lambda: 4_000_000)
    made = SharedPictures.create()
    try:
        assert made.handle.max_pixels * 3 * made.handle.buffers <= 1_000_000
        made.put(frame(1, (1080, 1920, 3)))
        assert made.reader().take().image.shape[1] < 600
    finally:
        made.close()


def test_preview_gets_every_picture_and_the_analysis_those_that_are_due():
    channel = PictureChannel.create(rate_hz=4, max_pixels=100)
    try:
        reader = channel.due.reader()
        preview = channel.preview.reader()
        due = []
        for t_ms in range(0, 1001, 50):
            channel.put(frame(t_ms * 1_000_000))
            assert preview.take() is not None
            taken = reader.take()
            due += [taken.t_ns // 1_000_000] if taken is not None else []
        assert due == [0, 250, 500, 750, 1000]
        channel.put(frame(2_000_000_000), analyse=False)
        assert preview.take() is not None
        assert reader.take() is None
    finally:
        channel.close()


def test_the_rate_can_be_changed_from_another_process_than_the_one_that_puts():
    channel = PictureChannel.create(rate_hz=1, max_pixels=100)
    try:
        for rate_hz, times_ms, expected in ((1, range(0, 2001, 100), 3), (10, range(0, 2000, 100), 20)):
            channel.set_rate(rate_hz)
            before = channel.due.put_count
            child = ChildProcess(children.put_due, (channel.handle, list(times_ms)), "put")
            child.start()
            child.receive(30)
            child.stop()
            assert channel.due.put_count - before == expected
    finally:
        channel.close()


def test_nobody_complains_about_memory_that_was_left():
    code = (
        "from tests.rigs import children\n"
        "from classroom_analyzer.sources.child_process import ChildProcess\n"
        "from classroom_analyzer.sources.shared_pictures import SharedPictures\n"
        "if __name__ == '__main__':\n"
        "    made = SharedPictures.create(10_000)\n"
        "    child = ChildProcess(children.hammer, (made.handle, (20,), 0.1), 'hammer')\n"
        "    child.start(); child.receive(30); child.receive(10); child.stop(); made.close()\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks where Linux keeps shared memory")
def test_a_killed_owner_leaves_no_pictures_behind():
    code = (
        "import os, time, sys\n"
        "from classroom_analyzer.sources.shared_pictures import SharedPictures\n"
        "made = SharedPictures.create(10_000)\n"
        "print(made.handle.name, flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    name = owner.stdout.readline().strip()
    memory = shared_pictures.SHM_FOLDER / name
    assert memory.stat().st_mode & 0o777 == 0o600
    owner.kill()
    owner.communicate()
    until_s = time.monotonic() + 5
    while memory.exists() and time.monotonic() < until_s:
        time.sleep(0.05)
    assert not memory.exists()
