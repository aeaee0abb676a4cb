"""Copies what can still be read of a damaged lesson.db into a fresh one, table by table and row by row.

SQLite's own ``.recover`` is part of its shell only. A damaged page hides the rows behind it from a reader that goes
forwards, so tables are also read backwards, and rows between are looked for one by one by their number.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.schema import (
    FORMAT_VERSION,
    LABEL_UNDOS_TABLE,
    MARKER_UNDOS_TABLE,
    SCHEMA,
    SEAT_EDITS_TABLE,
)

__all__ = ["Salvaged", "is_sound", "salvage"]

MAX_PADDED_BYTES = 1 << 32  # a flipped bit in the header must not fill the disk; what is padded is a hole
MAX_PROBES = 500_000  # single rows looked for in one table
_VALUES: dict[str, tuple[type, ...]] = {"INTEGER": (int,), "REAL": (int, float), "TEXT": (str,), "BLOB": (bytes,)}
_OPTIONAL = {
    "seat_edits": SEAT_EDITS_TABLE,
    "label_undos": LABEL_UNDOS_TABLE,
    "marker_undos": MARKER_UNDOS_TABLE,
}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of a damaged database.

    Attributes:
        rows: Rows that were copied.
        incomplete: Tables that were not read from end to end.
    """

    rows: int
    incomplete: tuple[str, ...]


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a database, all tables of a lesson are in it and all values fit."""
    try:
        with closing(_reading(path)) as source:
            if source.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return False
            there = {name for name, *_ in _tables(source)}
            return all(
                name in there and all(_fits(row, columns) for row in source.execute(f"SELECT * FROM {name}"))
                for name, columns, _ in _wanted()
            )
    except (sqlite3.DatabaseError, ValueError):  # a table of another width is a damaged schema
        return False


def salvage(damaged: Path, fresh: Path) -> Salvaged:
    """Copy every readable row.

    Args:
        damaged: The database; a copy, with its log beside it, since SQLite may write to it.
        fresh: Does not exist yet; whole and closed when this returns.

    Raises:
        LessonDamagedError: Nothing in it can be read.
        OSError: The disk is full or fails.
    """
    rows = 0
    incomplete: list[str] = []
    _pad(damaged)
    try:
        source = _reading(damaged)
        there = {name for name, *_ in _tables(source)}
    except sqlite3.DatabaseError as error:
        raise LessonDamagedError(damaged, "nothing in its database can be read") from error
    with closing(source), closing(sqlite3.connect(fresh, isolation_level=None)) as target:
        target.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version={FORMAT_VERSION};COMMIT;BEGIN;")
        for name, sql in _OPTIONAL.items():
            if name in there:
                target.execute(sql)
        for name, columns, key in _tables(target):
            before = rows
            reader = _TableReader(source, name, len(columns), key)
            for row in reader.rows():
                if _fits(row, columns):
                    marks = ",".join("?" * len(row))
                    rows += target.execute(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", row).rowcount
            if not reader.whole or (name not in there and rows == before):
                incomplete.append(name)
        target.execute("COMMIT")
    if not rows:
        raise LessonDamagedError(damaged, "nothing in its database can be read")
    return Salvaged(rows, tuple(incomplete))


class _TableReader:
    """Reads one table in as many ways as it takes."""

    def __init__(self, source: sqlite3.Connection, name: str, width: int, key: Sequence[str]) -> None:
        self._source = source
        self._name = name
        self._width = width
        self._key = key  # empty where rows have numbers
        self.whole = True

    def rows(self) -> Iterator[tuple[Any, ...]]:
        order = ", ".join(self._key) or "rowid"
        reversed_order = ", ".join(f"{column} DESC" for column in self._key) or "rowid DESC"
        last: int | None = None
        for number, row in self._read(f"ORDER BY {order}"):
            last = number
            yield row
        if self.whole:
            return
        first: int | None = None
        for number, row in self._read(f"ORDER BY {reversed_order}"):
            first = number
            yield row
        if not self._key and last is not None and first is not None:
            # Rows reach the newest number of either end; between them each is looked for by itself.
            for number in range(last + 1, min(first, last + MAX_PROBES)):
                yield from (row for _, row in self._read(f"WHERE rowid = {number}"))

    def _read(self, clause: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        number = "0" if self._key else "rowid"
        try:
            for row in self._source.execute(f"SELECT {number}, * FROM {self._name} {clause}"):
                if len(row) == self._width + 1:
                    yield row[0], row[1:]
        except sqlite3.Error:
            self.whole = False


def _pad(path: Path) -> None:
    """Give a database that was cut off the length that its header names: SQLite reads none of a shorter one."""
    with path.open("rb+") as file:
        header = file.read(100)
        if len(header) == 100:
            page_bytes = int.from_bytes(header[16:18], "big")
            wanted = int.from_bytes(header[28:32], "big") * (65536 if page_bytes == 1 else page_bytes)
            if path.stat().st_size < wanted <= MAX_PADDED_BYTES:
                file.truncate(wanted)


def _reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


def _tables(connection: sqlite3.Connection) -> list[tuple[str, list[tuple[str, str, bool]], tuple[str, ...]]]:
    """Name, columns (name, type, whether a value is needed) and, where rows have no numbers, the key of each table."""
    found = []
    statements = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, sql in statements:
        if not str(name).isidentifier():
            continue
        info = connection.execute(f"PRAGMA table_info({name})").fetchall()
        # A primary key of whole numbers is the row's number, which SQLite fills in.
        columns = [(column, kind, bool(needed) or bool(place)) for _, column, kind, needed, _, place in info]
        key = tuple(column for _, column, *_, place in info if place) if "WITHOUT ROWID" in str(sql) else ()
        found.append((name, columns, key))
    return found


def _wanted() -> list[tuple[str, list[tuple[str, str, bool]], tuple[str, ...]]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        empty.executescript(SCHEMA)
        return _tables(empty)


def _fits(row: tuple[Any, ...], columns: list[tuple[str, str, bool]]) -> bool:
    """Whether every value is of its column's type: a flipped bit makes numbers of texts."""
    return all(
        (value is None and not needed) or (value is not None and isinstance(value, _VALUES.get(kind, (object,))))
        for value, (_, kind, needed) in zip(row, columns, strict=True)
    )
