from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from classroom_analyzer.gui.actions import Actions, Group
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.preferences import Preferences
from tests.gui.fakes import FakeLessons, FakeSession
from tests.gui.setup_fakes import fake_live

# UX.md section 5, as far as a live lesson has them.
UX_KEYS = {
    "Ctrl+R": "lesson.start_stop",
    "M": "marks.marker",
    **{str(number): f"marks.own_{number}" for number in range(1, 10)},
    "W": "marks.with_me",
    "L": "marks.lost",
    "N": "marks.note",
    "Ctrl+Z": "marks.undo",
    "Ctrl+E": "lesson.report",
    "Ctrl+K": "help.palette",
    "F1": "help.keys",
    "F8": "view.projector_safe",
    "F11": "view.full_screen",
}


@pytest.fixture
def widget(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_window_has_the_keys_of_the_design(window):
    for key, id_ in UX_KEYS.items():
        holder = window.actions_.holder(key)
        assert holder is not None, key
        assert holder.id == id_


def test_no_two_actions_have_the_same_usual_key(window):
    keys = [key for entry in window.actions_.entries() for key in entry.default_keys]
    assert len(keys) == len(set(keys))


def test_every_action_has_a_text_and_an_id_under_its_group(window):
    for entry in window.actions_.entries():
        assert entry.text
        assert entry.id.partition(".")[0] == entry.group.value


def test_every_action_of_a_menu_stands_in_the_menu_bar(window):
    shown = [action for menu in window.menuBar().actions() for action in menu.menu().actions()]
    for entry in window.actions_.entries():
        assert (entry.action in shown) == entry.in_menu


def test_single_letters_are_typed_while_a_text_field_has_the_keyboard(qtbot, window, lessons):
    lessons.session = FakeSession(t_s=83)
    window.show_session(lessons.session)
    line = window.live_page.findChild(QLineEdit)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_M)
    assert line.text().lower() == "m"
    assert lessons.session.markers == []


def test_a_chosen_key_takes_the_place_of_the_usual_one(qtbot, widget):
    done = []
    actions = Actions(widget, {"marks.marker": ("PgDown",)})
    actions.add("marks.marker", "Mark", lambda: done.append("mark"), group=Group.MARKS, keys=("M",))
    qtbot.keyClick(widget, Qt.Key.Key_M)
    assert done == []
    qtbot.keyClick(widget, Qt.Key.Key_PageDown)
    assert done == ["mark"]


def test_a_key_that_is_given_to_another_action_leaves_its_old_one(widget):
    actions = Actions(widget)
    actions.add("marks.a", "A", lambda: None, group=Group.MARKS, keys=("A", "F5"))
    actions.add("marks.b", "B", lambda: None, group=Group.MARKS, keys=("B",))
    chosen = actions.chosen_with("marks.b", ("B", "F5"))
    assert chosen == {"marks.a": ("A",), "marks.b": ("B", "F5")}
    actions.set_chosen_keys(chosen)
    assert actions.holder("F5").id == "marks.b"
    assert actions.chosen_with("marks.b", ("B",)) == {"marks.a": ("A",)}


def test_keys_of_actions_that_this_version_does_not_know_are_kept(widget):
    actions = Actions(widget, {"later.deed": ("F9",)})
    actions.add("marks.a", "A", lambda: None, group=Group.MARKS)
    assert actions.chosen_with("marks.a", ("X",)) == {"later.deed": ("F9",), "marks.a": ("X",)}


def test_what_cannot_be_done_is_off_until_asked_again(widget):
    able = []
    actions = Actions(widget)
    action = actions.add("marks.a", "A", lambda: None, group=Group.MARKS, enabled=lambda: bool(able))
    assert not action.isEnabled()
    able.append(1)
    actions.refresh()
    assert action.isEnabled()


def test_the_same_id_cannot_be_registered_twice(widget):
    actions = Actions(widget)
    actions.add("marks.a", "A", lambda: None, group=Group.MARKS)
    with pytest.raises(ValueError, match=r"marks\.a"):
        actions.add("marks.a", "A", lambda: None, group=Group.MARKS)


def test_ctrl_r_begins_a_live_lesson_and_asks_before_it_ends_one(qtbot, theme):
    session = FakeSession()
    window = MainWindow(FakeLessons(), theme, fake_live(lambda choice: session), Preferences())
    qtbot.addWidget(window)
    window.show()
    asked = []
    window.openers.choose_live = lambda: asked.append("live")
    window.actions_.action("lesson.start_stop").trigger()
    assert asked == ["live"]
    window.show_session(session)
    window.actions_.action("lesson.start_stop").trigger()
    assert not session.stopped
    session.finished = True
    window.close()
