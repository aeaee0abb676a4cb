from __future__ import annotations

import pytest

from classroom_analyzer.domain.labels import LABEL_SPAN_S, LabelKind
from classroom_analyzer.gui.marks import LineSight, MarkKind, Marks
from tests.gui.fakes import FakeSession


@pytest.fixture
def heard(qapp):
    """Marks over a fake lesson, with all that they said."""
    session = FakeSession(t_s=83)
    marks = Marks(session, line_seen=lambda: False, own_names=("Group work", ""))
    said, made, undone = [], [], []
    marks.said.connect(lambda text, undo: said.append((text, undo)))
    marks.marked.connect(made.append)
    marks.undone.connect(undone.append)
    return session, marks, said, made, undone


def test_labels_are_kept_with_whether_the_line_was_seen_and_can_be_taken_back(heard):
    session, marks, said, made, undone = heard
    marks.label(LabelKind.WITH_ME)
    marks.label(LabelKind.LOST)
    assert session.labels == [(83, LabelKind.WITH_ME, False), (83, LabelKind.LOST, False)]
    assert said == [("With me at 1:23", True), ("Lost at 1:23", True)]
    assert [m.letter for m in made] == ["W", "L"]
    marks.undo()
    assert session.labels == [(83, LabelKind.WITH_ME, False)]
    assert undone == [made[1]]
    assert marks.label_count == 1


def test_undo_takes_back_the_newest_press_whichever_kind_it_was(heard):
    session, marks, said, made, undone = heard
    marks.marker()
    marks.label(LabelKind.LOST)
    marks.own_marker(1)
    marks.note("loud", 71)
    marks.dispute("I disagree with the estimate at 0:40", 40)
    assert all(undo for _, undo in said)
    for left in ([1, 1], [1, 1], [1, 1], [1, 0], [0, 0]):
        marks.undo()
        assert [len(session.markers) > 0, len(session.labels)] == left
    assert undone == made[::-1]
    assert [text for text, _ in said[5:]] == [
        "Taken back: 0:40", "Taken back: 1:11", "Taken back: 1:23", "Taken back: 1:23", "Taken back: 1:23",
    ]  # fmt: skip
    marks.undo()
    assert said[-1] == ("There is nothing to undo.", False)


def test_a_mark_that_the_disk_does_not_give_back_stays_on_the_line(heard, monkeypatch):
    session, marks, said, made, undone = heard
    marks.marker()
    monkeypatch.setattr(session, "undo_marker", lambda: False)
    marks.undo()
    assert said[-1] == ("The mark at 1:23 could not be taken back.", False)
    assert undone == []
    monkeypatch.undo()
    marks.undo()
    assert undone == made


def test_with_nothing_to_undo_that_is_said(heard):
    _, marks, said, _, _ = heard
    marks.undo()
    assert said == [("There is nothing to undo.", False)]


def test_own_markers_go_by_their_names_or_else_by_their_numbers(heard):
    session, marks, _, made, _ = heard
    for number in (1, 2, 9):
        marks.own_marker(number)
    assert [note for _, note in session.markers] == ["Group work", "Marker 2", "Marker 9"]
    assert [m.letter for m in made] == ["1", "2", "9"]


def test_a_note_belongs_to_the_moment_at_which_it_was_begun(heard):
    session, marks, _, made, _ = heard
    marks.note("  <b>loud</b> ", 71)
    marks.note("   ", 80)
    assert session.markers == [(83, "1:11: <b>loud</b>")]
    assert (made[0].t_s, made[0].kind) == (71, MarkKind.NOTE)


def test_a_label_is_blind_only_when_the_line_was_out_of_sight_for_the_time_it_covers():
    now = 0.0
    sight = LineSight(lambda: now)
    sight.note(visible=False)
    assert not sight.within_label
    sight.note(visible=True)
    now = float(LABEL_SPAN_S)
    sight.note(visible=False)
    assert sight.within_label
    now += 0.1
    assert not sight.within_label
