"""One job at a time beside the window, such as opening a lesson or writing a report, so that it never freezes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer

from classroom_analyzer.errors import ClassroomAnalyzerError

__all__ = ["Background"]

_CHECK_INTERVAL_MS = 30


class Background(QObject):
    """Runs callables on one worker thread and hands their results back on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="window-job")
        self._future: Future[Any] | None = None
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
        self._future = self._executor.submit(job)
        self._timer.start()
        return True

    def close(self) -> Any:
        """Wait for the running job; return a result that nobody fetched, None without one."""
        self._timer.stop()
        self._executor.shutdown(wait=True, cancel_futures=True)
        future, self._future = self._future, None
        if future is None or future.cancelled() or future.exception() is not None:
            return None
        return future.result()

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
