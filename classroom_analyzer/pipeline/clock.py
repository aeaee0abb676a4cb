"""The lesson clock of a live lesson: monotonic, so that clock steps and summer time change nothing."""

from __future__ import annotations

import time

__all__ = ["LessonClock"]


class LessonClock:
    """Counts nanoseconds from its making."""

    def __init__(self) -> None:
        self._origin_ns = time.monotonic_ns()

    @property
    def origin_ns(self) -> int:
        """Monotonic time of its zero, the same in all processes of the machine."""
        return self._origin_ns

    def now_ns(self) -> int:
        """Nanoseconds since the lesson began."""
        return time.monotonic_ns() - self._origin_ns
