from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from classroom_analyzer.domain.live import RecordingState
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.storage import disk_guard, lesson_lock
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase
from classroom_analyzer.storage.disk_guard import RESERVE_NAME, DiskGuard, room_to_start
from classroom_analyzer.storage.lesson_lock import LOCK_NAME, LessonLock, is_being_written


def test_the_reserve_really_takes_room_and_is_given_back_once(tmp_path: Path):
    guard = DiskGuard(tmp_path)
    assert guard.hold_reserve()
    taken = (tmp_path / RESERVE_NAME).stat()
    assert taken.st_size == 20_000_000
    assert sys.platform != "linux" or taken.st_blocks * 512 >= 20_000_000
    assert guard.release_reserve()
    assert not guard.release_reserve()
    assert not (tmp_path / RESERVE_NAME).exists()
    assert guard.why_no_media() == "the disk is full"


@pytest.mark.parametrize(
    ("free", "rate", "low"),
    [(50e9, None, False), (1.9e9, None, True), (50e9, 1e5, False), (2.5e9, 2.3e6, True)],
)
def test_it_warns_below_two_gigabytes_and_below_a_quarter_of_an_hour(
    tmp_path: Path, free: float, rate: float | None, low: bool
):
    guard = DiskGuard(tmp_path, lambda _: int(free))
    health = guard.health(RecordingState.ON, bytes_per_s=rate)
    assert health.disk_low is low
    assert health.free_bytes == int(free)
    assert (health.left_s is None) is (rate is None)
    assert guard.why_no_media() is None


def test_below_half_a_gigabyte_no_media_are_written(tmp_path: Path):
    assert DiskGuard(tmp_path, lambda _: 499_000_000).why_no_media() is not None


def test_a_disk_that_was_pulled_out_stops_media_and_is_shown_as_low(tmp_path: Path):
    guard = DiskGuard(tmp_path / "gone")
    assert "cannot be reached" in (guard.why_no_media() or "")
    health = guard.health()
    assert (health.free_bytes, health.disk_low) == (0, True)


def test_a_lesson_that_would_not_fit_twice_is_told_before_it_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(disk_guard, "_free_bytes", lambda _: 1_500_000_000)
    assert room_to_start(tmp_path, 3600, record=False) is None
    assert "without the recording" in (room_to_start(tmp_path, 3600, record=True) or "")


def test_what_could_not_be_written_waits_in_order_and_is_written_later(tmp_path: Path):
    database = LessonDatabase.create(tmp_path / DATABASE_NAME)
    other = LessonDatabase(tmp_path / DATABASE_NAME)
    database.connection.execute("PRAGMA busy_timeout=10")
    with other.durable() as connection:
        connection.execute("INSERT INTO counters VALUES ('held', 1)")  # holds the database as a failing disk would
        database.insert("events", [(None, 1, "first", "")])
        with pytest.raises(OutputNotWritableError):
            database.commit()
        database.insert("events", [(None, 2, "second", "")])
        assert database.waiting == 2
    database.commit()
    assert database.waiting == 0
    assert [row[0] for row in other.connection.execute("SELECT kind FROM events ORDER BY id")] == ["first", "second"]
    database.close()
    other.close()


def test_a_durable_block_that_fails_leaves_nothing_and_the_batch_stays(tmp_path: Path):
    database = LessonDatabase.create(tmp_path / DATABASE_NAME)
    database.insert("events", [(None, 1, "sample", "")])

    def fail() -> None:
        with database.durable() as connection:
            connection.execute("INSERT INTO markers VALUES (1, 1, NULL)")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert database.connection.execute("SELECT count(*) FROM markers").fetchone() == (0,)
    assert database.connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
    database.close()


def test_what_comes_after_the_end_is_refused_as_what_a_disk_refuses(tmp_path: Path):
    database = LessonDatabase.create(tmp_path / DATABASE_NAME)
    database.close()
    with pytest.raises(OutputNotWritableError, match="closed"), database.durable():
        pass
    with pytest.raises(OutputNotWritableError, match="closed"):
        database.insert("events", [(None, 1, "late", "")])
    database.close()


def test_a_lock_is_seen_from_another_process_and_ends_with_its_holder(tmp_path: Path):
    code = (
        "import sys, time; from pathlib import Path;"
        "from classroom_analyzer.storage.lesson_lock import LessonLock;"
        "lock = LessonLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    assert is_being_written(tmp_path)
    with pytest.raises(BlockingIOError):
        LessonLock(tmp_path)
    holder.kill()
    holder.communicate()
    assert not is_being_written(tmp_path)
    lock = LessonLock(tmp_path)
    assert is_being_written(tmp_path)
    lock.release()
    lock.release()
    assert not os.path.exists(tmp_path / LOCK_NAME)


def test_who_only_asks_whether_a_lesson_is_written_to_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / LOCK_NAME).touch()
    real_close, answers = os.close, []

    def ask_again_and_write(handle: int) -> None:  # while the question still holds the file
        monkeypatch.setattr(lesson_lock.os, "close", real_close)
        answers.append(is_being_written(tmp_path))
        monkeypatch.setattr(lesson_lock.time, "sleep", lambda _: real_close(handle))
        LessonLock(tmp_path).release()

    monkeypatch.setattr(lesson_lock.os, "close", ask_again_and_write)
    assert not is_being_written(tmp_path)
    assert answers == [False]
