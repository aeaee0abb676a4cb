"""Lessons that were cut off are offered once: recover, later, delete."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.recovery_dialog import RecoveryDialog
from tests.gui.fakes import FakeLessons
from tests.gui.setup_fakes import FakeRecovery, fake_live

NEWER, OLDER = Path("/l/b.lesson"), Path("/l/a.lesson")


@pytest.fixture
def recovery():
    return FakeRecovery()


@pytest.fixture
def dialog(qtbot, theme, recovery):
    made = RecoveryDialog(recovery, recovery.unfinished())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    QApplication.processEvents()
    return made


def texts(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_each_lesson_says_when_it_began_how_long_it_is_and_why_it_ended_as_plain_text(dialog):
    assert "2026-03-02 <b>geometry</b>" in texts(dialog.rows[NEWER])
    assert "40:12" in texts(dialog.rows[NEWER])
    assert "The computer was switched off." in texts(dialog.rows[OLDER])
    for each in dialog.findChildren(QLabel):
        assert each.textFormat() is Qt.TextFormat.PlainText


def test_by_keyboard_one_is_recovered_and_the_other_put_off(qtbot, dialog, recovery):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: recovery.recovered == [NEWER])
    qtbot.waitUntil(lambda: "40 minutes were saved" in texts(dialog.rows[NEWER]))
    assert not dialog.rows[NEWER].recover_button.isVisible()
    assert QApplication.focusWidget() is dialog.rows[OLDER].recover_button
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: recovery.put_off == [OLDER])
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.close_button)


def test_deleting_asks_twice(qtbot, dialog, recovery):
    row = dialog.rows[OLDER]
    row.delete_button.click()
    assert recovery.deleted == []
    assert "cannot be brought back" in texts(row)
    row.keep_button.click()
    assert row.recover_button.isVisible()
    row.delete_button.click()
    row.sure_button.click()
    qtbot.waitUntil(lambda: recovery.deleted == [OLDER])


def test_a_recovery_that_fails_says_why_and_can_be_put_off(qtbot, dialog, recovery):
    recovery.failure = LessonDamagedError(NEWER, "it is still being recorded; stop that lesson first")
    row = dialog.rows[NEWER]
    row.recover_button.click()
    qtbot.waitUntil(lambda: "still being recorded" in texts(row))
    assert row.later_button.isVisible()
    assert row.later_button.isEnabled()


def test_a_long_recovery_shows_its_step_and_can_be_cancelled(qtbot, dialog, recovery):
    recovery.go_on.clear()
    row = dialog.rows[NEWER]
    row.recover_button.click()
    assert not dialog.rows[OLDER].recover_button.isEnabled()
    qtbot.waitUntil(dialog.panel.isVisible, timeout=3000)
    assert dialog.panel.text == "copying"
    assert dialog.panel.bar.value() == 250
    dialog.panel.cancel_button.click()
    qtbot.waitUntil(lambda: row.recover_button.isEnabled(), timeout=1000)
    assert recovery.recovered == []
    assert "stopped" in texts(row)
    assert not dialog.panel.isVisible()


def test_every_control_has_a_name_and_is_large_enough(dialog):
    for row in dialog.rows.values():
        row.ask_delete(asked=row.lesson.path == OLDER)
    QApplication.processEvents()
    for control in dialog.findChildren(QAbstractButton):
        if control.isVisible():
            assert control.accessibleName()
            assert control.height() >= 32


@pytest.fixture
def window(qtbot, theme, recovery):
    made = MainWindow(FakeLessons(), theme, fake_live(recovery=recovery))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_at_the_start_they_are_offered_and_until_decided_they_stand_on_the_start_page(qtbot, window, recovery):
    window.setup.look_for_unfinished(offer=True)
    qtbot.waitUntil(lambda: window.findChild(RecoveryDialog) is not None)
    assert window.start_page.unfinished.isVisible()
    dialog = window.findChild(RecoveryDialog)
    dialog.rows[NEWER].later_button.click()
    qtbot.waitUntil(lambda: recovery.put_off == [NEWER])
    qtbot.waitUntil(lambda: dialog.rows[OLDER].later_button.isEnabled())
    dialog.rows[OLDER].later_button.click()
    qtbot.waitUntil(lambda: recovery.put_off == [NEWER, OLDER])
    dialog.close_button.click()
    qtbot.waitUntil(lambda: not window.start_page.unfinished.isVisible())


def test_the_start_page_leads_back_to_them(qtbot, window, recovery):
    window.setup.look_for_unfinished(offer=False)
    qtbot.waitUntil(window.start_page.unfinished.isVisible)
    assert window.findChild(RecoveryDialog) is None
    window.start_page.unfinished.button.click()
    qtbot.waitUntil(lambda: window.findChild(RecoveryDialog) is not None)
    window.findChild(RecoveryDialog).close_button.click()


def test_without_any_nothing_is_offered(qtbot, window, recovery):
    recovery.left.clear()
    window.setup.look_for_unfinished(offer=True)
    qtbot.wait(120)
    assert window.findChild(RecoveryDialog) is None
    assert not window.start_page.unfinished.isVisible()
