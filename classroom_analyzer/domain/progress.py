"""How long jobs report and how they are stopped; the terminal and the window both implement it."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from classroom_analyzer.errors import StoppedByUserError

__all__ = ["CancelToken", "Progress", "silent"]


class Progress(Protocol):
    """Called as a job goes on."""

    def __call__(self, step: str, completed: float, total: float | None) -> None:
        """Report.

        Args:
            step: What is being done, for people.
            completed: Units done so far, in the unit of ``total``.
            total: Units in all, None when unknown.
        """
        ...


def silent(step: str, completed: float, total: float | None) -> None:
    """Report nothing."""


class CancelToken:
    """Set by whoever wants a job to stop; looked at by the job at least once a second."""

    def __init__(self) -> None:
        self._event = Event()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._event.is_set()

    def raise_if_cancelled(self, kept: str = "") -> None:
        """Raise ``StoppedByUserError`` when a stop was asked for."""
        if self.cancelled:
            raise StoppedByUserError(kept)
