from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.pipeline.presses import Presses
from classroom_analyzer.storage.database import DATABASE_NAME, reading
from classroom_analyzer.storage.labels import read_labels
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.markers import markers_in_force
from tests.storage.lessons import add_second, make_meta

LOST = Label(3, LabelKind.LOST, 0, False, LabelSource.PRESS)


@pytest.fixture
def writer(tmp_path: Path):
    made = LessonWriter.create(tmp_path, "live", make_meta(), None)
    add_second(made, 1)
    yield made
    made.discard()


def marked(writer: LessonWriter) -> list[int]:
    with reading(writer.folder / DATABASE_NAME) as connection:
        return [t_s for _, t_s, _ in markers_in_force(connection)]


def test_each_kind_is_taken_back_newest_first_until_nothing_is_left(writer: LessonWriter):
    presses = Presses(writer)
    presses.add_marker(1, "")
    presses.add_label(LOST)
    presses.add_marker(2, "note")
    assert presses.undo_marker()
    assert marked(writer) == [1]
    assert presses.undo_label()
    assert read_labels(writer.folder) == ()
    assert presses.undo_marker()
    assert not presses.undo_marker()
    assert not presses.undo_label()


def test_who_takes_back_a_press_that_the_disk_refused_keeps_the_one_before(
    writer: LessonWriter, monkeypatch: pytest.MonkeyPatch
):
    presses = Presses(writer)

    def refuse(*_: object) -> int:
        raise OutputNotWritableError(writer.folder, "no space left")

    presses.add_marker(1, "")
    presses.add_label(LOST)
    with monkeypatch.context() as full:
        full.setattr(writer, "add_marker", refuse)
        full.setattr(writer, "add_label", refuse)
        with pytest.raises(OutputNotWritableError):
            presses.add_marker(2, "")
        with pytest.raises(OutputNotWritableError):
            presses.add_label(LOST)
    assert presses.undo_marker()
    assert presses.undo_label()
    assert marked(writer) == [1]
    assert read_labels(writer.folder) == (LOST,)


def test_a_press_that_the_disk_does_not_take_back_stays_in_force(writer: LessonWriter, monkeypatch: pytest.MonkeyPatch):
    presses = Presses(writer)
    presses.add_marker(1, "")

    def refuse() -> int:
        raise OutputNotWritableError(writer.folder, "no space left")

    with monkeypatch.context() as full:
        full.setattr(writer, "undo_last_marker", refuse)
        with pytest.raises(OutputNotWritableError):
            presses.undo_marker()
    assert marked(writer) == [1]
    assert presses.undo_marker()
    assert marked(writer) == []
