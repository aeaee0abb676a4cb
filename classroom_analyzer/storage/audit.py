"""The lesson's audit log: what was done, in a chain of hashes that shows every later change. No names, no content.

``h_i = SHA-256(h_{i-1} + canonical entry i)``; a chain alone misses a cut tail, so the head travels with exports.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase

__all__ = ["AuditHead", "Fact", "append", "record", "verify"]

Fact = str | int | float | bool | None
FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where the chain ends.

    Attributes:
        count: Entries.
        hash: SHA-256 of the last one, hexadecimal.
    """

    count: int
    hash: str


def append(connection: sqlite3.Connection, action: str, facts: Mapping[str, Fact]) -> None:
    """Add one entry inside the caller's transaction, which should be a durable one.

    Args:
        connection: The lesson's database.
        action: What happened, for example ``lesson started``.
        facts: What of, by name; numbers, settings and seat numbers, never names or content.
    """
    last = connection.execute("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    at_wall = datetime.now(UTC).isoformat(timespec="seconds")
    entry = json.dumps(
        {"action": action, "at_wall": at_wall, "facts": dict(facts)},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=True,
    )
    connection.execute(
        "INSERT INTO audit (entry, hash) VALUES (?, ?)", (entry, _chained(last[0] if last else FIRST_HASH, entry))
    )


def record(folder: Path, action: str, **facts: Fact) -> None:
    """Add one entry to the log of a closed lesson.

    Args:
        folder: The lesson folder.
        action: What was done with it.
        **facts: As for ``append``.

    Raises:
        OutputNotWritableError: The lesson cannot be written, so that the act must not go ahead.
    """
    database = LessonDatabase(folder / DATABASE_NAME)
    try:
        with database.durable() as connection:
            append(connection, action, facts)
    finally:
        database.close()


def verify(connection: sqlite3.Connection) -> AuditHead:
    """Walk the whole chain.

    Returns:
        Its end.

    Raises:
        LessonDamagedError: An entry was changed, removed or put in between.
    """
    previous, count = FIRST_HASH, 0
    for number, entry, stored in connection.execute("SELECT id, entry, hash FROM audit ORDER BY id"):
        count += 1
        previous = _chained(previous, entry)
        if number != count or previous != stored:
            raise LessonDamagedError("audit log", f"entry {count} was changed or removed after it was written")
    return AuditHead(count, previous)


def _chained(previous: str, entry: str) -> str:
    return hashlib.sha256((previous + entry).encode("utf-8")).hexdigest()
