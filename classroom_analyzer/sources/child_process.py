"""A child process that can hang or crash without harm: it beats, can be killed, and ends with its parent.

Libraries of cameras and sound servers block for tens of seconds inside themselves, where no thread can be ended.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from threading import Condition, Event, Lock, Thread

from classroom_analyzer.errors import ClassroomAnalyzerError

__all__ = ["BEAT_S", "ChildFailed", "ChildLink", "ChildProcess", "RestartBudget", "quiet_libraries"]

BEAT_S = 0.5
LAST_BREATH_S = 0.3  # from the closing of its pipe to the end of a process
ORPHANED = 3  # exit code of a child whose parent is gone
FAILED = 1
WINDOWS_BELOW_NORMAL = 0x4000
SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class ChildFailed:
    """The last message of a child whose entry function raised.

    Attributes:
        error: What it raised; of the same class where that travels between processes, else a ``RuntimeError``.
        trace: Where, for logs.
    """

    error: Exception
    trace: str


@dataclass(frozen=True, slots=True)
class _Beat:
    """A sign of life."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """The parent asks the child to end."""


class ChildLink:
    """The child's end of the pipe; the first argument of its entry function.

    Made by ``ChildProcess`` only. The process ends at once when the pipe closes, whatever it is doing.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._send_lock = Lock()
        self._came = Condition()
        self._waiting: deque[object] = deque()
        self._stopping = False
        Thread(target=self._read, name="parent", daemon=True).start()
        Thread(target=self._beat, name="beat", daemon=True).start()

    @property
    def stopping(self) -> bool:
        """Whether the parent asked to end."""
        return self._stopping

    def receive(self, timeout_s: float) -> object | None:
        """Wait for the next message of the parent; None when none came in time or when it asks to end."""
        with self._came:
            self._came.wait_for(lambda: self._waiting or self._stopping, timeout_s)
            return self._waiting.popleft() if self._waiting else None

    def wait_stop(self, timeout_s: float) -> bool:
        """Sleep, but no longer than until the parent asks to end; whether it does."""
        with self._came:
            return self._came.wait_for(lambda: self._stopping, timeout_s)

    def send(self, message: object) -> None:
        """Hand a message to the parent; blocks while the pipe is full."""
        try:
            with self._send_lock:
                self._pipe.send(message)
        except OSError:
            os._exit(ORPHANED)

    def _read(self) -> None:
        while True:
            try:
                message = self._pipe.recv()
            except (EOFError, OSError):
                os._exit(ORPHANED)
            with self._came:
                if isinstance(message, _Stop):
                    self._stopping = True
                else:
                    self._waiting.append(message)
                self._came.notify_all()

    def _beat(self) -> None:
        while True:
            self.send(_Beat())
            time.sleep(BEAT_S)


class ChildProcess:
    """The parent's end; no call but ``stop`` and ``receive`` ever waits, however the child hangs.

    Args:
        entry: Module-level function ``entry(link, *arguments)``; the child ends when it returns.
        arguments: Anything that can be pickled.
        name: For logs and process lists.
        niceness: 0 to 19, how far the child steps back for others; any value above 0 is "below normal" on Windows.
    """

    def __init__(
        self, entry: Callable[..., None], arguments: tuple[object, ...], name: str, *, niceness: int = 0
    ) -> None:
        self._pipe, self._child_pipe = SPAWN.Pipe()
        self._process: BaseProcess = SPAWN.Process(
            target=_run, args=(entry, self._child_pipe, niceness, arguments), name=name, daemon=True
        )
        self._process_lock = Lock()  # two threads that ask after one process at once may miss its end
        self._came = Condition()
        self._arrived: deque[object] = deque()
        self._heard_s = time.monotonic()
        self._pipe_over = False
        self._to_send: deque[memoryview] = deque()
        self._send_wanted = Event()
        self._reader = Thread(target=self._read, name=f"{name} reader", daemon=True)
        self._writer = Thread(target=self._write, name=f"{name} writer", daemon=True)
        self._started = False
        self._stopped = False
        self._killed = False

    def start(self) -> None:
        """Begin; a child is started once."""
        with _no_interrupt():
            self._process.start()
        self._started = True
        self._child_pipe.close()  # else the parent itself would keep the pipe open after the child's death
        self._heard_s = time.monotonic()
        self._reader.start()
        self._writer.start()

    def send(self, message: object) -> None:
        """Hand a message to the child; dropped when the child is dead."""
        if not self._pipe_over:
            self._to_send.append(ForkingPickler.dumps(message))
            self._send_wanted.set()

    def poll(self) -> list[object]:
        """All messages that came since the last call, oldest first."""
        with self._came:
            messages = list(self._arrived)
            self._arrived.clear()
            return messages

    def receive(self, timeout_s: float) -> object | None:
        """Wait for the next message; None when none came in time, or when the child is dead and left none."""
        with self._came:
            self._came.wait_for(lambda: self._arrived or self._pipe_over, timeout_s)
            return self._arrived.popleft() if self._arrived else None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        if not self._started or self._stopped:
            return False
        with self._process_lock:
            return self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Number of the process, None before it was started."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """0 for a good end, minus the signal that killed it, None while it runs."""
        if not self._started:
            return None
        with self._process_lock:
            return self._process.exitcode

    @property
    def silent_s(self) -> float:
        """Seconds since the last sign of life; a child beats every 0.5 s once it is up."""
        return time.monotonic() - self._heard_s

    def stop(self, ask_s: float = 1.0) -> bool:
        """Ask the child to end, wait, and kill it; nothing of it is left after.

        Args:
            ask_s: How long it may take; 0 kills it at once.

        Returns:
            True when it ended by itself.
        """
        if not self._started:
            self._pipe.close()
            self._child_pipe.close()
            return True
        self._to_send.appendleft(ForkingPickler.dumps(_Stop()))
        self._send_wanted.set()
        self._reader.join(ask_s)  # it ends when the child's end of the pipe closes
        with self._process_lock:
            if not self._reader.is_alive():
                self._process.join(LAST_BREATH_S)
            if self._process.is_alive():
                self._killed = True
                self._process.kill()
            self._process.join()
        self._stopped = True
        self._reader.join()
        self._writer.join()
        self._pipe.close()
        return not self._killed

    def _read(self) -> None:
        while True:
            try:
                message = self._pipe.recv()
            except (EOFError, OSError):
                break
            self._heard_s = time.monotonic()
            if not isinstance(message, _Beat):
                with self._came:
                    self._arrived.append(message)
                    self._came.notify_all()
        with self._came:
            self._pipe_over = True
            self._to_send.clear()
            self._came.notify_all()
        self._send_wanted.set()

    def _write(self) -> None:
        while not self._pipe_over:
            self._send_wanted.wait()
            self._send_wanted.clear()
            while self._to_send and not self._pipe_over:
                try:
                    self._pipe.send_bytes(self._to_send.popleft())
                except (OSError, IndexError):  # the child died, and the reader emptied what was to be sent
                    return


class RestartBudget:
    """Whether a child that fails again and again may be started once more.

    Args:
        restarts: At most so many ...
        within_s: ... in so many seconds.
        clock_s: Monotonic, seconds.
    """

    def __init__(
        self, restarts: int = 3, within_s: float = 300.0, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._within_s = within_s
        self._clock_s = clock_s
        self._restarts_s: deque[float] = deque(maxlen=restarts)

    def allow(self) -> bool:
        """Ask for one restart, and take it where it is granted."""
        now_s = self._clock_s()
        full = len(self._restarts_s) == self._restarts_s.maxlen
        if full and now_s - self._restarts_s[0] < self._within_s:
            return False
        self._restarts_s.append(now_s)
        return True


def quiet_libraries() -> None:
    """Send what C libraries of this process write to standard error nowhere: ALSA and libjpeg complain at length."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let a child begin deaf to Ctrl-C, which goes to all processes of a terminal."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it unblocks the signal when it has to start itself
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(entry: Callable[..., None], pipe: Connection, niceness: int, arguments: tuple[object, ...]) -> None:
    """The child: run the entry function and end without the interpreter's tidying up, which can hang in libraries."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _step_back(niceness)
    link = ChildLink(pipe)
    code = 0
    try:
        entry(link, *arguments)
    except Exception as error:  # noqa: BLE001  what it is goes to the parent, which decides
        link.send(ChildFailed(_portable(error), traceback.format_exc()))
        code = FAILED
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _portable(error: Exception) -> Exception:
    """The error itself where it survives pickling, else its words."""
    if isinstance(error, ClassroomAnalyzerError):
        return error
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001  foreign classes raise anything here
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _step_back(niceness: int) -> None:
    if niceness <= 0:
        return
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), WINDOWS_BELOW_NORMAL)
    else:
        os.nice(niceness)
