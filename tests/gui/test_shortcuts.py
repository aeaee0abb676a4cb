from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget

from classroom_analyzer.gui.learn_key import LearnKeyDialog
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.shortcuts import KeyEditor, KeyList
from classroom_analyzer.settings.schema import Page, load_settings
from tests.gui.fakes import FakeLessons, FakeSession


@pytest.fixture
def kept_window(qtbot, theme, tmp_path):
    made = MainWindow(FakeLessons(), theme, preferences=Preferences(tmp_path))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def editor_of(window, id_: str) -> KeyEditor:
    window.show_settings(Page.SHORTCUTS)
    editor = window.settings_page.findChild(KeyEditor)
    editor.tree.choose(id_)
    return editor


def learn(qtbot, editor: KeyEditor, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> LearnKeyDialog:
    editor.learn_button.click()
    dialog = editor.findChild(LearnKeyDialog)
    qtbot.waitExposed(dialog)
    qtbot.keyClick(dialog.catcher, key, modifiers)
    return dialog


def test_f1_lists_every_key(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    tree = window.findChild(KeyList).findChild(QTreeWidget)
    rows = [
        tree.topLevelItem(top).child(row).text(1)
        for top in range(tree.topLevelItemCount())
        for row in range(tree.topLevelItem(top).childCount())
    ]
    assert {"M", "F8", "F11", "Ctrl+K", "Ctrl+R"} <= set(rows)
    assert all(rows)


def test_a_clicker_can_be_taught_and_stays_taught(qtbot, kept_window, theme, tmp_path):
    dialog = learn(qtbot, editor_of(kept_window, "marks.marker"), Qt.Key.Key_PageDown)
    dialog.use_button.click()
    assert kept_window.actions_.entry("marks.marker").keys == ("M", "PgDown")
    assert load_settings(tmp_path).shortcuts == {"marks.marker": ("M", "PgDown")}
    kept_window.close()
    session = FakeSession(t_s=83)
    again = MainWindow(FakeLessons(), theme, preferences=Preferences(tmp_path))
    qtbot.addWidget(again)
    again.show()
    again.activateWindow()
    qtbot.waitUntil(again.isActiveWindow, timeout=2000)
    again.show_session(session)
    qtbot.keyClick(again, Qt.Key.Key_PageDown)
    assert len(session.markers) == 1
    session.finished = True
    again.close()


def test_a_key_that_somebody_has_is_told_and_then_taken(qtbot, kept_window):
    dialog = learn(qtbot, editor_of(kept_window, "marks.marker"), Qt.Key.Key_F8)
    assert "Projector-safe" in dialog.said.text()
    dialog.use_button.click()
    assert kept_window.actions_.holder("F8").id == "marks.marker"
    assert kept_window.actions_.entry("view.projector_safe").keys == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_that_work_the_window_cannot_be_taken(qtbot, kept_window, key):
    dialog = learn(qtbot, editor_of(kept_window, "marks.marker"), key)
    assert dialog.key == ""
    assert not dialog.use_button.isEnabled()
    dialog.reject()


def test_escape_leaves_everything_as_it_was(qtbot, kept_window):
    dialog = learn(qtbot, editor_of(kept_window, "marks.marker"), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert kept_window.actions_.entry("marks.marker").keys == ("M",)


def test_a_key_can_be_taken_away_and_the_usual_one_given_back(kept_window, tmp_path):
    editor = editor_of(kept_window, "marks.marker")
    editor.clear_button.click()
    assert kept_window.actions_.entry("marks.marker").keys == ()
    editor.default_button.click()
    assert kept_window.actions_.entry("marks.marker").keys == ("M",)
    assert load_settings(tmp_path).shortcuts == {}
