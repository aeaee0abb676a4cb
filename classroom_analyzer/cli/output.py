"""Everything the command line prints: results on stdout, progress and notices on stderr."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.errors import StoppedByUserError

__all__ = ["cancel_on_interrupt", "no_display", "notice", "print_json", "print_line", "progress_on_stderr"]

STOPPED_EXIT_CODE = StoppedByUserError.exit_code
LINE_EVERY_SHARE = 0.1  # without a terminal, a line per tenth


def no_display() -> bool:
    """Whether no window can be shown; only X11 and Wayland systems can lack one."""
    if sys.platform in ("win32", "darwin"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def print_json(document: dict[str, Any] | list[Any]) -> None:
    """Print one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def print_line(text: str = "") -> None:
    """Print one line of a result on stdout."""
    sys.stdout.write(text + "\n")


def notice(text: str) -> None:
    """Tell the user something on stderr."""
    sys.stderr.write(text + "\n")


@contextmanager
def cancel_on_interrupt(*, hard: bool = False) -> Iterator[CancelToken]:
    """Turn Ctrl-C into a request to stop; a second Ctrl-C ends the process at once.

    Args:
        hard: What is stopped has threads of its own that a second Ctrl-C must not wait for; the process ends without
            any clean-up then, as if it had been killed. The system's request to end counts as the first Ctrl-C.
    """
    token = CancelToken()

    def stop(_signal: int, _frame: object) -> None:
        if hard and token.cancelled:
            os._exit(STOPPED_EXIT_CODE)
        if not hard:
            signal.signal(signal.SIGINT, previous[signal.SIGINT])
        token.cancel()  # before the notice: a second signal may come while it is written
        notice("\nstopping; what was analysed so far is being saved (Ctrl-C again quits at once)")

    watched = (signal.SIGINT, signal.SIGTERM) if hard else (signal.SIGINT,)
    previous = {each: signal.signal(each, stop) for each in watched}
    try:
        yield token
    finally:
        for each, before in previous.items():
            signal.signal(each, before)


@contextmanager
def progress_on_stderr() -> Iterator[Progress]:
    """Show a bar with the time left on a terminal, a line per tenth elsewhere."""
    if sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(step: str, completed: float, total: float | None) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=completed, total=total)

        yield report


def _lines() -> Progress:
    import time

    started_s: dict[str, float] = {}
    shown: dict[str, float] = {}

    def report(step: str, completed: float, total: float | None) -> None:
        begun = started_s.setdefault(step, time.monotonic())
        if not total or completed / total < shown.get(step, 0.0) + LINE_EVERY_SHARE:
            return
        shown[step] = completed / total
        left_s = (time.monotonic() - begun) * (total / completed - 1)
        notice(f"{step}: {shown[step]:.0%}, about {left_s:.0f} s left")

    return report
