"""Lines typed and pasted into a lesson: by key, by button, and what the window says of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from classroom_analyzer.domain.chat import ChatTaken
from tests.gui.fakes import FakeSession

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def running(window, lessons):
    lessons.session = FakeSession(t_s=83)
    window.show_session(lessons.session)
    yield lessons.session
    QGuiApplication.clipboard().clear()


def test_a_typed_line_is_taken_by_enter_and_the_field_is_empty_again(qtbot, window, running):
    entry = window.live_page.chat.entry
    assert entry.isVisible()
    entry.line.setFocus()
    qtbot.keyClicks(entry.line, "Open page 42, m and w too")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert running.typed == ["Open page 42, m and w too"]
    assert entry.line.text() == ""
    assert running.markers == []  # M is a key of the window, not while typing
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert len(running.typed) == 1
    assert entry.result() == "Lines taken: 1"


def test_ctrl_v_pastes_and_says_what_was_taken_merged_private_and_not_readable(qtbot, window, running):
    QGuiApplication.clipboard().setText("Ana: hi\nBo: <b>yes</b>")
    qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    entry = window.live_page.chat.entry
    qtbot.waitUntil(lambda: bool(entry.result()), timeout=2000)
    assert running.pasted == ["Ana: hi\nBo: <b>yes</b>"]
    assert entry.result() == "Lines taken: 3, already here: 2, private and left out: 1, not readable: 4"


def test_the_button_pastes_and_an_empty_clipboard_is_said(qtbot, window, running):
    QGuiApplication.clipboard().clear()
    entry = window.live_page.chat.entry
    entry.paste.click()
    assert running.pasted == []
    assert "no text" in window.toast.text()
    QGuiApplication.clipboard().setText("Ana: hi")
    qtbot.keyClick(entry.paste, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: running.pasted == ["Ana: hi"], timeout=2000)


def test_in_the_field_one_line_is_text_to_edit_and_several_are_chat(qtbot, window, running):
    line = window.live_page.chat.entry.line
    line.setFocus()
    QGuiApplication.clipboard().setText("page 42")
    qtbot.keyClick(line, Qt.Key.Key_V, CONTROL)
    assert (line.text(), running.pasted) == ("page 42", [])
    QGuiApplication.clipboard().setText("Ana: hi\nBo: ho")
    qtbot.keyClick(line, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: running.pasted == ["Ana: hi\nBo: ho"], timeout=2000)
    assert line.text() == "page 42"


def test_a_lesson_that_takes_no_lines_offers_none(qtbot, window, lessons):
    lessons.session = FakeSession(t_s=83, live=False)
    window.show_session(lessons.session)
    assert not window.live_page.chat.entry.isVisible()
    QGuiApplication.clipboard().setText("Ana: hi\nBo: ho")
    qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    qtbot.wait(50)
    assert lessons.session.pasted == []
    QGuiApplication.clipboard().clear()


def test_the_entry_goes_when_the_lesson_ends(qtbot, window, running):
    running.finished = True
    qtbot.waitUntil(window.live_page.banner.isVisible, timeout=2000)
    assert not window.live_page.chat.entry.isVisible()


def test_field_and_button_have_names_and_tooltips_with_their_keys(window, running):
    entry = window.live_page.chat.entry
    assert all(field.accessibleName() for field in entry.findChildren(QLineEdit))
    assert entry.line.sizeHint().height() >= 32 or entry.line.minimumHeight() >= 32
    assert "Enter" in entry.line.toolTip()
    assert "Ctrl+V" in entry.paste.toolTip()
    assert window.actions_.entry("lesson.paste_chat").keys == ("Ctrl+V",)


def test_only_what_happened_is_said(window, running):
    entry = window.live_page.chat.entry
    assert entry.show_taken(ChatTaken(taken=2, merged=1)) == "Lines taken: 2, already here: 1"
