"""Markers of a lesson: one that was taken back keeps its row, sealed as before, and is out of force from then on."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from classroom_analyzer.errors import UsageError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.schema import MARKER_UNDOS_TABLE

__all__ = ["markers_in_force", "undo_newest_marker"]


def markers_in_force(connection: sqlite3.Connection) -> list[tuple[int, int, bytes | None]]:
    """Return number, second and sealed note of the markers that were not taken back, by number."""
    undone = ""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'marker_undos'").fetchone():
        undone = " WHERE id NOT IN (SELECT marker FROM marker_undos)"
    return connection.execute(f"SELECT id, t_s, sealed FROM markers{undone} ORDER BY id").fetchall()


def undo_newest_marker(connection: sqlite3.Connection) -> int:
    """Put the newest marker in force out of force inside the caller's transaction, which should be a durable one.

    Returns:
        Its number.

    Raises:
        UsageError: There is nothing to undo.
    """
    markers = markers_in_force(connection)
    if not markers:
        raise UsageError("there is no marker to be taken back")
    number = markers[-1][0]
    connection.execute(MARKER_UNDOS_TABLE)
    at_wall = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("INSERT INTO marker_undos (marker, undone_wall) VALUES (?, ?)", (number, at_wall))
    audit.append(connection, "marker undone", {"marker": number})
    return number
