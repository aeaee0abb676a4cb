from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox

import classroom_analyzer.gui
from classroom_analyzer.gui.text import clock_text, escaped_tooltip, plain, visible_text


@pytest.mark.parametrize(("t_s", "text"), [(0, "0:00"), (83, "1:23"), (3599.9, "59:59"), (3723, "1:02:03")])
def test_a_lesson_time_reads_as_a_clock(t_s, text):
    assert clock_text(t_s) == text


def test_controls_and_direction_marks_become_visible():
    assert visible_text("a\u202eb\x00c") == "a\\u202eb\\u0000c"


def test_a_long_text_is_cut():
    assert len(visible_text("x" * 100_000)) == 4097


def test_markup_stays_literal(qtbot):
    label = plain(QLabel("<b>x</b>"))
    qtbot.addWidget(label)
    box = plain(QMessageBox())
    qtbot.addWidget(box)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert box.textFormat() is Qt.TextFormat.PlainText


def test_a_tooltip_is_escaped(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    escaped_tooltip(label, "<img src=x>")
    assert "&lt;img" in label.toolTip()


def test_no_label_or_message_box_is_made_without_plain():
    folder = Path(classroom_analyzer.gui.__file__).parent
    bare = []
    for module in folder.glob("*.py"):
        for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), 1):
            if ("QLabel(" in line or "QMessageBox(" in line) and "plain(" not in line and "class " not in line:
                bare.append(f"{module.name}:{number}")
            if ".setToolTip(" in line and module.name != "text.py":
                bare.append(f"{module.name}:{number}")
    assert bare == []
