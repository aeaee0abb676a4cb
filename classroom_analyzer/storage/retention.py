"""Deletes what a lesson keeps beyond its time: keys first, so that no copy can be read, then the files."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase, reading
from classroom_analyzer.storage.erasure import erase_scopes
from classroom_analyzer.storage.media_records import MEDIA_NAME
from classroom_analyzer.storage.tables import SEATS_NAME, SEATS_NONE

__all__ = ["delete_media", "delete_rows", "has_media", "has_rows"]

ROW_KINDS = ("seat", "participant", "speech")
_ROWS = {  # which rows are about single people
    "spool_seats": "TRUE",
    "labels": "seat IS NOT NULL",
    "chat": "coalesce(sealed, participant) IS NOT NULL",
    "utterances": "coalesce(sealed, speaker) IS NOT NULL",
}


def has_media(folder: Path) -> bool:
    """Whether picture or sound of a lesson is kept."""
    media = folder / MEDIA_NAME
    return media.is_dir() and any(media.iterdir())


def has_rows(folder: Path) -> bool:
    """Whether anything about single people is kept: seat rows, chat text, spoken words, and who wrote or spoke when.

    Raises:
        LessonDamagedError: The database cannot be read.
    """
    with reading(folder / DATABASE_NAME) as connection:
        scopes = [scope for (scope,) in connection.execute("SELECT scope FROM keys")]
        # Rows may be left without keys: a lesson may have none, and a deletion may have been cut off.
        return any(scope.partition(":")[0] in ROW_KINDS for scope in scopes) or any(
            connection.execute(f"SELECT 1 FROM {table} WHERE {about_people} LIMIT 1").fetchone() is not None
            for table, about_people in _ROWS.items()
            if _is_there(connection, table)
        )


def delete_media(folder: Path, *, why: str) -> int:
    """Delete picture and sound of a lesson that nobody writes to.

    Args:
        folder: The lesson folder.
        why: For the audit log, for example ``checked``.

    Returns:
        Bytes of files deleted; running it again deletes what an interrupted run left.

    Raises:
        OutputNotWritableError: The lesson cannot be written, or another program holds it: run it again.
    """
    media = folder / MEDIA_NAME
    if not media.is_dir():
        return 0
    files = [path for path in media.rglob("*") if path.is_file()]
    freed = sum(path.stat().st_size for path in files)
    damaged = False
    try:
        erase_scopes(folder, ("media",), why=why)
    except LessonDamagedError:  # where there is no key table to be read, the files are all there is to delete
        damaged = True
    _remove(media)
    if files and not damaged:
        audit.record(folder, "media deleted", files=len(files), bytes=freed, why=why)
    return freed


def delete_rows(folder: Path, *, why: str) -> int:
    """Delete rows about single people of a lesson nobody writes to: seats, chat text, spoken words; class rows stay.

    Running it again deletes what an interrupted run left.

    Returns:
        How many keys were destroyed.

    Raises:
        OutputNotWritableError: The lesson cannot be written, or another program holds it: run it again.
        LessonDamagedError: Its database cannot be read.
    """
    destroyed = erase_scopes(folder, ROW_KINDS, why=why)
    seats = folder / SEATS_NAME
    try:
        if seats.is_file():
            seats.write_bytes(SEATS_NONE)
    except OSError as error:
        raise OutputNotWritableError(seats, error.strerror or str(error)) from error
    database = LessonDatabase(folder / DATABASE_NAME)
    try:
        with database.durable() as connection:
            connection.execute("DELETE FROM spool_seats")
            if _is_there(connection, "label_undos"):  # a later label may get the number of one that is gone
                connection.execute("DELETE FROM label_undos WHERE label IN (SELECT id FROM labels WHERE seat NOT NULL)")
            connection.execute("DELETE FROM labels WHERE seat IS NOT NULL")
            connection.execute("UPDATE chat SET sealed = NULL, participant = NULL")
            if _is_there(connection, "utterances"):
                connection.execute("UPDATE utterances SET sealed = NULL, speaker = NULL")
        database.shrink()
    finally:
        database.close()
    return destroyed


def _is_there(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a lesson has a table: older ones lack some."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None


def _remove(folder: Path) -> None:
    try:
        if folder.is_dir():
            shutil.rmtree(folder)
    except OSError as error:
        raise OutputNotWritableError(folder, error.strerror or str(error)) from error
