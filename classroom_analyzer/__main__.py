"""Entry point: without arguments the desktop window, else the command line."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the program and exit with its code."""
    arguments = sys.argv[1:]
    if not arguments:
        sys.exit(_window(demo=False))
    from classroom_analyzer.cli.main import run

    sys.exit(run(arguments, open_window=lambda: _window(demo=True)))


def _window(*, demo: bool) -> int:
    from classroom_analyzer.app.desktop import DesktopLessons
    from classroom_analyzer.gui.application import run
    from classroom_analyzer.gui.lessons import LiveSource
    from classroom_analyzer.settings.paths import home
    from classroom_analyzer.sources.devices import list_cameras, list_microphones

    lessons = DesktopLessons(home())
    live = LiveSource(
        open=lessons.open_live,
        cameras=lambda: [camera.name for camera in list_cameras()],
        microphones=lambda: [microphone.name for microphone in list_microphones()],
    )
    return run(lessons, live=live, initial_session=lessons.open_demo() if demo else None)


if __name__ == "__main__":
    main()
