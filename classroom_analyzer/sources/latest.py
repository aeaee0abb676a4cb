"""Hands the newest value from one thread to another."""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar

__all__ = ["LatestSlot"]

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds the newest value; what nobody took is dropped and counted in ``dropped``."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._value: T | None = None
        self.dropped = 0

    def put(self, value: T) -> None:
        """Replace the value."""
        with self._lock:
            self.dropped += self._value is not None
            self._value = value

    def take(self) -> T | None:
        """Return the value and leave the slot empty; None when it is empty."""
        with self._lock:
            value, self._value = self._value, None
            return value
