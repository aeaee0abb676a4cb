from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.storage.erasure import erase_scope
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.vault import participant_scope, seat_scope


def test_erasing_a_participant_makes_their_text_unreadable_and_leaves_the_rest(write_lesson, key_source: KeySource):
    folder: Path = write_lesson()
    assert erase_scope(folder, participant_scope("P01"))
    reader = LessonReader.open(folder, key_source)
    assert [m.participant for m in reader.messages()] == ["P02"]
    assert len(reader.markers()) == 1
    assert reader.seats()["seat"].n_unique() == 3
    assert not erase_scope(folder, participant_scope("P01"))


def test_erasing_a_seat_makes_its_rows_unreadable_and_leaves_the_rest(write_lesson, key_source: KeySource):
    folder: Path = write_lesson()
    erase_scope(folder, seat_scope(2))
    assert set(LessonReader.open(folder, key_source).seats()["seat"]) == {1, 3}


@pytest.mark.parametrize("scope", ["participant:P01", "seat:1"])
def test_no_copy_of_the_erased_key_stays_on_the_disk(write_lesson, scope: str):
    import sqlite3

    folder: Path = write_lesson()
    with sqlite3.connect(folder / "lesson.db") as connection:
        wrapped = connection.execute("SELECT wrapped FROM keys WHERE scope = ?", (scope,)).fetchone()[0]
    connection.close()
    assert any(wrapped in p.read_bytes() for p in folder.iterdir())
    erase_scope(folder, scope)
    assert not any(wrapped in p.read_bytes() for p in folder.iterdir())


def test_erasing_someone_forgets_the_damaged_database_of_a_recovery_too(write_lesson):
    folder = write_lesson()
    (folder / "before-recovery").mkdir()
    (folder / "before-recovery" / "lesson.db").write_bytes((folder / "lesson.db").read_bytes())
    assert erase_scope(folder, "participant:P01")
    assert not (folder / "before-recovery").exists()
