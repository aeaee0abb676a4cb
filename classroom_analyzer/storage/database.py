"""lesson.db: one writing connection in WAL mode, batched samples, and durable rows for what must never be lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any

from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage.replaying import ReplayingConnection
from classroom_analyzer.storage.safe_files import make_private_file
from classroom_analyzer.storage.schema import FORMAT_VERSION, SCHEMA

__all__ = ["DATABASE_NAME", "LessonDatabase", "reading"]

DATABASE_NAME = "lesson.db"
BUSY_TIMEOUT_MS = 5000


class LessonDatabase:
    """The writing connection.

    Samples gather in one transaction until ``commit``; ``durable`` blocks are on the disk when they end. Calls may come
    from any thread, one at a time. On a full or failing disk samples are not lost at once: ``commit`` raises, what it
    could not write waits in memory, and the next ``commit`` that succeeds writes all of it.

    Args:
        path: An existing database.

    Attributes:
        make_room: Called once a transaction finds the disk full; says whether it freed anything, so that it is worth
            another try.

    Raises:
        LessonDamagedError: It is not a lesson's database.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.make_room: Callable[[], bool] = lambda: False
        self._lock = RLock()
        self._sync_failed = False
        self._closed = False
        self._connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, factory=ReplayingConnection
        )
        try:
            self._connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("PRAGMA secure_delete=ON")
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise LessonDamagedError(path, f"it is not a lesson's database ({error})") from error

    @classmethod
    def create(cls, path: Path) -> LessonDatabase:
        """Make a new database with all tables.

        Raises:
            OutputNotWritableError: It exists or cannot be made.
        """
        make_private_file(path)
        database = cls(path)
        with database._guard():
            database._connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version={FORMAT_VERSION};COMMIT;")
        return database

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for the vault's key table and for reading."""
        return self._connection

    @property
    def waiting(self) -> int:
        """Statements that no commit has acknowledged yet."""
        return len(self._connection.batch)

    @property
    def sync_failed(self) -> bool:
        """Whether the disk once failed to keep what it had taken: nothing is acknowledged as durable any more."""
        return self._sync_failed

    @property
    def lost(self) -> int:
        """Samples that were given up because the disk failed for too long."""
        return self._connection.lost

    @contextmanager
    def batch(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside the running transaction, which is begun when there is none.

        A full or failing disk shows at ``commit``.
        """
        with self._lock, self._guard(), self._connection.batching():
            yield self._connection

    @contextmanager
    def durable(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction of its own, which is on the disk when the block ends.

        Samples that cannot be written do not keep it from being tried: a marker is smaller.

        Raises:
            OutputNotWritableError: The disk is full or fails; nothing of the block is kept.
        """
        with self._lock, self._guard():
            with suppress(OutputNotWritableError):
                self.commit()
            if self._sync_failed:
                # The system may have dropped pages it reported as written before: no later success can be believed.
                raise OutputNotWritableError(self.path, "the disk failed to keep what was written before")
            connection = self._connection
            # Only possible between transactions.
            connection.execute("PRAGMA synchronous=FULL")
            try:
                with connection.whole(self.make_room):
                    yield connection
            except sqlite3.OperationalError as error:
                self._sync_failed |= error.sqlite_errorcode == sqlite3.SQLITE_IOERR_FSYNC
                raise
            finally:
                connection.execute("PRAGMA synchronous=NORMAL")

    def insert(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add whole rows to ``table`` in the running transaction.

        Args:
            table: A table of the schema.
            rows: Values in the order of its columns.
        """
        with self.batch() as connection:
            for row in rows:
                marks = ",".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)

    def commit(self) -> None:
        """Acknowledge what was added since the last commit.

        Raises:
            OutputNotWritableError: The disk is full or fails. What could not be written waits for the next commit.
        """
        with self._lock, self._guard():
            self._connection.commit_batch(self.make_room)

    def shrink(self) -> None:
        """Rewrite the file so that nothing deleted stays in it or in its log.

        Raises:
            OutputNotWritableError: Somebody else holds the database, so that deleted rows may still be in its log.
        """
        with self._lock, self._guard():
            self.commit()
            self._connection.execute("VACUUM")
            busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                raise OutputNotWritableError(self.path, "another program is reading it")

    def close(self) -> None:
        """Close without committing what is open; what is still asked for cannot be written."""
        with self._lock:
            self._closed = True
            self._connection.close()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        if self._closed:
            raise OutputNotWritableError(self.path, "the lesson is closed")
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OutputNotWritableError(self.path, str(error)) from error


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a lesson's database for reading only.

    Args:
        path: The database; its folder may be read-only.

    Raises:
        LessonDamagedError: It is missing or not a database; also for damage found by the queries inside the block.
    """
    if not path.is_file():
        raise LessonDamagedError(path, "the lesson's database is missing")
    # A log can only be joined where files can be written; on read-only media the database stands alone.
    mode = "mode=rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA query_only=ON")
        yield connection
    except sqlite3.DatabaseError as error:
        raise LessonDamagedError(path, f"the lesson's database cannot be read ({error})") from error
    finally:
        connection.close()
