from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recovery import recover
from tests.storage.lessons import add_second, make_meta


def cut_off(tmp_path: Path, source: KeySource, policy: Policy = Policy.ENGAGEMENT) -> Path:
    """A copy of a lesson folder as a kill leaves it: rows in the log, nothing closed."""
    writer = LessonWriter.create(tmp_path / "running", "physics", make_meta(policy), source)
    for t_s in range(1, 8):
        add_second(writer, t_s, estimates=policy.allows_estimate)
    writer.add_message(ChatMessage(1, "P01", "hello"))
    writer.add_marker(7, "here")
    copy = tmp_path / "physics.lesson"
    shutil.copytree(writer.folder, copy)
    writer.discard()
    return copy


def test_a_lesson_that_was_cut_off_is_not_opened_as_if_it_were_whole(tmp_path: Path, key_source: KeySource):
    with pytest.raises(LessonDamagedError, match="recover"):
        LessonReader.open(cut_off(tmp_path, key_source))


def test_recovery_brings_back_every_committed_row(tmp_path: Path, key_source: KeySource):
    reader = LessonReader.open(recover(cut_off(tmp_path, key_source)), key_source)
    assert reader.meta.status == "recovered"
    assert reader.estimates()["t_s"].to_list() == list(range(1, 8))
    assert len(reader.indicators()) == 14
    assert len(reader.seats()) == 7 * 3 * 8
    assert [m.text for m in reader.messages()] == ["hello"]
    assert reader.markers()[0].note == "here"
    summary = reader.summary()
    assert summary["duration_s"] == 7
    assert summary["engagement"]["windows"] == 7
    assert summary["engagement"]["abstained"] == 1
    assert summary["talk"]["speech_share"] is None


def test_recovering_twice_changes_nothing_and_the_database_is_not_written(tmp_path: Path, key_source: KeySource):
    folder = cut_off(tmp_path, key_source)
    original = {name: (folder / name).read_bytes() for name in ("lesson.db", "lesson.db-wal")}
    recover(folder)
    assert {name: (folder / name).read_bytes() for name in original} == original
    first = {p: p.read_bytes() for p in folder.iterdir()}
    recover(folder)
    assert {p: p.read_bytes() for p in folder.iterdir()} == first


def test_a_closed_lesson_is_left_alone(write_lesson):
    folder = write_lesson()
    assert recover(folder) == folder
    assert LessonReader.open(folder).meta.status == "complete"


def test_under_observe_no_estimate_is_made_up(tmp_path: Path, key_source: KeySource):
    summary = LessonReader.open(recover(cut_off(tmp_path, key_source, Policy.OBSERVE))).summary()
    assert summary["engagement"] is None


def test_a_damaged_database_is_said_and_kept(tmp_path: Path, key_source: KeySource):
    folder = cut_off(tmp_path, key_source)
    (folder / "lesson.db-wal").unlink()
    (folder / "lesson.db").write_bytes(b"\x00" * 5000)
    with pytest.raises(LessonDamagedError):
        recover(folder)
    assert (folder / "lesson.db").stat().st_size == 5000
