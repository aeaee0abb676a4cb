"""Seats put right by hand: kept beside the measured rows, undoable, on record in the audit log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.domain.seat_edits import (
    ExcludeSeat,
    MergeSeats,
    SeatEdit,
    SplitSeat,
    known_seats,
    shown_seat,
)
from classroom_analyzer.errors import LessonDamagedError, UsageError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase, reading
from classroom_analyzer.storage.lesson_meta import LessonStatus, read_meta
from classroom_analyzer.storage.schema import SEAT_EDITS_TABLE

if TYPE_CHECKING:
    import polars as pl

__all__ = ["add_edit", "edited_seats", "read_edits", "undo_last_edit"]

_KINDS: dict[str, type[SeatEdit]] = {"merge": MergeSeats, "split": SplitSeat, "exclude": ExcludeSeat}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def read_edits(folder: Path) -> tuple[SeatEdit, ...]:
    """Return the edits in force, oldest first; none in a lesson from before there were any.

    Raises:
        LessonDamagedError: The database or an edit in it cannot be read.
    """
    with reading(folder / DATABASE_NAME) as connection:
        return tuple(edit for _, edit in _in_force(connection, folder))


def add_edit(folder: Path, edit: SeatEdit) -> None:
    """Add an edit to a closed lesson; it is on the disk when this returns.

    Raises:
        UsageError: It makes no sense after the edits in force; nothing was written.
        LessonDamagedError: The lesson is not closed or cannot be read.
        OutputNotWritableError: The lesson cannot be written.
    """
    with _editing(folder) as connection:
        edits = [earlier for _, earlier in _in_force(connection, folder)]
        measured = [row[0] for row in connection.execute("SELECT seat FROM seats")]
        known_seats(measured, [*edits, edit])
        content = {"kind": _NAMES[type(edit)], **asdict(edit)}
        connection.execute("INSERT INTO seat_edits (made_wall, edit) VALUES (?, ?)", (_now(), json.dumps(content)))
        audit.append(connection, "seat edited", content)


def undo_last_edit(folder: Path) -> SeatEdit:
    """Put the newest edit in force out of force; its row stays.

    Returns:
        What was undone.

    Raises:
        UsageError: There is nothing to undo.
        LessonDamagedError: The lesson is not closed or cannot be read.
        OutputNotWritableError: The lesson cannot be written.
    """
    with _editing(folder) as connection:
        edits = _in_force(connection, folder)
        if not edits:
            raise UsageError("there is no change of seats to be undone")
        number, edit = edits[-1]
        connection.execute("UPDATE seat_edits SET undone_wall = ? WHERE id = ?", (_now(), number))
        audit.append(connection, "seat edit undone", {"kind": _NAMES[type(edit)], **asdict(edit)})
    return edit


def edited_seats(rows: pl.DataFrame, edits: Sequence[SeatEdit]) -> pl.DataFrame:
    """Show measured seat rows as edited.

    Args:
        rows: As ``LessonReader.seats`` gives them; not changed.
        edits: As ``read_edits`` gives them.

    Returns:
        A new table of the same columns and order, without left-out seats. Where merged seats have rows of one second,
        those of the seat that has the shown number by itself are used, else those of the lowest number.
    """
    import polars as pl

    pairs = rows.select("seat", "t_s").unique()
    shown = [shown_seat(seat, t_s, edits) for seat, t_s in pairs.iter_rows()]
    pairs = pairs.with_columns(pl.Series("shown", shown, dtype=rows.schema["seat"])).drop_nulls("shown")
    best = pairs.sort(pl.col("seat") != pl.col("shown"), "seat").unique(["shown", "t_s"], keep="first")
    joined = rows.join(best, on=["seat", "t_s"], how="inner", maintain_order="left")
    return joined.with_columns(seat=pl.col("shown")).select(rows.columns)


@contextmanager
def _editing(folder: Path) -> Iterator[sqlite3.Connection]:
    """One durable transaction on a closed lesson's database, with the table of edits in it."""
    path = folder / DATABASE_NAME
    if read_meta(folder).status is LessonStatus.RECORDING or not path.is_file():
        raise LessonDamagedError(folder, "its seats can be changed when the lesson is closed; stop or recover it first")
    database = LessonDatabase(path)
    try:
        with database.durable() as connection:
            connection.execute(SEAT_EDITS_TABLE)
            yield connection
    finally:
        database.close()


def _in_force(connection: sqlite3.Connection, folder: Path) -> list[tuple[int, SeatEdit]]:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'seat_edits'").fetchone()
    if there is None:
        return []
    rows = connection.execute("SELECT id, edit FROM seat_edits WHERE undone_wall IS NULL ORDER BY id")
    return [(number, _edit(text, folder)) for number, text in rows]


def _edit(text: str, folder: Path) -> SeatEdit:
    try:
        content = json.loads(text)
        edit = _KINDS[content.pop("kind")](**content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LessonDamagedError(folder, "a change of seats in it cannot be read") from error
    if not all(type(value) is int for value in asdict(edit).values()):
        raise LessonDamagedError(folder, "a change of seats in it cannot be read")
    return edit


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
