"""Watches the disk that a lesson is written to, and holds back a little of it for the lesson's last rows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from classroom_analyzer.domain.live import RecordingHealth, RecordingState
from classroom_analyzer.storage.safe_files import FILE_MODE

__all__ = ["MEDIA_BYTES_PER_S", "RESERVE_NAME", "DiskGuard", "room_to_start"]

RESERVE_NAME = ".reserve"
RESERVE_BYTES = 20_000_000
WARN_BYTES = 2_000_000_000
WARN_S = 15 * 60.0
MEDIA_STOP_BYTES = 500_000_000
# Measured on real lessons at 1280x720 and 10 pictures a second: up to 1.3 Mbit/s and 0.13 Mbit/s of sound.
MEDIA_BYTES_PER_S = 180_000.0
INDICATOR_BYTES_PER_S = 10_000.0


def room_to_start(folder: Path, duration_s: float, *, record: bool) -> str | None:
    """Say what is wrong when a lesson of that length would not fit twice on the disk of ``folder``; None when it would.

    Args:
        folder: An existing folder on that disk.
        duration_s: Expected length of the lesson.
        record: Whether picture and sound are kept.
    """
    rate = INDICATOR_BYTES_PER_S + (MEDIA_BYTES_PER_S if record else 0.0)
    needed = 2 * rate * duration_s + RESERVE_BYTES + (MEDIA_STOP_BYTES if record else 0)
    free = _free_bytes(folder)
    if free >= needed:
        return None
    advice = "free some space or start without the recording" if record else "free some space"
    return f"{free / 1e9:.1f} GB are free and this lesson may need {needed / 1e9:.1f} GB; {advice}"


class DiskGuard:
    """The disk of one lesson folder. Calls may come from any thread.

    Args:
        folder: The lesson folder.
        free_bytes: How much room its disk has.

    Attributes:
        full: Whether the disk was found full, so that the reserve is spent.
    """

    def __init__(self, folder: Path, free_bytes: Callable[[Path], int] | None = None) -> None:
        self._reserve = folder / RESERVE_NAME
        self._folder = folder
        self._free_bytes = free_bytes or _free_bytes
        self.full = False

    def hold_reserve(self) -> bool:
        """Set 20 MB aside; False when the disk has not even that."""
        try:
            handle = os.open(self._reserve, os.O_CREAT | os.O_WRONLY, FILE_MODE)
        except OSError:
            return False
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(handle, 0, RESERVE_BYTES)
            elif os.write(handle, bytes(RESERVE_BYTES)) < RESERVE_BYTES:  # only written bytes are certain to be there
                self._reserve.unlink(missing_ok=True)
                return False
        except OSError:
            self._reserve.unlink(missing_ok=True)
            return False
        finally:
            os.close(handle)
        return True

    def release_reserve(self) -> bool:
        """Give the reserve back because the disk is full; True when there was one, so that writing is worth a try."""
        self.full = True
        return self.drop_reserve()

    def drop_reserve(self) -> bool:
        """Remove the reserve at the end of a lesson; True when there was one."""
        try:
            self._reserve.unlink()
        except OSError:
            return False
        return True

    def why_no_media(self) -> str | None:
        """Say why raw media must not be written now; None when they may."""
        if self.full:
            return "the disk is full"
        try:
            free = self._free_bytes(self._folder)
        except OSError as error:
            return f"the disk cannot be reached ({error.strerror or error})"
        if free < MEDIA_STOP_BYTES:
            return f"only {free / 1e6:.0f} MB are left on the disk; the figures of the lesson are still kept"
        return None

    def health(
        self,
        state: RecordingState = RecordingState.OFF,
        *,
        detail: str = "",
        bytes_per_s: float | None = None,
        dropped: int = 0,
    ) -> RecordingHealth:
        """Return disk and recording as a view shows them.

        Args:
            state: Of the recording.
            detail: What is wrong with it.
            bytes_per_s: What it writes, where it runs.
            dropped: Pictures that it could not keep.
        """
        try:
            free = self._free_bytes(self._folder)
        except OSError:  # a disk that was pulled out has no room
            free = 0
        left_s = max(0.0, free - MEDIA_STOP_BYTES) / bytes_per_s if bytes_per_s else None
        low = self.full or free < WARN_BYTES or (left_s is not None and left_s < WARN_S)
        return RecordingHealth(state, detail, free, left_s, dropped, low)


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
