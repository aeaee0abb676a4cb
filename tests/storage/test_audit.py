from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.schema import SCHEMA


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    for number in range(5):
        audit.append(connection, "export", {"number": number})
    yield connection
    connection.close()


def test_an_untouched_log_verifies(connection: sqlite3.Connection):
    head = audit.verify(connection)
    assert head.count == 5
    assert len(head.hash) == 64


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET entry = replace(entry, '\"number\":2', '\"number\":9') WHERE id = 3",
        "DELETE FROM audit WHERE id = 3",
        "UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 1) WHERE id = 3",
    ],
)
def test_any_change_inside_shows(connection: sqlite3.Connection, change: str):
    connection.execute(change)
    with pytest.raises(LessonDamagedError):
        audit.verify(connection)


def test_a_cut_tail_shows_in_the_head(connection: sqlite3.Connection):
    before = audit.verify(connection)
    connection.execute("DELETE FROM audit WHERE id = 5")
    assert audit.verify(connection) != before


def test_a_closed_lesson_takes_further_entries(write_lesson, key_source):
    from classroom_analyzer.storage.lesson_reader import LessonReader

    folder: Path = write_lesson()
    before = LessonReader.open(folder).audit_head()
    audit.record(folder, "export", format="html", share=False)
    assert LessonReader.open(folder).audit_head().count == before.count + 1
