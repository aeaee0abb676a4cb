"""A recording played as if it were live goes through the same engine, at its own pace."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.play import play
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.app.conftest import ShortLesson


def test_a_played_lesson_is_shown_as_it_goes_and_kept_whole(short_lesson: ShortLesson, tmp_path: Path, own_home: Path):
    lesson = play(short_lesson.recording, demo_request(Settings(), tmp_path), own_home)
    seats_shown, seconds_shown = 0, set()
    began_s = time.monotonic()
    marked_s = None
    while not (board := lesson.dashboard()).finished:
        seconds_shown.add(board.t_s)
        preview = lesson.preview()
        if preview is not None:
            seats_shown = max(seats_shown, sum(s.face is not None for s in preview.seats))
            assert preview.image.shape == (720, 1280, 3)
        if board.t_s >= 5 and marked_s is None:
            marked_s = lesson.add_marker("a question")
        time.sleep(0.05)
    took_s = time.monotonic() - began_s
    summary = lesson.wait()
    assert took_s >= short_lesson.duration_s
    assert seats_shown == 12
    assert len(seconds_shown) >= 8
    assert board.error is None
    assert {d.state for d in board.devices} <= {SourceState.ENDED, SourceState.OK}
    assert summary.performance.realtime_factor is None
    reader = LessonReader.open(Path(summary.lesson), KeySource.from_environment())
    assert [m.t_s for m in reader.markers()] == [marked_s]
    assert len(reader.estimates()) == int(summary.duration_s)
    assert not [t for t in threading.enumerate() if t.name.startswith(("play", "lesson"))]


@pytest.mark.long
def test_a_lesson_that_is_stopped_keeps_what_it_has(short_lesson: ShortLesson, tmp_path: Path, own_home: Path):
    lesson = play(short_lesson.recording, demo_request(Settings(), tmp_path), own_home)
    while lesson.dashboard().t_s < 2:
        time.sleep(0.05)
    lesson.stop()
    summary = lesson.wait(30)
    assert 2 <= summary.duration_s < short_lesson.duration_s
    assert len(LessonReader.open(Path(summary.lesson)).estimates()) == summary.duration_s


@pytest.mark.usefixtures("own_home")
def test_an_excluded_seat_is_never_shown(short_lesson: ShortLesson, tmp_path: Path, own_home: Path):
    from dataclasses import replace

    request = replace(demo_request(Settings(), tmp_path), excluded_seats=frozenset({1}))
    lesson = play(short_lesson.recording, request, own_home)
    shown = 0
    while not lesson.dashboard().finished:
        preview = lesson.preview()
        if preview is not None:
            box = next((s.box for s in preview.seats if s.seat == 1), None)
            assert all(s.face is None for s in preview.seats if s.seat == 1)
            if box is not None and preview.image.any():
                x, y = (int(v) for v in box.centre_px)
                patch = preview.image[max(y - 5, 0) : y + 5, max(x - 5, 0) : x + 5]
                assert (patch == patch[0, 0]).all()
                shown += 1
        time.sleep(0.05)
    lesson.wait()
    assert shown > 0
