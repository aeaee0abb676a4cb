"""Judges a live source by the age of its newest data, and paces attempts to open it again.

OK -> STALE (no data for over 1 s) -> LOST (over 3 s, or at once when the device says so) -> RETRY (until data come
from a device that is opened anew) -> STALE (until enough came) -> OK.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.live import SourceState

__all__ = ["LOST_NS", "Backoff", "SourceWatch"]

STALE_NS = 1 * NS_PER_S
LOST_NS = 3 * NS_PER_S
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 30.0


class SourceWatch:
    """State of one source; all methods may be called from any thread.

    Args:
        clock: Monotonic, ns.
        enough: Data (pictures, samples) after a loss until the source counts as back.
    """

    def __init__(self, clock: Callable[[], int], enough: int) -> None:
        self._clock = clock
        self._enough = enough
        self._lock = Lock()
        self._newest_ns = clock()
        self._since_loss = 0
        self._reopening = False
        self._final: SourceState | None = SourceState.OFF

    def started(self) -> None:
        """The source was asked to begin."""
        with self._lock:
            self._newest_ns = self._clock()
            self._since_loss = 0
            self._reopening = False
            self._final = None

    def arrived(self, amount: int = 1) -> None:
        """New data came."""
        with self._lock:
            now_ns = self._clock()
            if now_ns - self._newest_ns > LOST_NS:
                self._since_loss = 0
            self._newest_ns = now_ns
            self._since_loss += amount
            self._reopening = False

    def reopening(self) -> None:
        """The device is gone and will be opened anew, now or after a wait."""
        with self._lock:
            self._since_loss = 0
            self._reopening = True

    def finished(self, state: SourceState) -> None:
        """The source is over (``ENDED``) or switched off (``OFF``)."""
        with self._lock:
            self._final = state

    @property
    def state(self) -> SourceState:
        """The state now."""
        with self._lock:
            if self._final is not None:
                return self._final
            age_ns = self._clock() - self._newest_ns
            if self._reopening:
                return SourceState.RETRY
            if age_ns > LOST_NS:
                return SourceState.LOST
            if age_ns > STALE_NS or self._since_loss < self._enough:
                return SourceState.STALE
            return SourceState.OK


class Backoff:
    """Seconds to wait before the next attempt: 1, 2, 4 ... 30."""

    def __init__(self) -> None:
        self._next_s = FIRST_WAIT_S

    def wait_s(self) -> float:
        """How long to wait now; the next answer is longer."""
        wait_s, self._next_s = self._next_s, min(self._next_s * 2, LONGEST_WAIT_S)
        return wait_s

    def reset(self) -> None:
        """Start over: the source worked again."""
        self._next_s = FIRST_WAIT_S
