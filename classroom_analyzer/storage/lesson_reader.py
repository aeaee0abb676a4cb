"""Reads a lesson folder of format version 1; changes nothing but the exports it is asked to make room for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.labels import Label
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, reading
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.labels import read_labels
from classroom_analyzer.storage.lesson_meta import LessonMeta, LessonStatus, read_meta
from classroom_analyzer.storage.markers import markers_in_force
from classroom_analyzer.storage.safe_files import FOLDER_MODE
from classroom_analyzer.storage.summary_json import read_summary
from classroom_analyzer.storage.utterances import read_utterances
from classroom_analyzer.storage.vault import LESSON_SCOPE, Vault, participant_scope

if TYPE_CHECKING:
    import polars as pl

__all__ = ["EXPORTS_NAME", "Gap", "LessonReader", "Marker"]

EXPORTS_NAME = "exports"


@dataclass(frozen=True, slots=True)
class Marker:
    """A note in time.

    Attributes:
        number: From 1.
        t_s: Second on the lesson clock.
        note: The teacher's words; None when there were none, or they cannot be read without the key.
    """

    number: int
    t_s: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which a source gave nothing."""

    modality: Modality
    from_s: float
    to_s: float
    reason: str


class LessonReader:
    """A closed lesson: complete, incomplete or recovered. Made by ``open``.

    Attributes:
        folder: The lesson folder.
        meta: What lesson.json holds.
    """

    def __init__(self, folder: Path, meta: LessonMeta, key_source: KeySource | None) -> None:
        self.folder = folder
        self.meta = meta
        self._key_source = key_source

    @classmethod
    def open(cls, path: Path, key_source: KeySource | None = None) -> LessonReader:
        """Open a lesson folder.

        Args:
            path: ``NAME.lesson``.
            key_source: For seats, chat text and notes; without it those stay locked.

        Raises:
            LessonDamagedError: It is no lesson folder, of a later format, or was never closed.
        """
        meta = read_meta(path)
        if meta.status is LessonStatus.RECORDING:
            reason = "it is still being recorded or was cut off; stop that lesson, or bring it back with `recover`"
            raise LessonDamagedError(path, reason)
        return cls(path, meta, key_source)

    def summary(self) -> dict[str, Any]:
        """Return summary.json.

        Raises:
            LessonDamagedError: It cannot be read.
        """
        return read_summary(self.folder)

    def indicators(self) -> pl.DataFrame:
        """Return the class rows ``t_s, name, value, unit, quality, n``.

        Raises:
            LessonDamagedError: The table cannot be read.
        """
        from classroom_analyzer.storage import tables

        return tables.read_class_table(self.folder / tables.INDICATORS_NAME, tables.INDICATOR_SCHEMA)

    def estimates(self) -> pl.DataFrame:
        """Return the class estimates, one row per second; no rows under ``observe``.

        Raises:
            LessonDamagedError: The table cannot be read.
        """
        from classroom_analyzer.storage import tables

        return tables.read_class_table(self.folder / tables.ESTIMATES_NAME, tables.ESTIMATE_SCHEMA)

    def seats(self) -> pl.DataFrame:
        """Return the rows of numbered seats ``t_s, seat, name, value, low, high, quality, status``.

        Returns:
            No rows where the lesson keeps none; erased seats are left out.

        Raises:
            VaultLockedError: The key is not at hand.
            LessonDamagedError: A record was changed or cut.
        """
        from classroom_analyzer.storage import tables

        with self._vault() as (connection, vault):
            if vault is None or not self.meta.grant.policy.keeps_seat_rows:
                return tables.SEAT_SCHEMA.to_frame()
            if self.meta.status is LessonStatus.RECOVERED:
                return tables.read_spooled_seats(connection, vault)
            return tables.read_seats(self.folder / tables.SEATS_NAME, vault)

    def messages(self) -> list[ChatMessage]:
        """Return the chat lines whose text is kept, in order; those of erased participants are left out.

        Raises:
            VaultLockedError: The key is not at hand.
            LessonDamagedError: A record was changed or cut.
        """
        with self._vault() as (connection, vault):
            if vault is None:
                return []
            rows = connection.execute(
                "SELECT id, t_ns, participant, sealed FROM chat WHERE sealed IS NOT NULL ORDER BY id"
            ).fetchall()
            opened = [(t, p, vault.open(participant_scope(p), "chat", i, sealed)) for i, t, p, sealed in rows]
        return [ChatMessage(t, p, data.decode("utf-8")) for t, p, data in opened if data is not None]

    def utterances(self) -> list[Utterance]:
        """Return what was said where words are kept, by start; that of erased participants is left out.

        Raises:
            VaultLockedError: The key is not at hand.
            LessonDamagedError: A record was changed or cut.
        """
        with self._vault() as (connection, vault):
            return read_utterances(connection, vault)

    def markers(self) -> list[Marker]:
        """Return the markers in force by number; without a key source their notes are None.

        Raises:
            VaultLockedError: A key source was given and it has not the right key.
            LessonDamagedError: A record was changed or cut.
        """
        with reading(self.folder / DATABASE_NAME) as connection:
            rows = markers_in_force(connection)
            vault = self._unlocked(connection) if self._key_source is not None else None
            notes = [
                vault.open(LESSON_SCOPE, "marker", number, sealed) if vault is not None and sealed is not None else None
                for number, _, sealed in rows
            ]
        return [
            Marker(number, t_s, note.decode("utf-8") if note is not None else None)
            for (number, t_s, _), note in zip(rows, notes, strict=True)
        ]

    def labels(self) -> tuple[Label, ...]:
        """Return the labels in force, in the order in which they were given; those that were undone are left out."""
        return read_labels(self.folder)

    def gaps(self) -> list[Gap]:
        """Return the gaps of all sources, in order."""
        with reading(self.folder / DATABASE_NAME) as connection:
            rows = connection.execute("SELECT modality, from_s, to_s, reason FROM gaps ORDER BY id").fetchall()
        return [Gap(Modality(modality), from_s, to_s, reason) for modality, from_s, to_s, reason in rows]

    def counters(self) -> dict[str, int]:
        """Return the quality counters by name."""
        with reading(self.folder / DATABASE_NAME) as connection:
            return dict(connection.execute("SELECT name, value FROM counters ORDER BY name").fetchall())

    def audit_head(self) -> audit.AuditHead:
        """Return the end of the audit log.

        Raises:
            LessonDamagedError: The log was changed.
        """
        with reading(self.folder / DATABASE_NAME) as connection:
            return audit.verify(connection)

    def next_export_dir(self) -> Path:
        """Make and return the next empty ``exports/NNN``; an earlier export is never touched.

        Raises:
            OutputNotWritableError: It cannot be made.
        """
        exports = self.folder / EXPORTS_NAME
        try:
            exports.mkdir(mode=FOLDER_MODE, exist_ok=True)
            taken = [int(p.name[:3]) for p in exports.iterdir() if p.name[:3].isdecimal()]
            folder = exports / f"{max(taken, default=-1) + 1:03d}"
            folder.mkdir(mode=FOLDER_MODE)
        except OSError as error:
            raise OutputNotWritableError(exports, error.strerror or str(error)) from error
        return folder

    @contextmanager
    def _vault(self) -> Iterator[tuple[Any, Vault | None]]:
        with reading(self.folder / DATABASE_NAME) as connection:
            yield connection, self._unlocked(connection)

    def _unlocked(self, connection: sqlite3.Connection) -> Vault | None:
        # Of a lesson that was recovered all that can be opened is shown.
        return Vault.unlock(connection, self._key_source, lenient=self.meta.status is LessonStatus.RECOVERED)
