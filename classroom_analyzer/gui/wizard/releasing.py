"""Lets go of devices beside the window: a camera that hangs must not hang it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Protocol

__all__ = ["Releasing"]


class _Trial(Protocol):
    def stop(self) -> None: ...


class Releasing:
    """Stops trials one after the other on a thread of its own."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="let-go")

    def stop(self, trial: _Trial) -> None:
        """Stop it soon."""
        self._executor.submit(trial.stop)

    def wait(self) -> None:
        """Block until all that was handed in is stopped; for worker threads that open the same device next."""
        wait([self._executor.submit(lambda: None)])

    def close(self) -> None:
        """Take no more; what was handed in is stopped yet, and the thread ends then."""
        self._executor.shutdown(wait=False)
