"""Erases one person of a lesson by destroying the key of their records."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase

__all__ = ["erase_scope"]


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
