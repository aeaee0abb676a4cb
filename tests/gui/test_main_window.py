from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMessageBox

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import Devices, LiveChoice, PictureChoice, PictureKind, SetupChoices
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.gui.application import _tell
from classroom_analyzer.gui.class_table import ClassTable
from classroom_analyzer.gui.live_dialog import LiveDialog
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.policy_dialog import PolicyDialog
from classroom_analyzer.gui.theme import TARGET_PX
from tests.gui.fakes import FakeLessons, FakeSession
from tests.gui.setup_fakes import FakeSetup, fake_live


@pytest.fixture
def running(window, lessons):
    lessons.session = FakeSession(t_s=83)
    window.show_session(lessons.session)
    return lessons.session


@pytest.fixture
def opened_urls(monkeypatch):
    urls = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()) or True)
    return urls


def press_in_box(window, name):
    box = window.findChild(QMessageBox)
    next(b for b in box.buttons() if b.text() == name).click()


def test_a_message_that_can_be_undone_goes_with_its_lesson(qtbot, window, running):
    window.live_page.mark()
    assert window.toast.action_button is not None
    running.finished = True
    qtbot.waitUntil(lambda: not window.stage.running, timeout=2000)
    window.back_to_start()
    assert window.toast.isHidden()


def test_the_window_never_needs_more_than_the_screen_has(window):
    room = window.screen().availableSize()
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() <= room.height()


def test_m_marks_at_once_and_says_when(qtbot, window, running):
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert running.markers == [(83, "")]
    assert window.toast.isVisible()
    assert window.toast.text() == "Marked at 1:23"


def test_stop_asks_first(qtbot, window, running):
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert not running.stopped
    press_in_box(window, "Go on")
    assert not running.stopped
    window.findChild(QMessageBox).deleteLater()
    QApplication.sendPostedEvents(None, 0)
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    press_in_box(window, "Stop")
    assert running.stopped


def test_a_finished_lesson_offers_report_and_folder(qtbot, window, lessons, running, opened_urls):
    running.finished = True
    qtbot.waitUntil(window.live_page.banner.isVisible, timeout=2000)
    buttons = window.live_page.banner.buttons()
    assert list(buttons) == ["Open report", "Show folder", "Back to start"]
    buttons["Show folder"].click()
    buttons["Open report"].click()
    qtbot.waitUntil(lambda: len(opened_urls) == 2, timeout=2000)
    assert lessons.reported == [running.lesson]
    assert opened_urls[1].endswith("report.html")
    buttons["Back to start"].click()
    assert window.live_page is None
    assert window.start_page.isVisible()


def test_a_lesson_that_failed_says_so_in_its_own_words(qtbot, window, running):
    running.error = "the disk is full; <b>free</b> some space"
    running.finished = True
    qtbot.waitUntil(window.live_page.banner.isVisible, timeout=2000)
    assert "ended early" in window.live_page.banner.text()
    assert "<b>free</b>" in window.live_page.banner.text()


def test_polling_ends_with_the_lesson(qtbot, window, running):
    running.finished = True
    qtbot.waitUntil(window.live_page.banner.isVisible, timeout=2000)
    polled = running.previews
    qtbot.wait(150)
    assert running.previews == polled


def test_the_demo_opens_beside_the_event_loop(qtbot, window, lessons):
    window.start_page.buttons[1].click()
    assert window.live_page is None
    qtbot.waitUntil(lambda: window.live_page is not None, timeout=2000)


def test_a_file_that_cannot_be_opened_is_told_on_the_start_page(qtbot, window, lessons):
    lessons.failure = BadInputError("x.mp4", "it is empty; choose another file")
    window.openers.open_file(Path("x.mp4"))
    qtbot.waitUntil(window.start_page.banner.isVisible, timeout=2000)
    assert "it is empty" in window.start_page.banner.text()
    assert window.start_page.buttons[0].isEnabled()


def test_without_a_choice_opening_asks_for_the_policy_first(qtbot, theme):
    lessons = FakeLessons(policy=None)
    window = MainWindow(lessons, theme)
    qtbot.addWidget(window)
    window.show()
    window.openers.choose_policy()
    dialog = window.findChild(PolicyDialog)
    dialog.places[Place.EU_EDUCATION].setChecked(True)
    dialog.cards[Policy.OBSERVE].radio.setChecked(True)
    dialog.accept_button.click()
    assert (lessons.place, lessons.stored) == (Place.EU_EDUCATION, Policy.OBSERVE)
    window.close()


def test_projector_safe_hides_all_that_tells_about_single_people(qtbot, window, running):
    window.live_page.set_tiles_wanted(True)
    page = window.live_page
    assert page.chat.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert not page.chat.isVisible()
    assert not page.preview_card.isVisible()
    assert not page.tiles.isVisible()
    polled = running.previews
    qtbot.wait(120)
    assert running.previews <= polled + 1
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert page.chat.isVisible()
    assert page.preview_card.isVisible()


def test_f11_fills_the_screen_and_gives_it_back(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_closing_asks_then_waits_for_the_lesson_to_end(qtbot, window, running):
    window.close()
    assert window.isVisible()
    press_in_box(window, "Stop and close")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=2000)
    assert running.stopped


def test_live_is_offered_only_where_it_exists(qtbot, theme, window):
    assert len(window.start_page.buttons) == 2
    asked = []
    session = FakeSession()

    def begin(choice):
        asked.append(choice)
        return session

    camera = PictureChoice(PictureKind.CAMERA, "Camera A")
    devices = Devices(cameras=("Camera A",))
    source = fake_live(begin, setup=FakeSetup(SetupChoices(live=LiveChoice(camera)), devices))
    other = MainWindow(FakeLessons(), theme, source)
    qtbot.addWidget(other)
    other.show()
    assert len(other.start_page.buttons) == 3
    other.openers.choose_live()
    qtbot.waitUntil(lambda: other.findChild(LiveDialog) is not None, timeout=2000)
    dialog = other.findChild(LiveDialog)
    dialog.attested.setChecked(True)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: other.live_page is not None, timeout=2000)
    assert [choice.picture for choice in asked] == [camera]
    session.finished = True
    other.close()


def test_a_fault_nobody_foresaw_is_told_and_the_lesson_goes_on(window, running):
    _tell(window, KeyError, KeyError("<b>"), None)
    assert window.live_page.banner.isVisible()
    assert "The lesson goes on." in window.live_page.banner.text()
    assert "<b>" in window.live_page.banner.text()


def test_the_class_line_can_be_read_as_a_table(qtbot, window, running):
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    table = window.findChild(ClassTable).table
    assert table.rowCount() == 5
    assert table.item(0, 0).text() == "1:15"
    assert table.item(0, 4).text() == "Estimate available"


def test_every_control_has_a_name_and_is_large_enough(qtbot, window, running):
    for page in (window.start_page, window.live_page):
        controls = [c for kind in (QAbstractButton, QComboBox) for c in page.findChildren(kind)]
        assert controls
        for control in controls:
            assert control.accessibleName(), control
            assert control.sizeHint().height() >= 32, control.accessibleName()
    assert TARGET_PX >= 32


def test_at_the_start_the_window_is_no_larger_than_the_screen_lets_it_be(qtbot, theme, lessons):
    made = MainWindow(lessons, theme)
    qtbot.addWidget(made)
    room = made.screen().availableSize().expandedTo(made.minimumSize())
    assert made.width() <= room.width()
    assert made.height() <= room.height()


def test_diagnostics_go_to_the_clipboard_from_the_help_menu(qtbot, theme, lessons):
    made = MainWindow(lessons, theme, diagnostics=lambda: "all is well")
    qtbot.addWidget(made)
    made.actions_.action("help.diagnostics").trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "all is well", timeout=2000)
    made.close()
