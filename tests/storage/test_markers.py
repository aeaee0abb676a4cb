from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from classroom_analyzer.errors import UsageError
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recovery import recover
from classroom_analyzer.storage.salvage import salvage
from tests.storage.lessons import add_second, make_meta


@pytest.fixture
def key() -> KeySource:
    return KeySource("correct horse battery staple", use_keyring=False)


@pytest.fixture
def writer(tmp_path: Path, key: KeySource):
    made = LessonWriter.create(tmp_path, "live", make_meta(), key)
    add_second(made, 1)
    for number in (1, 2, 3):
        assert made.add_marker(number, f"note {number}") == number
    yield made
    made.discard()


def test_the_newest_is_taken_back_first_and_stays_on_record(writer: LessonWriter):
    assert writer.undo_last_marker() == 3
    assert writer.undo_last_marker() == 2
    assert writer.add_marker(4, "") == 4  # the number of one that was taken back is never given again
    assert writer.undo_last_marker() == 4
    assert writer.undo_last_marker() == 1
    with pytest.raises(UsageError, match="no marker"):
        writer.undo_last_marker()
    with closing(sqlite3.connect(writer.folder / "lesson.db")) as connection:
        assert connection.execute("SELECT count(*) FROM markers").fetchone() == (4,)
        assert connection.execute("SELECT count(*) FROM marker_undos").fetchone() == (4,)
        entries = [entry for (entry,) in connection.execute("SELECT entry FROM audit")]
    assert sum("marker undone" in entry for entry in entries) == 4


def test_taken_back_is_on_the_disk_at_once_and_survives_a_kill(writer: LessonWriter, tmp_path: Path, key: KeySource):
    writer.undo_last_marker()
    cut = tmp_path / "cut" / writer.folder.name
    shutil.copytree(writer.folder, cut)  # nothing was committed since
    reader = LessonReader.open(recover(cut), key)
    assert [(m.number, m.note) for m in reader.markers()] == [(1, "note 1"), (2, "note 2")]


def test_a_marker_that_was_taken_back_does_not_come_back_from_a_damaged_database(writer: LessonWriter, tmp_path: Path):
    writer.undo_last_marker()
    writer.commit()
    writer._database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged, fresh = tmp_path / "damaged.db", tmp_path / "fresh.db"
    shutil.copy(writer.folder / "lesson.db", damaged)
    salvage(damaged, fresh)
    with closing(sqlite3.connect(fresh)) as connection:
        assert connection.execute("SELECT marker FROM marker_undos").fetchall() == [(3,)]
