"""A SQLite connection that can do a transaction again: a full disk rolls one back, and its rows must not be lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["ReplayingConnection"]

# What a later try may mend; the rest are faults of the program.
_MENDABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN)
_READING = ("SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "VACUUM")
MAX_WAITING = 200_000  # about an hour of rows, 60 MB
_SAMPLES = "INSERT INTO spool_"

Statement = tuple[str, Any]


class ReplayingConnection(sqlite3.Connection):
    """Remembers the writes of the running transaction until they are committed. One thread at a time.

    Attributes:
        batch: Writes of the running batch, and of earlier ones that could not be written.
        lost: Samples that were given up because too many were waiting.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.batch: list[Statement] = []
        self.lost = 0
        self._log: list[Statement] | None = None
        self._put_off = False  # the batch was rolled back and stands in memory only
        self._make_room: Callable[[], bool] | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run one statement; a write inside a batch never raises because of the disk."""
        log = self._log
        if log is None or sql.lstrip()[:8].upper().startswith(_READING):
            return super().execute(sql, parameters)
        if log is self.batch:
            return self._batched(sql, parameters)
        try:
            cursor = super().execute(sql, parameters)
        except sqlite3.OperationalError as error:
            if not self._may_retry(error):
                raise
            self._again(log)
            cursor = super().execute(sql, parameters)
        log.append((sql, parameters))
        return cursor

    @contextmanager
    def batching(self) -> Iterator[None]:
        """Remember the writes of the block as part of the batch; begin a transaction when there is none."""
        outer, self._log = self._log, self.batch if self._log is None else self._log
        try:
            if outer is None and not self._put_off and not self.in_transaction:
                self._try_batch(lambda: super(ReplayingConnection, self).execute("BEGIN"))
            yield
        finally:
            self._log = outer

    @contextmanager
    def whole(self, make_room: Callable[[], bool]) -> Iterator[None]:
        """Do the block as one transaction; nothing of it is left when it raises.

        Args:
            make_room: Asked once when the disk is full.

        Raises:
            sqlite3.OperationalError: The disk is full or fails.
        """
        log: list[Statement] = []
        self._log, self._make_room = log, make_room
        try:
            super().execute("BEGIN")
            yield
            try:
                super().execute("COMMIT")
            except sqlite3.OperationalError as error:
                if not self._may_retry(error):
                    raise
                self._again(log)
                super().execute("COMMIT")
        finally:
            self._log = self._make_room = None
            self._roll_back()

    def commit_batch(self, make_room: Callable[[], bool]) -> None:
        """Write the batch.

        Raises:
            sqlite3.OperationalError: The disk is full or fails; the batch waits in memory.
        """
        self._make_room = make_room
        try:
            while True:
                try:
                    if self._put_off:
                        self._again(self.batch)
                    if self.in_transaction:
                        super().execute("COMMIT")
                    break
                except sqlite3.OperationalError as error:
                    self._put_off = True
                    if not self._may_retry(error):
                        self._roll_back()
                        raise
        finally:
            self._make_room = None
        self.batch.clear()
        self._put_off = False

    def _batched(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        if self._put_off and len(self.batch) >= MAX_WAITING and sql.startswith(_SAMPLES):
            self.lost += 1
            return self.cursor()
        if self._put_off:
            self.batch.append((sql, parameters))
            return self.cursor()
        cursor = self._try_batch(lambda: super(ReplayingConnection, self).execute(sql, parameters))
        self.batch.append((sql, parameters))
        return cursor if cursor is not None else self.cursor()

    def _try_batch(self, run: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor | None:
        try:
            return run()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _MENDABLE:
                raise
            self._put_off = True
            self._roll_back()
            return None

    def _may_retry(self, error: sqlite3.OperationalError) -> bool:
        """Whether the disk was full and room was made."""
        full = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL
        return full and self._make_room is not None and self._make_room()

    def _again(self, log: list[Statement]) -> None:
        self._roll_back()
        super().execute("BEGIN")
        for sql, parameters in log:
            super().execute(sql, parameters)

    def _roll_back(self) -> None:
        if self.in_transaction:
            super().execute("ROLLBACK")
