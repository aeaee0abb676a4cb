"""Tells a running lesson from one whose program was killed: the system lets go of a dead program's lock."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from classroom_analyzer.storage.safe_files import FILE_MODE

__all__ = ["LOCK_NAME", "LessonLock", "is_being_written"]

LOCK_NAME = ".lock"
TRIES = 5
TRY_AGAIN_S = 0.02  # who only asks whether a lesson is written to holds the lock for less


class LessonLock:
    """Held by whoever writes to a lesson folder, until ``release`` or its program ends.

    Args:
        folder: The lesson folder.

    Raises:
        BlockingIOError: Somebody else holds it.
        OSError: The folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR, FILE_MODE)
        for tries_left in reversed(range(TRIES)):
            try:
                _lock(self._handle)
                return
            except OSError as error:
                if not tries_left:
                    os.close(self._handle)
                    raise BlockingIOError(error.errno, "it is being written", str(folder)) from error
            time.sleep(TRY_AGAIN_S)

    def release(self) -> None:
        """Let go and leave nothing behind; a second call does nothing."""
        if self._handle < 0:
            return
        if sys.platform != "win32":  # open files cannot be removed there
            self._path.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = -1
        if sys.platform == "win32":
            self._path.unlink(missing_ok=True)


def is_being_written(folder: Path) -> bool:
    """Whether a running program writes to the lesson."""
    try:
        handle = os.open(folder / LOCK_NAME, os.O_RDWR)
    except OSError:  # none was left behind; where nothing may be written nobody writes
        return False
    try:
        _lock(handle, shared=True)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, *, shared: bool = False) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int, *, shared: bool = False) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
