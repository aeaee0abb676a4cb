from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.live_page import LivePage
from classroom_analyzer.gui.live_view import LiveView
from tests.gui.fakes import FakeSession


def make(qtbot, theme, session, view=None):
    page = LivePage(theme)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.begin(session, view)
    page.show()
    page.show_dashboard(session.dashboard())
    page.set_strip_shown(True)
    page.show_dashboard(session.dashboard())
    return page


@pytest.fixture
def page(qtbot, theme):
    made = make(qtbot, theme, FakeSession(t_s=300))
    yield made
    made.close_strip()


def test_it_is_small_stays_on_top_and_leaves_the_keyboard_to_the_slides(page):
    strip = page.strip
    assert (strip.width(), strip.height()) == (360, 64)
    assert strip.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert strip.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert strip.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    for button in strip.findChildren(QPushButton):
        assert button.sizeHint().height() >= 32


def test_both_marks_are_one_click_away_and_can_be_taken_back_there(qtbot, page):
    session = page._session
    qtbot.mouseClick(page.strip.lost_button, Qt.MouseButton.LeftButton)
    assert session.labels == [(300, LabelKind.LOST, True)]
    assert page.strip.shown_text() == "Lost at 5:00. Undo"
    qtbot.mouseClick(page.strip.undo_button, Qt.MouseButton.LeftButton)
    assert session.labels == []
    qtbot.mouseClick(page.strip.with_me_button, Qt.MouseButton.LeftButton)
    assert session.labels == [(300, LabelKind.WITH_ME, True)]


def test_a_marker_is_taken_back_there_and_its_long_name_keeps_the_strip_small(qtbot, theme):
    name = "Group work & presentations of the third project"
    page = make(qtbot, theme, FakeSession(t_s=300), LiveView(own_markers=(name,)))
    page.mark_own(1)
    strip = page.strip
    assert strip.undo_button.text().endswith("…\nUndo")
    assert "&&" not in strip.shown_text()
    assert strip.undo_button.accessibleName() == f"{name} at 5:00. Undo"
    qtbot.wait(1)
    assert strip.width() == 360
    qtbot.mouseClick(strip.undo_button, Qt.MouseButton.LeftButton)
    assert page._session.markers == []
    assert strip.shown_text() == "Taken back: 5:00"
    page.close_strip()


def test_it_can_be_given_the_keyboard(qtbot, page):
    page.give_strip_keyboard()
    assert page.strip.with_me_button.hasFocus() or page.strip.focusWidget() is page.strip.with_me_button
    order = [page.strip.with_me_button, page.strip.lost_button, page.strip.window_button]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in order)


def test_nobody_sees_the_picture_while_the_strip_is_there(page):
    assert not page.wants_preview
    page.strip.left.emit()
    assert not page.strip_shown
    assert page.wants_preview


def test_a_calibration_lesson_hides_the_line_there_too(qtbot, theme):
    page = make(qtbot, theme, FakeSession(t_s=300), LiveView(calibration=True))
    assert page.strip.shown_text() == "line hidden"
    page.lost()
    assert page._session.labels == [(300, LabelKind.LOST, False)]
    page.close_strip()


def test_under_observe_it_tells_the_talk(qtbot, theme):
    page = make(qtbot, theme, FakeSession(Policy.OBSERVE, t_s=300))
    assert page.strip.shown_text() == page.talk.sentence() != ""
    page.with_me()
    assert page._session.labels == [(300, LabelKind.WITH_ME, False)]
    page.close_strip()


def test_no_window_is_left_behind(qtbot, page, qapp):
    strip = page.strip
    page.close_strip()
    assert not strip.isVisible()
    assert page.strip is None


def test_what_can_be_undone_is_readable_at_twice_the_text_size(qtbot, theme):
    theme.set_text_scale(200)
    page = make(qtbot, theme, FakeSession(t_s=300))
    try:
        page.with_me()
        qtbot.wait(1)
        button = page.strip.undo_button
        assert button.text() == "With me at 5:00\nUndo"
        assert button.height() >= 2 * button.fontMetrics().lineSpacing()
    finally:
        theme.set_text_scale(100)
        page.close_strip()
