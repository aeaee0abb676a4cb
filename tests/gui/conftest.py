"""No display is needed: Qt draws into memory."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication

from classroom_analyzer.gui.application import make_application
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.theme import Mode
from tests.gui.fakes import FakeLessons


@pytest.fixture
def theme(qapp):
    # Windows of tests before wait for an event loop to be deleted; a style sheet would be laid over all of them.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _, made = make_application(["test"])
    yield made
    made.set_mode(Mode.SYSTEM)
    qapp.styleHints().colorSchemeChanged.disconnect(made._apply)


@pytest.fixture
def lessons():
    return FakeLessons()


@pytest.fixture
def window(qtbot, theme, lessons):
    made = MainWindow(lessons, theme)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    lessons.session.finished = True
    made.close()


@pytest.fixture(autouse=True)
def own_locale() -> Iterator[None]:
    """A language that a test chose is that of no other test."""
    before = QLocale()
    yield
    QLocale.setDefault(before)
