"""Entry point: without arguments the desktop window, else the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classroom_analyzer.domain.live import LiveSession

__all__ = ["main"]


def main() -> None:
    """Run the program and exit with its code."""
    arguments = sys.argv[1:]
    if not arguments:
        sys.exit(_window())
    from classroom_analyzer.cli.main import run

    code = run(
        arguments,
        open_demo=lambda: _window(demo=True),
        open_session=lambda session: _window(session=session),
        list_windows=_window_titles,
    )
    sys.exit(code)


def _window_titles() -> tuple[str, ...]:
    from classroom_analyzer.gui.window_capture import list_windows

    return list_windows()


def _window(*, demo: bool = False, session: LiveSession | None = None) -> int:
    from classroom_analyzer.app.desktop import DesktopLessons
    from classroom_analyzer.app.logs import keep_log
    from classroom_analyzer.app.recovery import DesktopRecovery
    from classroom_analyzer.app.retention import DailyPurge, StoredLessons
    from classroom_analyzer.app.setup import DesktopSetup
    from classroom_analyzer.gui.application import run
    from classroom_analyzer.gui.lessons import LiveSource
    from classroom_analyzer.gui.window_capture import capture_window, list_windows
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.sources.call_window import WindowReader, use_window_reader

    keep_log(home())
    use_window_reader(WindowReader(capture_window, list_windows))
    lessons = DesktopLessons(home())
    live = LiveSource(lessons.open_live, DesktopSetup(home(), list_windows), DesktopRecovery(home()))
    purge = DailyPurge(home())
    try:
        return run(
            lessons,
            live=live,
            initial_session=session,
            demo=demo,
            home=home(),
            stored=StoredLessons(home()),
            diagnostics=_diagnostics,
        )
    finally:
        purge.stop()


def _diagnostics() -> str:
    from classroom_analyzer.app.doctor import diagnostics_text
    from classroom_analyzer.settings.paths import home

    return diagnostics_text(home())


if __name__ == "__main__":
    main()
