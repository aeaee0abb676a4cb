"""Has a lesson's own thread do what another thread asks for, so that one thread alone writes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from queue import Empty, SimpleQueue
from typing import TypeVar, cast

from classroom_analyzer.errors import ClassroomAnalyzerError

__all__ = ["Errands"]

ACKNOWLEDGED_S = 1.0  # usually some 10 ms; a disk that takes longer is in trouble
LATE = "the disk is very slow; what you marked last may not be kept"

T = TypeVar("T")


class Errands:
    """What is to be done.

    Args:
        wake: Makes the lesson's thread look.
        warn: Told what could not be done.
    """

    def __init__(self, wake: Callable[[], None], warn: Callable[[str], None]) -> None:
        self._wake = wake
        self._warn = warn
        self._closed = False
        self._waiting: SimpleQueue[tuple[Callable[[], object], Future[object]]] = SimpleQueue()

    def have_done(self, do: Callable[[], T]) -> T | None:
        """Have it done and wait a moment; None when it failed or came too late, or takes longer and is done later."""
        if self._closed:
            return None
        done: Future[object] = Future()
        self._waiting.put((do, done))
        self._wake()
        try:
            return cast(T, done.result(ACKNOWLEDGED_S))
        except NotInTime:
            self._warn(LATE)
        except ClassroomAnalyzerError:
            pass  # warned of by ``run``
        return None

    def run(self) -> None:
        """Do all that waits; the lesson's thread calls it."""
        while True:
            try:
                do, done = self._waiting.get_nowait()
            except Empty:
                return
            try:
                done.set_result(do())
            except ClassroomAnalyzerError as error:
                self._warn(str(error))
                done.set_exception(error)

    def close(self) -> None:
        """Do what waits, and nothing after: the lesson folder is closed next."""
        if not self._closed:
            self._closed = True
            self.run()
