"""Lessons that were cut off: find them, bring them back, put them off or delete them. Nothing here starts by itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.domain.recovery import RecoveryOutcome, RecoveryResult, UnfinishedLesson
from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.settings.schema import load_settings

__all__ = ["DesktopRecovery", "delete_lesson", "lesson_folders", "recover_lesson", "skip", "unfinished"]

LESSON_SUFFIX = ".lesson"
CUT_OFF = "The program or the computer stopped before the lesson was closed."
CRASHED = "An earlier try to recover it did not come to an end."


def unfinished(folder: Path, *, skipped: bool = False) -> tuple[UnfinishedLesson, ...]:
    """List the lessons of a folder that were cut off, newest first.

    Args:
        folder: Where lessons are kept; it may be missing.
        skipped: Also those that are not to be offered again by themselves: put off, or their recovery crashed.
    """
    from classroom_analyzer.storage.recovery import is_unfinished, read_attempts

    found = []
    for path in lesson_folders(folder):
        if is_unfinished(path) and (skipped or not read_attempts(path).skip):
            found.append(_described(path))
    return tuple(sorted(found, key=lambda one: _order(one.started), reverse=True))


def recover_lesson(path: Path) -> RecoveryResult:
    """Make a lesson readable, or move it into ``quarantine`` when nothing in it can be read.

    Running it again after a crash goes on where it ended; a closed lesson is left as it is.

    Raises:
        LessonDamagedError: Another program is writing to it.
        OutputNotWritableError: The disk is full or fails; the lesson is as it was.
    """
    from classroom_analyzer.storage.lesson_lock import is_being_written
    from classroom_analyzer.storage.lesson_reader import LessonReader
    from classroom_analyzer.storage.recovery import quarantine, recover

    if is_being_written(path):
        raise LessonDamagedError(path, "it is still being recorded; stop that lesson first")
    try:
        recover(path)
    except LessonDamagedError as error:
        if is_being_written(path):  # by a program that began meanwhile
            raise
        moved = quarantine(path)
        text = f"Nothing in this lesson can be read ({error.reason}). It was moved to {moved}; nothing was deleted."
        return RecoveryResult(RecoveryOutcome.QUARANTINED, moved, text)
    summary = LessonReader.open(path).summary()
    minutes, seconds = divmod(int(summary["duration_s"]), 60)
    saved = f"{minutes} min {seconds} s were saved." if minutes else f"{seconds} s were saved."
    damage = [f"{warning[0].upper()}{warning[1:]}." for warning in summary["warnings"][1:]]
    return RecoveryResult(RecoveryOutcome.RECOVERED, path, " ".join([saved, *damage]))


def skip(path: Path) -> None:
    """Do not offer a lesson again by itself; it stays as it is.

    Raises:
        OutputNotWritableError: The lesson cannot be written.
    """
    from classroom_analyzer.storage.recovery import put_off

    put_off(path)


def delete_lesson(path: Path) -> None:
    """Erase a lesson: its keys first, so that no copy of a file can be read again, then the folder.

    Raises:
        LessonDamagedError: It is no lesson folder, or it is still being recorded.
        OutputNotWritableError: It cannot be removed.
    """
    from classroom_analyzer.storage.erasure import destroy_keys
    from classroom_analyzer.storage.lesson_lock import is_being_written

    if path.suffix != LESSON_SUFFIX or not path.is_dir():
        raise LessonDamagedError(path, "it is not a lesson folder; choose one that ends in .lesson")
    if is_being_written(path):
        raise LessonDamagedError(path, "it is still being recorded; stop that lesson first")
    destroy_keys(path)
    try:
        shutil.rmtree(path)
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error


def lesson_folders(folder: Path) -> Iterable[Path]:
    """Return the lessons in a folder, not those in quarantine; none when it is missing."""
    if not os.path.isdir(folder):  # nor where it may not be looked into, which ``Path.is_dir`` raises
        return ()
    return (path for path in sorted(folder.glob(f"*{LESSON_SUFFIX}")) if path.is_dir() and not path.is_symlink())


class DesktopRecovery:
    """The cut-off lessons of the person at this machine, as the window's dialog asks for them.

    Args:
        home: Folder of all state.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    def unfinished(self) -> tuple[UnfinishedLesson, ...]:
        """List them, newest first; those whose recovery crashed, or that were put off, are not among them."""
        return unfinished(load_settings(self._home).lessons_folder or self._home / "lessons")

    def recover(self, lesson: Path, progress: Progress, cancel: CancelToken) -> str:
        """Make one readable; return what was saved and what was not."""
        cancel.raise_if_cancelled("the lesson is as it was")
        progress("recovering the lesson", 0, None)
        return recover_lesson(lesson).text

    def later(self, lesson: Path) -> None:
        """Do not offer it again by itself."""
        skip(lesson)

    def delete(self, lesson: Path) -> None:
        """Erase it and keep a receipt."""
        from classroom_analyzer.app.retention import StoredLessons

        StoredLessons(self._home).delete(lesson)


def _described(path: Path) -> UnfinishedLesson:
    from classroom_analyzer.storage.lesson_meta import read_meta
    from classroom_analyzer.storage.recovery import committed_s, read_attempts

    why = CRASHED if read_attempts(path).begun else CUT_OFF
    try:
        meta = read_meta(path)
    except LessonDamagedError as error:
        return UnfinishedLesson(path, path.stem, None, committed_s(path), f"{why} Its {error.reason}.")
    return UnfinishedLesson(path, meta.title, meta.started_wall.astimezone(), committed_s(path), why)


def _order(started: datetime | None) -> float:
    return started.timestamp() if started is not None else 0.0
