"""What the teacher can do on the lesson page."""

from __future__ import annotations

import itertools
import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from classroom_analyzer.domain.labels import LabelKind
from classroom_analyzer.domain.live import RecordingHealth, RecordingState
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.live_page import LivePage
from classroom_analyzer.gui.live_view import LiveView
from classroom_analyzer.gui.student_view import notice_text
from tests.gui.fakes import GAP, FakeSession


def make(qtbot, theme, session, view=None):
    page = LivePage(theme)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.begin(session, view)
    page.show()
    page.show_dashboard(session.dashboard())
    return page


@pytest.fixture
def session():
    return FakeSession(t_s=300)


@pytest.fixture
def page(qtbot, theme, session):
    return make(qtbot, theme, session)


def letters(page):
    return [mark.letter for mark in page.class_line.plot.marks()]


def press_in_box(page, name):
    box = page.findChild(QMessageBox)
    next(b for b in box.buttons() if b.text() == name).click()


def test_every_press_answers_within_100_ms_with_a_mark_on_the_line_and_a_message(qtbot, page, session):
    page._toast.show_text("warm")  # fonts are loaded once in the life of a window
    for button, letter in (
        (page.devices.with_me_button, "W"), (page.devices.lost_button, "L"), (page.devices.mark_button, "M"),
    ):  # fmt: skip
        start = time.perf_counter()
        button.click()
        QApplication.processEvents()
        assert time.perf_counter() - start < 0.1
        assert letters(page)[-1] == letter
        assert page._toast.isVisible()
    assert session.labels == [(300, LabelKind.WITH_ME, True), (300, LabelKind.LOST, True)]
    assert session.markers == [(300, "")]


def test_the_message_of_a_label_takes_it_back(page, session):
    page.lost()
    page._toast.action_button.click()
    assert session.labels == []
    assert letters(page) == []
    assert page._toast.text() == "Taken back: 5:00"


def test_the_message_of_a_marker_or_note_takes_it_back(qtbot, page, session):
    page.begin_note()
    qtbot.keyClicks(page.note_line.line, "loud")
    qtbot.keyClick(page.note_line.line, Qt.Key.Key_Return)
    for press in (page.mark, lambda: page.mark_own(3), lambda: page._dispute("I disagree", 200)):
        press()
    assert letters(page) == ["N", "M", "3", "N"]
    while session.markers:
        there = len(session.markers)
        if page._toast.action_button is not None:
            page._toast.action_button.click()
        else:
            page.undo()
        assert len(session.markers) == len(letters(page)) == len(page.strips.one("questions")._marks) == there - 1
    assert page._toast.text() == "Taken back: 5:00"


def test_letters_of_marks_close_together_do_not_cover_each_other_in_a_low_plot(qtbot, page):
    plot = page.class_line.plot
    for _ in range(3):
        page.mark()
    page.lost()
    for height_px in (900, 600):
        page.resize(1280, height_px)
        qtbot.wait(1)
        box_px = plot._plot.getViewBox().height()
        tops = [(1 - item.label.orthoPos) * box_px for _, item in plot._marks]
        apart = [below - above for above, below in itertools.pairwise(tops)]
        assert all(gap >= plot.fontMetrics().height() - 1 for gap in apart), (height_px, apart)


def test_in_a_narrow_window_the_line_keeps_its_room_and_the_picture_comes_below_it(qtbot, page):
    page.set_tiles_wanted(True)
    for width_px, narrow in ((640, True), (1280, False), (800, True), (1024, False)):
        page.resize(width_px, 360)
        qtbot.wait(1)
        assert page.class_line.width() >= 300
        for part in (page.preview_card, page.contribution_card, page.tiles):
            assert part.isVisible()
            below = page._left_side.isHidden() and page.class_line.parentWidget() is part.parentWidget()
            assert below is narrow


def test_marks_stand_on_the_strips_too(page):
    page.lost()
    assert page.strips.one("questions")._marks == (300,)


def test_a_note_is_typed_while_the_lesson_goes_on(qtbot, page, session):
    page.begin_note()
    session.advance(20)
    page.show_dashboard(session.dashboard())
    qtbot.keyClicks(page.note_line.line, "wm lost")  # letters that are keys elsewhere
    qtbot.keyClick(page.note_line.line, Qt.Key.Key_Return)
    assert session.markers == [(320, "5:00: wm lost")]
    assert session.labels == []
    assert not page.note_line.isVisible()


def test_escape_drops_a_note(qtbot, page, session):
    page.begin_note()
    qtbot.keyClicks(page.note_line.line, "x")
    qtbot.keyClick(page.note_line.line, Qt.Key.Key_Escape)
    assert session.markers == []


def test_a_pause_shows_no_picture_and_one_press_goes_on(page, session):
    page.show_preview(session.preview())
    page.devices.pause_button.click()
    assert session.paused
    assert page.preview._image is None
    page.show_preview(session.preview())
    assert page.preview._image is None
    assert "Nothing is seen" in page.paused_banner.text()
    page.paused_banner.buttons()["Go on"].click()
    assert not session.paused
    assert not page.paused_banner.isVisible()


def test_a_gap_in_the_line_says_why(qtbot, page):
    assert page.class_line.plot.gap_words() == ["too little was observed"]


def test_a_calibration_lesson_hides_all_of_the_line_until_the_end(qtbot, theme):
    session = FakeSession(t_s=300)
    page = make(qtbot, theme, session, LiveView(calibration=True))
    assert not page.class_line.plot.isVisible()
    assert not page.contribution_card.isVisible()
    page.ask_why(200)
    assert session.asked_why == []
    page.with_me()
    assert session.labels == [(300, LabelKind.WITH_ME, False)]
    assert page.table().table.horizontalHeaderItem(1).text() != "Estimate, 0 to 1"
    session.finished = True
    page.show_dashboard(session.dashboard())
    assert page.class_line.plot.isVisible()
    assert page.contribution_card.isVisible()


def test_where_the_screen_faces_the_class_a_lesson_begins_with_lamp_and_notice_only(qtbot, theme):
    session = FakeSession(t_s=300)
    page = make(qtbot, theme, session, LiveView(screen_faces_class=True))
    assert page.student.isVisible()
    assert not page.whole.isVisible()
    assert not page.wants_preview
    page.lost()
    assert session.labels == [(300, LabelKind.LOST, False)]
    assert page._toast.text() == "Noted."  # students read along
    page.student.leave_button.click()
    assert page.whole.isVisible()
    assert page.class_line.sentence()  # drawn as soon as it can be seen


def test_the_notice_tells_what_is_kept_and_that_there_is_a_pause():
    session = FakeSession(Policy.OBSERVE, t_s=10)
    assert "makes no estimate of anybody" in notice_text(session.dashboard())
    assert "No picture and no sound are kept." in notice_text(session.dashboard())
    session.recording = RecordingHealth(RecordingState.ON)
    session.paused = True
    assert "are kept, encrypted" in notice_text(session.dashboard())
    assert notice_text(session.dashboard()).startswith("Paused")


def test_a_seat_is_masked_after_one_question_and_is_out_of_the_picture_at_once(qtbot, page, session):
    page.show_preview(session.preview())
    place = page.preview._image_rect()
    box = session.preview().seats[3].box
    scale = place.width() / 1280
    x, y = place.x() + box.centre_px[0] * scale, place.y() + box.centre_px[1] * scale
    qtbot.mouseClick(page.preview, Qt.MouseButton.LeftButton, pos=QPoint(int(x), int(y)))
    assert session.masked == set()
    press_in_box(page, "Mask this seat")
    assert session.masked == {4}
    assert page.preview.grab().toImage().pixelColor(int(x), int(y)).name() == "#000000"
    page.show_dashboard(session.dashboard())
    page.show_preview(session.preview())
    assert page.preview._covered == {}
    assert page.preview.grab().toImage().pixelColor(int(x), int(y)).name() == "#000000"


def test_a_seat_can_be_masked_by_keyboard(qtbot, page, session):
    page.show_preview(session.preview())
    page.preview.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(page.preview, key)
    press_in_box(page, "Mask this seat")
    assert session.masked == {2}


def test_why_opens_by_keyboard_for_the_moment_under_the_cursor(qtbot, page, session):
    plot = page.class_line.plot
    qtbot.keyClick(plot.graphics, Qt.Key.Key_Left)
    qtbot.keyClick(plot.graphics, Qt.Key.Key_Left)
    qtbot.keyClick(plot.graphics, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert plot.cursor_s == 294
    qtbot.keyClick(plot.graphics, Qt.Key.Key_Return)
    assert session.asked_why == [294]
    assert page.why.isVisible()
    assert not page.chat.isVisible()
    page.why.disagree.click()
    assert session.markers == [(300, "I disagree with the estimate at 4:54")]
    page.why.close_button.click()
    assert page.chat.isVisible()


def test_why_opens_by_a_click_on_the_line(qtbot, page, session):
    plot = page.class_line.plot
    scene = plot._plot.getViewBox().mapViewToScene(QPoint(GAP.start + 5, 0))
    at = plot.graphics.mapFromScene(scene.x(), plot.graphics.height() / 3)
    qtbot.mouseClick(plot.graphics.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(session.asked_why) == 1
    assert abs(session.asked_why[0] - GAP.start - 5) <= 1


def test_projector_safe_closes_why(page):
    page.ask_why(200)
    page.set_projector_safe(True)
    assert not page.why.isVisible()
    page.set_projector_safe(False)
    assert page.chat.isVisible()


def test_hints_are_off_until_they_are_asked_for(qtbot, theme, monkeypatch):
    for wanted in (False, True):
        session = FakeSession(t_s=300)
        page = make(qtbot, theme, session, LiveView(nudges=wanted))
        monkeypatch.setattr("classroom_analyzer.gui.nudges.MANY_QUESTIONS", 0.5)
        session.advance(1)
        page.show_dashboard(session.dashboard())
        assert page.nudge_banner.isVisible() is wanted


def test_a_trouble_that_was_put_away_stays_away(page, session):
    from classroom_analyzer.domain.live import SourceState

    session.camera = SourceState.LOST
    page.show_dashboard(session.dashboard())
    page.trouble_banner.buttons()["Close"].click()
    page.show_dashboard(session.dashboard())
    assert not page.trouble_banner.isVisible()
    session.camera = SourceState.OK
    page.show_dashboard(session.dashboard())
    session.camera = SourceState.LOST
    page.show_dashboard(session.dashboard())
    assert page.trouble_banner.isVisible()


def test_nothing_is_drawn_while_nobody_can_see_it(qtbot, theme):
    session = FakeSession(t_s=300)
    page = make(qtbot, theme, session, LiveView(screen_faces_class=True))
    drawn, _ = page.class_line.plot.line.getData()
    assert drawn is None or len(drawn) == 0
    page.set_student_visible(False)
    assert len(page.class_line.plot.line.getData()[0]) == 300


def test_after_the_end_nothing_can_be_marked(page, session):
    session.finished = True
    page.show_dashboard(session.dashboard())
    page.lost()
    page.mark()
    page.begin_note()
    assert (session.labels, session.markers) == ([], [])


def test_settings_that_apply_at_once_reach_a_running_lesson(page, session):
    page.follow_settings(LiveView(own_markers=("Group work",), nudges=True, group_minimum=8))
    page.mark_own(1)
    assert session.markers == [(300, "Group work")]
    assert not page.class_line.hidden  # a calibration is chosen for a lesson, never by the settings


def test_a_live_lesson_is_heard_to_begin_and_a_recording_is_not(qtbot, theme, monkeypatch):
    beeps = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    make(qtbot, theme, FakeSession(t_s=3, live=False))
    assert beeps == []
    session = FakeSession(t_s=3)
    page = make(qtbot, theme, session)
    page.show_dashboard(session.dashboard())
    assert beeps == [1]


def test_the_keys_of_the_design_reach_the_lesson(qtbot, window, lessons):
    lessons.session = session = FakeSession(t_s=83)
    window.show_session(session)
    for key in (Qt.Key.Key_W, Qt.Key.Key_L, Qt.Key.Key_M, Qt.Key.Key_3, Qt.Key.Key_P):
        qtbot.keyClick(window, key)
    assert [kind for _, kind, _ in session.labels] == [LabelKind.WITH_ME, LabelKind.LOST]
    assert [note for _, note in session.markers] == ["", "Marker 3"]
    assert session.paused
    for markers, labels in ((1, 2), (0, 2), (0, 1)):  # newest first
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert (len(session.markers), len(session.labels)) == (markers, labels)
    assert [kind for _, kind, _ in session.labels] == [LabelKind.WITH_ME]
    qtbot.keyClick(window, Qt.Key.Key_N)
    qtbot.keyClicks(window.live_page.note_line.line, "lwm")
    assert len(session.labels) == 1
    window.live_page.note_line.cancel_button.click()
    qtbot.keyClick(window, Qt.Key.Key_F7)
    assert window.live_page.student_visible
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.live_page.strip_shown
    window.live_page.set_strip_shown(False)
