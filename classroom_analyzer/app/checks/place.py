"""Folders, disk, clock and sound server: what the machine gives the program."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import classroom_analyzer
from classroom_analyzer.app.checks.check import Check, CheckState
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.settings.paths import HOME_VARIABLE
from classroom_analyzer.settings.schema import load_settings

__all__ = ["check_clock", "check_disk", "check_folders", "check_sound_server"]

GB = 1_000_000_000
LITTLE_BYTES = 2 * GB  # a lesson warns below it
TOO_LITTLE_BYTES = GB // 10  # the figures of a lesson alone take tens of megabytes
FINE_CLOCK_S = 0.001
DAY_S = 86_400


def check_folders(home: Path) -> Check:
    """See whether the data folder and the lessons folder can be written."""
    for folder, way_out in ((home, f"set {HOME_VARIABLE} to one that can"), (_lessons_folder(home), "choose another")):
        if not _writable(folder):
            which = "data folder" if folder == home else "lessons folder"
            return Check(
                "data_folder", CheckState.MISSING, f"the {which} cannot be written",
                f"Make the {which} writable for this account, or {way_out}.",
            )  # fmt: skip
    return Check("data_folder", CheckState.OK, "can be written")


def check_disk(home: Path, free_bytes: int | None = None) -> Check:
    """Look at the room on the disk of the lessons folder.

    Args:
        home: Folder of all state.
        free_bytes: The room that there is; looked up when None.
    """
    free = shutil.disk_usage(_existing(_lessons_folder(home))).free if free_bytes is None else free_bytes
    found = f"{free / GB:.1f} GB free"
    if free >= LITTLE_BYTES:
        return Check("disk", CheckState.OK, found)
    state = CheckState.MISSING if free < TOO_LITTLE_BYTES else CheckState.WARNING
    return Check("disk", state, found, "Free at least 2 GB on the disk of the lessons folder.")


def check_clock(now: datetime | None = None) -> Check:
    """Look at the monotonic clock, and at the wall clock against the date of the program's own files.

    Args:
        now: Wall time, UTC; the present one when None.
    """
    present = now or datetime.now(UTC)
    if time.get_clock_info("monotonic").resolution > FINE_CLOCK_S:
        return Check("clock", CheckState.WARNING, "steps of more than a millisecond", "Update the operating system.")
    written_s = Path(classroom_analyzer.__file__).stat().st_mtime
    if present.timestamp() < written_s - DAY_S:
        return Check(
            "clock", CheckState.WARNING, f"it says {present:%Y-%m-%d}, before the program was installed",
            "Set the date and time of this machine; lessons carry them.",
        )  # fmt: skip
    return Check("clock", CheckState.OK, "runs")


def check_sound_server() -> Check | None:
    """See whether PulseAudio or PipeWire runs, which carry the sound of calls; None on systems without them."""
    if sys.platform != "linux":
        return None
    if os.environ.get("PULSE_SERVER"):
        return Check("sound_server", CheckState.OK, "PulseAudio at the address in PULSE_SERVER")
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    for socket, name in (("pipewire-0", "PipeWire"), ("pulse/native", "PulseAudio")):
        if (folder / socket).exists():
            return Check("sound_server", CheckState.OK, name)
    return Check(
        "sound_server", CheckState.WARNING, "neither PulseAudio nor PipeWire runs",
        "Start PipeWire or PulseAudio to hear the sound of calls.",
    )  # fmt: skip


def _lessons_folder(home: Path) -> Path:
    try:
        chosen = load_settings(home).lessons_folder
    except BadInputError:
        chosen = None  # said by the check of the settings
    return chosen or home / "lessons"


def _existing(folder: Path) -> Path:
    return next(each for each in (folder, *folder.absolute().parents) if os.path.exists(each))


def _writable(folder: Path) -> bool:
    existing = _existing(folder)
    if not existing.is_dir():
        return False
    if existing != folder:
        return os.access(existing, os.W_OK | os.X_OK)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
