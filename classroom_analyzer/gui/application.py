"""Starts the window; the caller hands in the use cases, so nothing here knows cameras, models or files."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from classroom_analyzer.domain.live import LiveSession
from classroom_analyzer.gui.collector import GarbageCollector
from classroom_analyzer.gui.lessons import Lessons, LiveSource
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.theme import Theme

if TYPE_CHECKING:
    from classroom_analyzer.gui.stored_panel import Stored

__all__ = ["make_application", "run"]

_LOG = logging.getLogger(__name__)
_LEAST_POINT_SIZE = 10.0
_PREPARE_AFTER_MS = 50  # the start page is painted by then


def make_application(argv: Sequence[str]) -> tuple[QApplication, Theme]:
    """Return the application in Fusion style and its theme.

    Args:
        argv: Program name and options for Qt.
    """
    # OpenCV's wheel points Qt at plugins of its own build.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(list(argv))
    application.setApplicationName("classroom-analyzer")
    application.setApplicationDisplayName("Classroom Analyzer")
    application.setStyle("Fusion")
    font = application.font()
    if font.pointSizeF() < _LEAST_POINT_SIZE:
        font.setPointSizeF(_LEAST_POINT_SIZE)
        application.setFont(font)
    return application, Theme(application)


def run(
    lessons: Lessons,
    *,
    live: LiveSource | None = None,
    initial_session: LiveSession | None = None,
    demo: bool = False,
    home: Path | None = None,
    stored: Stored | None = None,
    diagnostics: Callable[[], str] | None = None,
    argv: Sequence[str] | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        lessons: Use cases of the application.
        live: Live lessons, None where they cannot be held.
        initial_session: A lesson that runs already; the start page is shown without one.
        demo: Play the demo lesson at once; it is opened behind the window, so that the window comes first.
        home: Folder of the user's settings; None keeps them in memory only.
        stored: What is kept of past lessons; None where nobody can tell.
        diagnostics: Describes program and machine without names and content; None where it cannot.
        argv: Program name and options for Qt, default those of the process.

    Returns:
        Exit code of the process.
    """
    application, theme = make_application(sys.argv[:1] if argv is None else argv)
    window = MainWindow(lessons, theme, live, Preferences(home, application), stored, diagnostics)
    window.show()
    offers = False  # one dialog at a time
    if initial_session is not None:
        window.show_session(initial_session)
    elif demo:
        window.openers.open_demo()
    elif not window.preferences.problem and lessons.policy() is None:
        if live is not None:
            window.setup.show_wizard()
        else:
            window.openers.choose_policy()
    else:
        offers = True
    window.setup.look_for_unfinished(offer=offers)
    QTimer.singleShot(_PREPARE_AFTER_MS, window.prepare)
    collector = GarbageCollector(application)
    told_before, sys.excepthook = sys.excepthook, partial(_tell, window)
    try:
        return application.exec()
    finally:
        collector.close()
        sys.excepthook = told_before


def _tell(window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Only what nobody foresaw gets here; the lesson runs in its own threads and goes on.
    _LOG.critical("a fault inside the window", exc_info=(kind, error, trace))
    window.show_fault(f"{kind.__name__}: {error}")
