from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.errors import LessonDamagedError, UsageError
from classroom_analyzer.storage.erasure import erase_scope
from classroom_analyzer.storage.labels import add_label, read_labels, undo_last_label
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recovery import recover
from classroom_analyzer.storage.vault import seat_scope
from tests.storage.lessons import add_second, make_meta

LOST = Label(3, LabelKind.LOST, 0, False, LabelSource.PRESS)
WITH_ME = Label(4, LabelKind.WITH_ME, 1, True, LabelSource.PROMPTED)
LEVEL = Label(2, LabelKind.LEVEL, 2, False, LabelSource.REVIEW, seat=2)

KILLED = """
import sys
from pathlib import Path
from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.storage.lessons import add_second, make_meta

writer = LessonWriter.create(Path(sys.argv[1]), "killed", make_meta(), None)
for t_s in range(1, 9):
    add_second(writer, t_s)
    writer.add_label(Label(t_s, LabelKind.LEVEL, t_s % 4, False, LabelSource.PRESS))
    print(t_s, flush=True)
sys.stdin.read()
"""


def test_labels_come_back_as_they_were_given_in_order(write_lesson):
    folder = write_lesson()
    assert LessonReader.open(folder).labels() == ()
    assert [add_label(folder, label) for label in (LOST, WITH_ME, LEVEL)] == [1, 2, 3]
    assert LessonReader.open(folder).labels() == (LOST, WITH_ME, LEVEL)


def test_the_same_mark_is_not_counted_twice_but_may_come_back_after_an_undo(write_lesson):
    folder = write_lesson()
    add_label(folder, LOST)
    with pytest.raises(UsageError, match="there already"):
        add_label(folder, LOST)
    undo_last_label(folder)
    add_label(folder, LOST)
    assert read_labels(folder) == (LOST,)


def test_the_newest_is_undone_first_and_stays_on_record(write_lesson):
    folder = write_lesson()
    for label in (LOST, WITH_ME):
        add_label(folder, label)
    before = LessonReader.open(folder).audit_head().count
    assert undo_last_label(folder) == WITH_ME
    add_label(folder, LEVEL)
    assert read_labels(folder) == (LOST, LEVEL)
    assert undo_last_label(folder) == LEVEL
    assert undo_last_label(folder) == LOST
    with pytest.raises(UsageError, match="no mark"):
        undo_last_label(folder)
    with sqlite3.connect(folder / "lesson.db") as connection:
        assert connection.execute("SELECT count(*) FROM labels").fetchone() == (3,)
    connection.close()
    assert LessonReader.open(folder).audit_head().count == before + 3


def test_a_label_that_was_acknowledged_survives_a_kill(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    with process:
        assert process.stdout is not None
        acknowledged = 0
        for line in process.stdout:
            acknowledged = int(line)
            if acknowledged == 8:
                process.send_signal(signal.SIGKILL)
                break
    folder = recover(tmp_path / "killed.lesson")
    assert [label.t_s for label in LessonReader.open(folder).labels()] == list(range(1, acknowledged + 1))


def test_the_writer_adds_and_undoes_during_a_lesson(tmp_path: Path):
    writer = LessonWriter.create(tmp_path, "live", make_meta(), None)
    add_second(writer, 1)
    writer.add_label(LOST)
    writer.add_label(WITH_ME)
    assert writer.undo_last_label() == WITH_ME
    assert read_labels(writer.folder) == (LOST,)
    writer.discard()


@pytest.mark.parametrize(
    ("label", "words"),
    [(Label(6, LabelKind.LOST, 0, False, LabelSource.PRESS), "ends at 5 s"),
     (Label(3, LabelKind.LOST, 0, False, LabelSource.PRESS, seat=9), "no seat 9")],
)  # fmt: skip
def test_a_label_of_nothing_in_the_lesson_is_refused(write_lesson, label: Label, words: str):
    folder = write_lesson()
    with pytest.raises(UsageError, match=words):
        add_label(folder, label)
    assert read_labels(folder) == ()


def test_under_observe_only_the_class_is_labelled(write_lesson):
    folder = write_lesson(Policy.OBSERVE)
    with pytest.raises(UsageError, match="observe"):
        add_label(folder, LEVEL)
    add_label(folder, LOST)
    assert read_labels(folder) == (LOST,)


def test_what_was_said_of_an_erased_seat_is_gone(write_lesson):
    folder = write_lesson()
    for label in (LOST, LEVEL):
        add_label(folder, label)
    undo_last_label(folder)
    add_label(folder, LEVEL)
    assert erase_scope(folder, seat_scope(2))
    assert read_labels(folder) == (LOST,)
    add_label(folder, WITH_ME)
    assert read_labels(folder) == (LOST, WITH_ME)


def test_a_lesson_that_is_being_recorded_is_labelled_by_its_writer_only(write_lesson):
    folder = write_lesson()
    text = (folder / "lesson.json").read_text()
    (folder / "lesson.json").write_text(text.replace('"complete"', '"recording"'))
    with pytest.raises(LessonDamagedError, match="closed"):
        add_label(folder, LOST)


def test_a_damaged_label_is_said(write_lesson):
    folder = write_lesson()
    add_label(folder, LOST)
    with sqlite3.connect(folder / "lesson.db") as connection:
        connection.execute("UPDATE labels SET source = 'wish'")
    connection.close()
    with pytest.raises(LessonDamagedError, match="label"):
        read_labels(folder)
