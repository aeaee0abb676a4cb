from __future__ import annotations

from PySide6.QtCore import Qt

from classroom_analyzer.gui.palette import Palette
from tests.gui.fakes import FakeSession


def open_palette(qtbot, window) -> Palette:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(Palette)
    qtbot.waitExposed(palette)
    return palette


def test_a_few_letters_and_enter_do_it(qtbot, window, lessons):
    lessons.session = FakeSession(t_s=83)
    window.show_session(lessons.session)
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.line, "this moment")
    assert palette.found()[0] == "marks.marker"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert len(lessons.session.markers) == 1
    assert not palette.isVisible()


def test_only_what_can_be_done_now_is_listed(qtbot, window):
    palette = open_palette(qtbot, window)
    assert "marks.marker" not in palette.found()
    assert "file.open" in palette.found()


def test_what_was_done_last_comes_first_and_keys_stand_beside(qtbot, window):
    window.actions_.action("view.projector_safe").trigger()
    palette = open_palette(qtbot, window)
    assert palette.found()[0] == "view.projector_safe"
    row = palette.list.topLevelItem(0)
    assert row.text(1) == "F8"
    assert "(on)" in row.text(0)


def test_arrows_choose_without_leaving_the_line(qtbot, window):
    palette = open_palette(qtbot, window)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    assert palette.focusWidget() is palette.line


def test_what_is_not_there_is_not_done(qtbot, window):
    palette = open_palette(qtbot, window)
    qtbot.keyClicks(palette.line, "zzzz")
    assert palette.found() == []
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
