"""site.db: what outlives lessons here: the log of what was deleted, the latest date seen, where lessons lie.

The log is a chain of hashes as in a lesson (``audit``). It holds no names and no content: a deleted lesson is named by
its random id.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.safe_files import FILE_MODE, FOLDER_MODE

__all__ = ["SITE_NAME", "SiteLog"]

SITE_NAME = "site.db"
_LATEST, _PURGED = "latest date seen", "last purge"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS audit (id INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dates (name TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folders (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class SiteLog:
    """The log of one user's state. Each call opens the file for itself, so any process may write.

    Args:
        home: Folder of all state; made when it is missing.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / SITE_NAME

    def see(self, today: date) -> date:
        """Keep the latest date that this computer ever showed.

        Returns:
            That date: a clock that was set back extends nothing.

        Raises:
            OutputNotWritableError: It cannot be kept.
        """
        with self._writing() as connection:
            return _later(connection, _LATEST, today)

    def purge_due(self, today: date) -> bool:
        """Whether nothing was purged yet on the day."""
        with self._writing() as connection:
            row = connection.execute("SELECT day FROM dates WHERE name = ?", (_PURGED,)).fetchone()
        return row is None or date.fromisoformat(row[0]) < today

    def purged(self, today: date) -> None:
        """Keep that the day's purge came to its end."""
        with self._writing() as connection:
            _later(connection, _PURGED, today)

    def remember(self, folder: Path) -> None:
        """Keep that lessons lie in a folder, so that what is due in it is deleted too."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO folders VALUES (?)", (str(folder.resolve()),))

    def folders(self) -> tuple[Path, ...]:
        """Return the folders in which lessons were made."""
        with self._writing() as connection:
            return tuple(Path(row[0]) for row in connection.execute("SELECT path FROM folders ORDER BY path"))

    def append(self, action: str, **facts: audit.Fact) -> None:
        """Add a receipt; it is on the disk when this returns.

        Args:
            action: What was done.
            **facts: Numbers and random ids, never names or content.
        """
        with self._writing() as connection:
            audit.append(connection, action, facts)

    def entries(self) -> tuple[str, ...]:
        """Return the log's entries, oldest first, as JSON."""
        with self._writing() as connection:
            return tuple(row[0] for row in connection.execute("SELECT entry FROM audit ORDER BY id"))

    def verify(self) -> audit.AuditHead:
        """Walk the whole log.

        Raises:
            LessonDamagedError: It was changed.
        """
        with self._writing() as connection:
            return audit.verify(connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, FILE_MODE))
        except OSError as error:
            raise OutputNotWritableError(self._path, error.strerror or str(error)) from error
        connection = sqlite3.connect(self._path, isolation_level=None)
        try:
            connection.execute("PRAGMA busy_timeout=5000")
            connection.execute("PRAGMA synchronous=FULL")
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise OutputNotWritableError(self._path, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise LessonDamagedError(self._path, "the log of this computer cannot be read; move it away") from error
        finally:
            connection.close()


def _later(connection: sqlite3.Connection, name: str, day: date) -> date:
    row = connection.execute("SELECT day FROM dates WHERE name = ?", (name,)).fetchone()
    latest = max(day, date.fromisoformat(row[0])) if row is not None else day
    connection.execute("INSERT OR REPLACE INTO dates VALUES (?, ?)", (name, latest.isoformat()))
    return latest
