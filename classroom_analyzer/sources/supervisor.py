"""Keeps one capture device running in child processes: each child is one opening of the device.

A child that ends, crashes, falls silent or brings nothing is replaced after 1, 2, 4 ... 30 s. A fresh process is the
only way to a fresh list of devices, and the only way out of a library that hangs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from threading import Event, Thread

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.sources.child_process import ChildFailed, ChildProcess, RestartBudget
from classroom_analyzer.sources.watch import LOST_NS, Backoff, SourceWatch

__all__ = ["Ended", "Gone", "Opened", "Supervisor"]

LOOK_S = 0.05
SILENT_S = 3.0  # six beats
UP_WITHIN_S = 30.0  # a loaded machine takes seconds to start a process
OPEN_WITHIN_S = 20.0  # trying a camera's sizes takes a few seconds
FIRST_WITHIN_S = 8.0  # a sound server may take two seconds to its first sound
QUIET_S = LOST_NS / 1e9
STOP_WITHIN_S = 3.0


@dataclass(frozen=True, slots=True)
class Opened:
    """The device is open.

    Attributes:
        detail: What was opened: size of a picture, rate.
        size: Width and height of a picture; None for sound.
    """

    detail: str = ""
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The device gives nothing more and has to be opened anew.

    Attributes:
        why: One sentence.
    """

    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """There is nothing more to come, as at the end of a file."""


class _End(Enum):
    """Why a child was given up."""

    ASKED = auto()
    OVER = auto()  # nothing more to come
    DEVICE = auto()  # the device's fault: opened anew for as long as the lesson lasts
    CRASH = auto()  # the process's fault: a few restarts only


class Supervisor:
    """Runs the children of one device in a thread of its own.

    Args:
        name: As the user knows the device.
        make_child: Makes the next child.
        take: Is given every message that is not about opening and ending.
        count_new: Data (pictures, samples) that came since it was last asked.
        watch: Judges the device by the age of its data.
        budget: Crashes that are forgiven; the device is switched off after.
    """

    def __init__(
        self,
        name: str,
        make_child: Callable[[], ChildProcess],
        take: Callable[[object], None],
        count_new: Callable[[], int],
        watch: SourceWatch,
        budget: RestartBudget | None = None,
    ) -> None:
        self.name = name
        self.opened: Opened | None = None
        self._make_child = make_child
        self._take = take
        self._count_new = count_new
        self._watch = watch
        self._budget = budget if budget is not None else RestartBudget()
        self._detail = ""
        self._refused: ClassroomAnalyzerError | None = None
        self._first_try_over = Event()
        self._retry_at_s: float | None = None
        self._pid: int | None = None
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"supervisor of {name}", daemon=True)

    @property
    def state(self) -> SourceState:
        """How the device is doing now."""
        return self._watch.state

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        state = self.state
        if state is SourceState.STALE and self.opened is not None:
            return f"{self.name} has given nothing new for over a second"
        return "" if state is SourceState.OK else self._detail

    @property
    def retry_in_s(self) -> float | None:
        """Seconds until the next opening, while it waits for that."""
        retry_at_s = self._retry_at_s
        return None if retry_at_s is None else max(0.0, retry_at_s - time.monotonic())

    @property
    def pid(self) -> int | None:
        """Process number of the present child."""
        return self._pid

    def start(self) -> None:
        """Begin, in the background."""
        self._watch.started()
        self._thread.start()

    def wait_open(self, within_s: float) -> bool:
        """Wait until the first opening succeeded or failed; False when it did neither in time.

        Raises:
            DeviceUnavailableError: The device cannot be opened.
        """
        is_over = self._first_try_over.wait(within_s)
        if self._refused is not None:
            raise self._refused
        return is_over

    def stop(self) -> bool:
        """End within 3 s, killing what hangs; True when nothing is left."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN_S)
        if self._watch.state is not SourceState.ENDED:
            self._watch.finished(SourceState.OFF)
        return not self._thread.is_alive()

    def _run(self) -> None:
        backoff = Backoff()
        while not self._stop.is_set():
            child = self._make_child()
            end = self._attend(child, backoff)
            child.stop(ask_s=1.0 if end is _End.ASKED else 0.3)
            for message in child.poll():
                self._hear(message)
            self._count_new()  # its last data are no sign of life of the next child
            self._pid = None
            self._first_try_over.set()
            if end is _End.OVER:
                self._watch.finished(SourceState.ENDED)
                return
            if end is _End.CRASH and not self._budget.allow():
                self._detail = f"{self.name} failed again and again and was switched off; the lesson goes on without it"
                self._watch.finished(SourceState.OFF)
                return
            if end is not _End.ASKED:
                self._watch.reopening()
                self._wait(backoff.wait_s())

    def _wait(self, wait_s: float) -> None:
        self._retry_at_s = time.monotonic() + wait_s
        self._stop.wait(wait_s)
        self._retry_at_s = None

    def _attend(self, child: ChildProcess, backoff: Backoff) -> _End:
        """Run one child until it is of no more use."""
        try:
            child.start()
        except OSError as error:  # no memory or no process left
            self._detail = f"no process could be started for {self.name} ({error}); it is tried again and again"
            return _End.DEVICE
        self._pid = child.pid
        began_s = fresh_s = time.monotonic()
        is_open = has_come = False
        while not self._stop.is_set():
            message = child.receive(LOOK_S)
            while message is not None:
                end = self._hear(message)
                if end is not None:
                    return end
                if isinstance(message, Opened):
                    is_open = True
                    fresh_s = time.monotonic()
                message = child.receive(0)
            now_s = time.monotonic()
            new = self._count_new()
            if new:
                self._watch.arrived(new)
                fresh_s = now_s
                has_come = True
                if self._watch.state is SourceState.OK:
                    backoff.reset()
                    self._detail = ""
            quiet_s = now_s - fresh_s - (0 if has_come else FIRST_WITHIN_S - QUIET_S)
            end = self._judge(child, is_open, now_s - began_s, quiet_s)
            if end is not None:
                return end
        return _End.ASKED

    def _hear(self, message: object) -> _End | None:
        """Take a message; what it says about the end of the child."""
        if isinstance(message, ChildFailed):
            known = isinstance(message.error, ClassroomAnalyzerError)
            self._detail = str(message.error) if known else f"{self.name} failed ({message.error})"
            if isinstance(message.error, ClassroomAnalyzerError) and not self._first_try_over.is_set():
                self._refused = message.error
            return _End.DEVICE if known else _End.CRASH
        if isinstance(message, Opened):
            self.opened = message
            self._first_try_over.set()
        elif isinstance(message, Gone):
            self._detail = message.why
            return _End.DEVICE
        elif isinstance(message, Ended):
            return _End.OVER
        else:
            self._take(message)
        return None

    def _judge(self, child: ChildProcess, is_open: bool, age_s: float, quiet_s: float) -> _End | None:
        if not child.alive:
            for message in child.poll():  # its last words came just now
                end = self._hear(message)
                if end is not None:
                    return end
            self._detail = f"the process of {self.name} ended (code {child.exit_code}); it is started again"
            return _End.CRASH
        if child.silent_s > (SILENT_S if is_open else UP_WITHIN_S):
            self._detail = f"the process of {self.name} hangs; it is started again"
            return _End.CRASH
        if not is_open and age_s > OPEN_WITHIN_S:
            self._detail = f"{self.name} does not answer; it is opened again and again"
            return _End.DEVICE
        if is_open and quiet_s > QUIET_S:
            self._detail = f"{self.name} is open and gives nothing; it is opened again and again"
            return _End.DEVICE
        return None
