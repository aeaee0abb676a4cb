from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMessageBox

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.domain.setup import Devices
from classroom_analyzer.domain.stored import StoredLesson
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.policy_dialog import PolicyDialog
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.setting_fields import FIELDS
from classroom_analyzer.gui.stored_panel import StoredPanel
from classroom_analyzer.settings.schema import Page, Settings, load_settings, save_settings
from tests.gui.fakes import FakeLessons, FakeSession


class FakeStored:
    folder = Path("/somewhere/lessons")

    def __init__(self) -> None:
        self.kept = [StoredLesson(Path("/x/a.lesson"), "<b>Geometry</b>", None, 2048)]

    def lessons(self) -> tuple[StoredLesson, ...]:
        return tuple(self.kept)

    def delete(self, lesson: Path) -> None:
        self.kept = [each for each in self.kept if each.path != lesson]


@pytest.fixture
def make_window(qtbot, theme, tmp_path):
    made = []

    def make(stored=None) -> MainWindow:
        window = MainWindow(FakeLessons(), theme, preferences=Preferences(tmp_path), stored=stored)
        qtbot.addWidget(window)
        window.resize(1280, 720)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=2000)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
    theme.set_text_scale(100)


def test_every_setting_but_the_version_stands_on_its_page(make_window):
    window = make_window()
    window.show_settings()
    shown = []
    for page in Page:
        window.settings_page.show_page(page)
        shown += window.settings_page.shown()
    assert sorted(shown) == sorted(set(Settings.model_fields) - {"format_version"})


def test_a_setting_changed_by_keyboard_holds_at_once_and_after_a_restart(qtbot, make_window, theme, tmp_path):
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.settings_page.isVisible()
    box = window.settings_page.rows["theme"].focusProxy()
    qtbot.keyClick(box, Qt.Key.Key_D)
    assert theme.tokens.dark
    assert load_settings(tmp_path).theme == "dark"
    window.close()
    theme.set_mode("light")
    again = make_window()
    assert theme.tokens.dark
    again.show_settings()
    assert again.settings_page.rows["theme"].focusProxy().currentData() == "dark"


def test_text_grows_at_once_on_everything_that_is_shown(qtbot, make_window):
    window = make_window()
    window.show_settings()
    before = window.settings_page._heading.font().pointSizeF()
    box = window.settings_page.rows["text_scale"].focusProxy()
    box.setFocus()
    for _ in range(4):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert window.preferences.settings.text_scale == 200
    assert window.settings_page._heading.font().pointSizeF() == pytest.approx(2 * before)


def test_what_needs_a_new_lesson_says_so(make_window):
    page = make_window().settings_page
    for row in page._rows:
        texts = " ".join(label.text() for label in row.findChildren(type(page.said)))
        assert ("next lesson" in texts.replace(row.field.description, "")) == (not row.field.at_once)


def test_search_finds_settings_of_all_pages_by_name_and_sentence(qtbot, make_window):
    window = make_window()
    window.show_settings()
    qtbot.keyClicks(window.settings_page.search, "microphone")
    assert window.settings_page.shown() == ["microphone"]
    window.settings_page.search.setText("colours")
    assert window.settings_page.shown() == ["theme"]
    window.settings_page.search.setText("zzzzzz")
    assert window.settings_page.shown() == []


def test_reset_gives_one_page_its_usual_values_and_never_a_policy(make_window, tmp_path):
    save_settings(
        tmp_path, Settings(policy=Policy.OBSERVE, place=Place.OTHER, keep_media_days=7, analysed_fps=2.0, nudges=True)
    )
    window = make_window()
    window.show_settings(Page.PRIVACY)
    window.settings_page.reset_button.click()
    kept = load_settings(tmp_path)
    assert (kept.keep_media_days, kept.analysed_fps, kept.nudges) == (0, 2.0, True)
    assert (kept.policy, kept.place) == (Policy.OBSERVE, Place.OTHER)


def test_exported_settings_can_be_imported_but_choose_no_policy(make_window, tmp_path):
    save_settings(tmp_path, Settings(policy=Policy.ENGAGEMENT, place=Place.OTHER, nudges=True, markers=("Quiz",)))
    window = make_window()
    file = tmp_path / "mine.toml"
    window.settings_page.export_to(file)
    save_settings(tmp_path, Settings(policy=Policy.OBSERVE, place=Place.EU_EDUCATION))
    window.settings_page.import_from(file)
    kept = load_settings(tmp_path)
    assert (kept.nudges, kept.markers) == (True, ("Quiz",))
    assert (kept.policy, kept.place) == (Policy.OBSERVE, Place.EU_EDUCATION)


def test_a_damaged_import_changes_nothing_and_says_which_value_it_is(make_window, tmp_path):
    window = make_window()
    file = tmp_path / "other.toml"
    file.write_text("nudges = true\ntext_scale = 7\n")
    window.settings_page.import_from(file)
    assert "text_scale" in window.settings_page.said.text()
    assert not window.preferences.settings.nudges


def test_a_value_that_is_not_allowed_is_told_and_the_old_one_shown(make_window, tmp_path):
    window = make_window()
    window.show_settings()
    (tmp_path / "settings.toml").write_text("theme = ")
    window.settings_page.rows["nudges"].focusProxy().click()
    assert "cannot be read" in window.settings_page.said.text()
    assert not window.settings_page.rows["nudges"].focusProxy().isChecked()


def test_settings_that_cannot_be_read_are_told_and_can_be_put_aside(make_window, tmp_path):
    (tmp_path / "settings.toml").write_text("policy = 'everything'")
    window = make_window()
    assert "policy" in window.start_page.banner.text()
    window.start_page.banner.buttons()["Start afresh"].click()
    assert (tmp_path / "settings.damaged.toml").exists()
    assert window.findChild(PolicyDialog) is not None


def test_policy_and_place_are_chosen_in_their_dialog_only(make_window):
    window = make_window()
    window.show_settings(Page.PRIVACY)
    row = window.settings_page.rows["policy"]
    assert not row.findChildren(QComboBox)
    row.focusProxy().click()
    assert window.findChild(PolicyDialog) is not None


def test_a_device_that_is_away_stays_chosen(make_window, tmp_path):
    save_settings(tmp_path, Settings(camera="Old <b>camera</b>"))
    window = make_window()
    window.settings_page.show_devices(Devices(cameras=("New camera",), microphones=("Mic",)))
    box = window.settings_page.rows["camera"].focusProxy()
    assert [box.itemText(i) for i in range(box.count())] == ["not chosen", "Old <b>camera</b>", "New camera"]
    assert box.currentData() == "Old <b>camera</b>"


def test_privacy_lists_what_is_kept_and_deletes_it_after_a_question(qtbot, make_window):
    stored = FakeStored()
    window = make_window(stored)
    window.show_settings(Page.PRIVACY)
    panel = window.settings_page.findChild(StoredPanel)
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 1, timeout=2000)
    assert panel.list.topLevelItem(0).text(0) == "<b>Geometry</b>"
    panel.list.setCurrentItem(panel.list.topLevelItem(0))
    panel.delete_button.click()
    box = panel.findChild(QMessageBox)
    assert len(stored.kept) == 1
    next(b for b in box.buttons() if b.text() == "Delete").click()
    qtbot.waitUntil(lambda: panel.list.topLevelItemCount() == 0, timeout=2000)
    assert stored.kept == []


def test_settings_open_over_a_lesson_that_goes_on(qtbot, make_window):
    window = make_window()
    session = FakeSession(t_s=10)
    window.show_session(session)
    page = window.live_page
    window.show_settings()
    before = session.dashboards
    qtbot.waitUntil(lambda: session.dashboards > before, timeout=2000)
    window.settings_page.back_button.click()
    assert page.isVisible()
    session.finished = True


def test_every_editor_has_a_name_and_is_large_enough(make_window):
    window = make_window()
    window.show_settings()
    assert {field.name for field in FIELDS} - set(window.settings_page.rows) == {"shortcuts"}
    for editor in window.settings_page.rows.values():
        control = editor.focusProxy()
        assert control.accessibleName()
        assert max(control.minimumHeight(), control.sizeHint().height()) >= 32, editor.field.name


def test_no_thread_and_no_timer_survives_the_window(qtbot, make_window):
    window = make_window(FakeStored())
    window.show_settings(Page.PRIVACY)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    assert not [thread for thread in threading.enumerate() if thread.name == "window-job"]
    assert not [timer for timer in window.findChildren(QTimer) if timer.isActive()]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_start_page_is_whole_at_twice_the_text_size(make_window, tmp_path, language):
    save_settings(tmp_path, Settings(text_scale=200, language=language))
    window = make_window()
    page = window.start_page
    for text in page.findChildren(QLabel):
        if text.isVisible():
            assert text.height() >= text.heightForWidth(text.width()), text.text()
    for button in page.buttons:
        assert QFontMetrics(QApplication.font()).horizontalAdvance(button._what) <= button.width() - 86
