from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QLabel, QPushButton

from classroom_analyzer.gui.language import Language
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.settings.schema import Settings, load_settings, save_settings
from tests.gui.fakes import FakeLessons, FakeSession


@pytest.fixture
def language(qapp):
    made = Language()
    before = QLocale()
    yield made
    made.close()
    QLocale.setDefault(before)


@pytest.fixture
def make_window(qtbot, theme, tmp_path):
    made = []
    before = QLocale()

    def make(language: str) -> MainWindow:
        save_settings(tmp_path, Settings(language=language))
        window = MainWindow(FakeLessons(), theme, preferences=Preferences(tmp_path))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
    QLocale.setDefault(before)


def test_qt_answers_from_the_catalogue(language):
    assert language.use("zh_CN")
    assert QCoreApplication.translate("StoredPanel", "Until") == "保存到"
    assert QCoreApplication.translate("StoredPanel", "no such sentence") == "no such sentence"
    assert not language.use("zh_CN")


def test_plurals_are_right_in_both_languages(language):
    def said(n: int) -> str:
        return QCoreApplication.translate("StoredPanel", "%n lesson(s) kept.", "", n)

    language.use("en")
    assert [said(0), said(1), said(2)] == ["0 lessons kept.", "1 lesson kept.", "2 lessons kept."]
    language.use("zh_CN")
    assert said(3) == "保存了 3 节课。"


def test_buttons_of_qt_itself_speak_the_language_too(language):
    language.use("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_dates_follow_the_language(language):
    language.use("zh_CN")
    assert QLocale().language() == QLocale.Language.Chinese


def test_the_window_changes_its_language_at_once_and_keeps_it(make_window, tmp_path):
    window = make_window("en")
    window.show_settings()
    box = window.settings_page.rows["language"].focusProxy()
    box.setCurrentIndex(box.findData("zh_CN"))
    box.activated.emit(box.currentIndex())
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    assert window.settings_page.isVisible()
    assert window.settings_page.back_button.text() == "完成"
    assert window.start_page.buttons[0].accessibleName() == "打开录像"
    assert window.actions_.entry("file.open").text == "打开录像…"
    assert window.actions_.entry("file.open").keys == ("Ctrl+O",)
    assert load_settings(tmp_path).language == "zh_CN"


def test_during_a_lesson_the_language_waits_until_it_is_left(qtbot, make_window):
    window = make_window("en")
    session = FakeSession(t_s=10)
    window.show_session(session)
    window.preferences.set("language", "zh_CN")
    assert window.menuBar().actions()[0].text() == "&File"
    session.finished = True
    qtbot.waitUntil(lambda: not window.stage.running, timeout=2000)
    window.back_to_start()
    assert window.menuBar().actions()[0].text() == "文件(&F)"


def test_a_chinese_window_shows_no_english_but_names(qtbot, make_window):
    window = make_window("zh_CN")
    window.show_settings()
    allowed = {"Classroom Analyzer", "English"}
    for kind in (QPushButton, QLabel):
        for widget in window.findChildren(kind):
            text = widget.text()
            latin = sum(c.isascii() and c.isalpha() for c in text)
            assert text in allowed or latin <= len(text) / 2 or not latin, text


def test_a_whole_lesson_can_be_held_in_chinese(qtbot, make_window):
    window = make_window("zh_CN")
    session = FakeSession(t_s=300)
    window.show_session(session)
    window.stage.set_projector_safe(True)
    assert window.toast.text() == "投影安全视图"
    session.finished = True
    qtbot.waitUntil(window.live_page.banner.isVisible, timeout=2000)
    assert "课堂已结束" in window.live_page.banner.text()
