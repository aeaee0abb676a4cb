"""Erases people, kinds of records or whole lessons by destroying their keys."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Collection
from pathlib import Path

from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase
from classroom_analyzer.storage.recovery import BEFORE_NAME

__all__ = ["destroy_keys", "erase_scope", "erase_scopes", "forget_earlier"]

_CHUNK_BYTES = 1 << 20


def erase_scope(folder: Path, scope: str) -> bool:
    """Make all records of a scope unreadable for ever; nobody's key is needed for it.

    The key row is overwritten, the file rewritten and its log emptied, so that no copy of the key stays behind.

    Args:
        folder: The lesson folder.
        scope: As ``participant_scope`` or ``seat_scope`` gives it.

    Returns:
        Whether there was anything to erase.

    Raises:
        OutputNotWritableError: The lesson cannot be written, or another program holds it: run it again.
    """
    database = LessonDatabase(folder / DATABASE_NAME)
    forget_earlier(folder)
    try:
        with database.durable() as connection:
            erased = connection.execute("DELETE FROM keys WHERE scope = ?", (scope,)).rowcount > 0
            kind, _, of = scope.partition(":")
            if kind == "seat":  # what was said of a seat goes with it
                undos = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'label_undos'").fetchone()
                if undos is not None:  # a later label may get the number of one that is gone
                    undone = "DELETE FROM label_undos WHERE label IN (SELECT id FROM labels WHERE seat = ?)"
                    connection.execute(undone, (int(of),))
                erased |= connection.execute("DELETE FROM labels WHERE seat = ?", (int(of),)).rowcount > 0
            if erased:
                audit.append(connection, "erased", {"kind": kind})
        database.shrink()
    finally:
        database.close()
    return erased


def erase_scopes(folder: Path, kinds: Collection[str], *, why: str) -> int:
    """Make all records of whole kinds unreadable for ever; nobody's key is needed for it.

    Args:
        folder: The lesson folder; nobody writes to it.
        kinds: ``seat``, ``participant``, ``speech`` or ``media``.
        why: For the audit log.

    Returns:
        How many keys were destroyed.

    Raises:
        OutputNotWritableError: The lesson cannot be written, or another program holds it: run it again.
        LessonDamagedError: Its database cannot be read.
    """
    if not (folder / DATABASE_NAME).is_file():
        raise LessonDamagedError(folder, "the lesson's database is missing")
    database = LessonDatabase(folder / DATABASE_NAME)
    forget_earlier(folder)
    try:
        with database.durable() as connection:
            scopes = [row[0] for row in connection.execute("SELECT scope FROM keys")]
            gone = [scope for scope in scopes if scope.partition(":")[0] in kinds]
            for scope in gone:
                connection.execute("DELETE FROM keys WHERE scope = ?", (scope,))
            if gone:
                audit.append(connection, "erased", {"kinds": ",".join(sorted(kinds)), "keys": len(gone), "why": why})
        database.shrink()
    finally:
        database.close()
    return len(gone)


def forget_earlier(folder: Path) -> None:
    """Remove the damaged database that a recovery kept: it holds the keys as well.

    Raises:
        OutputNotWritableError: It cannot be removed.
    """
    earlier = folder / BEFORE_NAME
    try:
        for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
            _overwrite(earlier / name)
        if earlier.is_dir():
            shutil.rmtree(earlier)
    except OSError as error:
        raise OutputNotWritableError(earlier, error.strerror or str(error)) from error


def destroy_keys(folder: Path) -> None:
    """Make everything sealed in a lesson unreadable for ever, before its folder is removed.

    Of a database that cannot be opened, or on a disk too full to rewrite it, the file is overwritten instead.

    Raises:
        OutputNotWritableError: It cannot be written at all.
    """
    path = folder / DATABASE_NAME
    try:
        if path.is_file():
            database = LessonDatabase(path)
            try:
                with database.durable() as connection:
                    connection.execute("DELETE FROM keys")
                    connection.execute("DELETE FROM vault")
                database.shrink()
            finally:
                database.close()
    except (LessonDamagedError, OutputNotWritableError, sqlite3.DatabaseError):
        for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
            _overwrite(folder / name)


def _overwrite(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb+") as file:
            for start in range(0, size, _CHUNK_BYTES):
                file.write(bytes(min(_CHUNK_BYTES, size - start)))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error
