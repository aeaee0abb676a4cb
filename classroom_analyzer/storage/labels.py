"""Labels of a lesson: on the disk when they are acknowledged, undone without being lost.

A label that was undone keeps its row; what was undone stands beside it and in the audit log. During a lesson the one
writer adds them (``LessonWriter.add_label``); afterwards the functions here do.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.errors import LessonDamagedError, UsageError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase, reading
from classroom_analyzer.storage.lesson_meta import LessonMeta, LessonStatus, read_meta
from classroom_analyzer.storage.schema import LABEL_UNDOS_TABLE
from classroom_analyzer.storage.summary_json import read_summary

__all__ = ["add_label", "insert_label", "read_labels", "undo_last_label", "undo_newest"]


def read_labels(folder: Path) -> tuple[Label, ...]:
    """Return the labels in force, in the order in which they were given.

    Args:
        folder: The lesson folder; it may be read-only, and still being recorded.

    Raises:
        LessonDamagedError: The database or a label in it cannot be read.
    """
    with reading(folder / DATABASE_NAME) as connection:
        return tuple(label for _, label in _in_force(connection, folder))


def add_label(folder: Path, label: Label) -> int:
    """Add a label to a closed lesson; it is on the disk when this returns.

    Returns:
        Its number, from 1.

    Raises:
        UsageError: It lies after the end of the lesson, is there already, or is about a seat that the lesson does not
            have.
        LessonDamagedError: The lesson is not closed or cannot be read.
        OutputNotWritableError: The lesson cannot be written.
    """
    with _closed(folder) as (connection, meta):
        end_s = math.ceil(read_summary(folder)["duration_s"])
        if label.t_s > end_s:
            raise UsageError(f"the lesson ends at {end_s} s and {label.t_s} s is later; give a time in the lesson")
        if any(label == one for _, one in _in_force(connection, folder)):
            raise UsageError("this very mark is there already and would count twice; --undo takes the last one back")
        return insert_label(connection, label, keeps_people=meta.grant.policy.keeps_seat_rows)


def undo_last_label(folder: Path) -> Label:
    """Put the newest label in force out of force; its row stays.

    Returns:
        What was undone.

    Raises:
        UsageError: There is nothing to undo.
        LessonDamagedError: The lesson is not closed or cannot be read.
        OutputNotWritableError: The lesson cannot be written.
    """
    with _closed(folder) as (connection, _):
        return undo_newest(connection, folder)


def insert_label(connection: sqlite3.Connection, label: Label, *, keeps_people: bool) -> int:
    """Add a label inside the caller's transaction, which should be a durable one.

    Args:
        connection: The lesson's database.
        label: What was said.
        keeps_people: Whether the policy keeps rows about single people.

    Returns:
        Its number, from 1.

    Raises:
        UsageError: It is about a seat, and the policy keeps none or the lesson does not have it.
    """
    if label.seat is not None:
        if not keeps_people:
            raise UsageError("under observe nothing is kept about single seats; label the whole class")
        if connection.execute("SELECT 1 FROM seats WHERE seat = ?", (label.seat,)).fetchone() is None:
            raise UsageError(f"there is no seat {label.seat} in this lesson; label a seat that was seen, or the class")
    row = (label.t_s, label.seat, str(label.kind), label.value, label.estimate_visible, str(label.source))
    number = connection.execute(
        "INSERT INTO labels (t_s, seat, kind, value, estimate_visible, source) VALUES (?, ?, ?, ?, ?, ?)", row
    ).lastrowid
    return number or 0


def undo_newest(connection: sqlite3.Connection, folder: Path) -> Label:
    """Undo the newest label in force inside the caller's transaction.

    Returns:
        What was undone.

    Raises:
        UsageError: There is nothing to undo.
        LessonDamagedError: A label cannot be read.
    """
    labels = _in_force(connection, folder)
    if not labels:
        raise UsageError("there is no mark to be undone")
    number, label = labels[-1]
    connection.execute(LABEL_UNDOS_TABLE)
    at_wall = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("INSERT INTO label_undos (label, undone_wall) VALUES (?, ?)", (number, at_wall))
    audit.append(connection, "label undone", {"label": number})
    return label


@contextmanager
def _closed(folder: Path) -> Iterator[tuple[sqlite3.Connection, LessonMeta]]:
    """One durable transaction on a closed lesson's database."""
    meta, path = read_meta(folder), folder / DATABASE_NAME
    if meta.status is LessonStatus.RECORDING or not path.is_file():
        raise LessonDamagedError(folder, "it can be labelled when the lesson is closed; stop or recover it first")
    database = LessonDatabase(path)
    try:
        with database.durable() as connection:
            yield connection, meta
    finally:
        database.close()


def _in_force(connection: sqlite3.Connection, folder: Path) -> list[tuple[int, Label]]:
    undone = ""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'label_undos'").fetchone():
        undone = " WHERE id NOT IN (SELECT label FROM label_undos)"
    rows = connection.execute(f"SELECT id, t_s, kind, value, estimate_visible, source, seat FROM labels{undone}")
    return [(number, _label(folder, *rest)) for number, *rest in sorted(rows)]


def _label(folder: Path, t_s: int, kind: str, value: int, visible: int, source: str, seat: int | None) -> Label:
    try:
        return Label(t_s, LabelKind(kind), value, bool(visible), LabelSource(source), seat)
    except (ValueError, TypeError) as error:  # UsageError is one
        raise LessonDamagedError(folder, "a label in it cannot be read") from error
