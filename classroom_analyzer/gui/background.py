"""One job at a time beside the window, such as opening a lesson or writing a report, so that it never freezes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, QTimer

from classroom_analyzer.errors import ClassroomAnalyzerError

__all__ = ["Background"]

_CHECK_INTERVAL_MS = 30
_PATIENCE_S = 2.0  # quitting takes less than 3 s, whatever hangs


class Background(QObject):
    """Runs callables on one worker thread and hands their results back on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._future: Future[Any] | None = None
        self._thread: Thread | None = None
        self._done: Callable[[Any], None] = lambda _: None
        self._failed: Callable[[ClassroomAnalyzerError], None] = lambda _: None
        self._timer = QTimer(self, interval=_CHECK_INTERVAL_MS)
        self._timer.timeout.connect(self._check)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._future is not None

    def run(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[ClassroomAnalyzerError], None],
    ) -> bool:
        """Start a job; return False and do nothing when one runs already."""
        if self.busy:
            return False
        self._done, self._failed = done, failed
        self._future = future = Future[Any]()
        # A daemon: a device that hangs for ever does not keep the program from ending.
        self._thread = Thread(target=_work, args=(future, job), name="window-job", daemon=True)
        self._thread.start()
        self._timer.start()
        return True

    def close(self) -> Any:
        """Wait 2 s at most for the running job; return a result that nobody fetched, None without one."""
        self._timer.stop()
        future, self._future = self._future, None
        if future is None or self._thread is None:
            return None
        self._thread.join(_PATIENCE_S)
        if not future.done() or future.exception() is not None:
            return None
        return future.result()

    def abandon(self) -> None:
        """Forget a job that runs: nobody waits for it, and nothing comes of it."""
        self._timer.stop()
        self._future = None

    def _check(self) -> None:
        future = self._future
        if future is None or not future.done():
            return
        self._timer.stop()
        self._future = None
        try:
            result = future.result()
        except ClassroomAnalyzerError as error:
            self._failed(error)
        else:
            self._done(result)


def _work(future: Future[Any], job: Callable[[], Any]) -> None:
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001  handed to the window's thread
        future.set_exception(error)
    else:
        future.set_result(result)
