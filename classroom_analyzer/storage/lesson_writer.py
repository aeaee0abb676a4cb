"""Writes a lesson folder second by second; whatever was committed survives a kill."""

from __future__ import annotations

import dataclasses
import math
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.labels import Label
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.readings import Reading, SeatSecond
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.domain.transcript import Utterance
from classroom_analyzer.errors import OutputNotWritableError, VaultLockedError
from classroom_analyzer.storage import audit
from classroom_analyzer.storage.database import DATABASE_NAME, LessonDatabase
from classroom_analyzer.storage.disk_guard import DiskGuard
from classroom_analyzer.storage.folder_names import folder_name
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.labels import insert_label, undo_newest
from classroom_analyzer.storage.lesson_lock import LessonLock
from classroom_analyzer.storage.lesson_meta import LessonMeta, LessonStatus, write_meta
from classroom_analyzer.storage.markers import undo_newest_marker
from classroom_analyzer.storage.media_records import RecordFile
from classroom_analyzer.storage.readme_text import README_NAME, README_TEXT
from classroom_analyzer.storage.safe_files import FOLDER_MODE, write_text
from classroom_analyzer.storage.seat_rows import pack_seat
from classroom_analyzer.storage.summary_json import write_summary
from classroom_analyzer.storage.utterances import insert_utterance
from classroom_analyzer.storage.vault import (
    LESSON_SCOPE,
    NO_KEY_WARNING,
    Vault,
    media_scope,
    participant_scope,
    seat_scope,
)

__all__ = ["LESSON_SUFFIX", "LessonWriter"]

LESSON_SUFFIX = ".lesson"
MAX_SAME_NAME = 10_000


class LessonWriter:
    """One lesson being made. Made by ``create``; calls may come from any thread, one at a time.

    Attributes:
        folder: The lesson folder.
        warnings: What could not be kept and why, for the summary; ``finish`` adds them itself.
    """

    def __init__(self, folder: Path, meta: LessonMeta, database: LessonDatabase, vault: Vault | None) -> None:
        self.folder = folder
        self._meta = meta
        self._database = database
        self._vault = vault
        self._made_above: tuple[Path, ...] = ()
        self._messages = 0
        self._utterances = 0
        self._markers = 0
        # Under observe rows about single people are kept nowhere: no seats, no chat text, no author beside a time.
        self._keeps_people = meta.grant.policy.keeps_seat_rows
        self._seats_known: set[int] = set()
        self._segments = 0
        self._lock: LessonLock | None = None
        self._guard: DiskGuard | None = None
        self._trouble: str | None = None
        self._was_troubled = ""
        self.warnings: tuple[str, ...] = (NO_KEY_WARNING,) if vault is None else ()

    @classmethod
    def create(cls, out_dir: Path, stem: str, meta: LessonMeta, key_source: KeySource | None) -> LessonWriter:
        """Make ``OUT/NAME.lesson`` with status ``recording``; an existing folder is never touched.

        Args:
            out_dir: Made when it is not there.
            stem: Wanted name, untrusted; ``NAME-2`` and so on when it is taken.
            meta: What lesson.json will hold.
            key_source: Where a key comes from; None, or a source without a key: nothing about single people is kept.

        Raises:
            OutputNotWritableError: The folder cannot be made; nothing is left behind.
        """
        made_above = _missing_above(out_dir)
        folder: Path | None = None
        database: LessonDatabase | None = None
        lock: LessonLock | None = None
        try:
            out_dir.mkdir(parents=True, exist_ok=True)
            folder = _new_folder(out_dir, folder_name(stem))
            lock = LessonLock(folder)
            meta = dataclasses.replace(meta, status=LessonStatus.RECORDING)
            write_meta(folder, meta)
            write_text(folder / README_NAME, README_TEXT)
            database = LessonDatabase.create(folder / DATABASE_NAME)
            with database.durable() as connection:
                vault = Vault.create(connection, key_source)
                if vault is not None:
                    vault.prepare(LESSON_SCOPE)
                grant = meta.grant
                connection.execute(
                    "INSERT INTO consent (at_wall, policy, basis, place, ethics_reference, legal_basis)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        meta.started_wall.isoformat(),
                        str(grant.policy),
                        grant.basis,
                        grant.place,
                        grant.ethics_reference,
                        grant.legal_basis,
                    ),
                )
                audit.append(
                    connection,
                    "lesson started",
                    {
                        "policy": str(grant.policy),
                        "basis": grant.basis,
                        "software": meta.software,
                        "encrypted": vault is not None,
                    },
                )
                for model in meta.models:
                    audit.append(connection, "model loaded", {"role": model.role, "sha256": model.sha256})
        except OSError as error:  # OutputNotWritableError is one
            if database is not None:
                database.close()
            if lock is not None:
                lock.release()
            _remove(folder, made_above)
            if isinstance(error, OutputNotWritableError):
                raise OutputNotWritableError(out_dir, error.reason) from error
            raise OutputNotWritableError(out_dir, error.strerror or str(error)) from error
        writer = cls(folder, meta, database, vault)
        writer._made_above = made_above
        writer._lock = lock
        return writer

    @property
    def keeps_private(self) -> bool:
        """Whether there is a key, so that chat text, notes and seat rows are kept."""
        return self._vault is not None

    @property
    def trouble(self) -> str | None:
        """What is wrong with the disk now, for people; None while everything is on it. Only with ``guard_disk``."""
        return self._trouble

    def guard_disk(self) -> DiskGuard:
        """Hold back a reserve, and let no disk end the lesson from now on: for a live lesson.

        A full disk gets the reserve. When that does not help, ``commit`` raises no more: rows wait in memory,
        ``trouble`` says so, and every commit tries again. Markers, labels and audit entries still raise when they are
        not on the disk. A lesson that went through this says so in its warnings, and is incomplete when rows were lost.

        Returns:
            The guard, the same one at each call.
        """
        if self._guard is None:
            self._guard = DiskGuard(self.folder)
            self._guard.hold_reserve()
            self._database.make_room = self._guard.release_reserve
        return self._guard

    def open_segment(self) -> RecordFile:
        """Begin the next segment of the raw recording; its key is on the disk when this returns.

        Raises:
            VaultLockedError: There is no key, so that nothing may be recorded.
            OutputNotWritableError: The disk is full or fails.
        """
        if self._vault is None:
            raise VaultLockedError
        number = self._segments
        with self._database.durable() as connection:
            cipher = self._vault.file_cipher(media_scope(number), make=True)
            audit.append(connection, "recording segment started", {"segment": number})
        if cipher is None:
            raise VaultLockedError
        self._segments += 1
        return RecordFile(self.folder, number, cipher)

    def warn(self, text: str) -> None:
        """Add a warning of the writer's own, once."""
        if text not in self.warnings:
            self.warnings = (*self.warnings, text)

    def add_second(
        self,
        t_s: int,
        readings: Iterable[Reading],
        estimate: ClassEstimate | None,
        seats: Sequence[SeatSecond] = (),
        seat_estimates: Sequence[SeatEstimate] = (),
    ) -> None:
        """Add the rows of the second that ends at ``t_s``.

        Args:
            t_s: 1, 2, 3 and so on, each once.
            readings: Class rows.
            estimate: Class estimate; None under ``observe``.
            seats: Measured seats; kept only where policy and key allow it.
            seat_estimates: Estimated seats; likewise.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        rows = [(None, t_s, r.name, _finite(r.value), r.unit, r.quality, r.n) for r in readings]
        self._database.insert("spool_indicators", rows)
        if estimate is not None:
            self._database.insert("spool_estimates", [_estimate_row(t_s, estimate)])
        if self._vault is not None and self._keeps_people:
            self._add_seats(t_s, self._vault, seats, seat_estimates)

    def add_message(self, message: ChatMessage) -> None:
        """Add one chat line: its time always, its author and sealed text only where policy and key allow it.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        self._messages += 1
        sealed = None
        with self._database.batch():
            if self._vault is not None and self._keeps_people:
                scope = participant_scope(message.participant)
                sealed = self._vault.seal(scope, "chat", self._messages, message.text.encode("utf-8", "replace"))
            author = message.participant if self._keeps_people else None
            self._database.insert("chat", [(self._messages, message.t_ns, author, sealed)])

    def add_utterance(self, utterance: Utterance) -> None:
        """Add what was said: times and role always, speaker and sealed words only where policy and key allow it.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        self._utterances += 1
        with self._database.batch() as connection:
            insert_utterance(connection, self._vault if self._keeps_people else None, self._utterances, utterance)

    def add_marker(self, t_s: int, note: str) -> int:
        """Add a marker; it is on the disk when this returns.

        Args:
            t_s: Second on the lesson clock.
            note: The teacher's words, sealed; without a key only the time is kept.

        Returns:
            Number of the marker, from 1.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        number = self._markers + 1
        with self._database.durable() as connection:
            sealed = None
            if self._vault is not None and note:
                sealed = self._vault.seal(LESSON_SCOPE, "marker", number, note.encode("utf-8", "replace"))
            connection.execute("INSERT INTO markers VALUES (?, ?, ?)", (number, t_s, sealed))
        self._markers = number
        return number

    def undo_last_marker(self) -> int:
        """Put the newest marker in force out of force and return its number; its row stays.

        Raises:
            UsageError: There is nothing to undo.
            OutputNotWritableError: The disk is full or fails.
        """
        with self._database.durable() as connection:
            return undo_newest_marker(connection)

    def add_label(self, label: Label) -> int:
        """Add what the teacher says of the class or a seat; it is on the disk when this returns.

        Returns:
            Number of the label, from 1.

        Raises:
            UsageError: It is about a seat that was not seen, or the policy keeps no seats.
            OutputNotWritableError: The disk is full or fails.
        """
        with self._database.durable() as connection:
            return insert_label(connection, label, keeps_people=self._keeps_people)

    def undo_last_label(self) -> Label:
        """Put the newest label in force out of force and return it; its row stays.

        Raises:
            UsageError: There is nothing to undo.
            OutputNotWritableError: The disk is full or fails.
        """
        with self._database.durable() as connection:
            return undo_newest(connection, self.folder)

    def add_event(self, t_s: int, kind: str, detail: str = "") -> None:
        """Add something that happened to the program or a source; no names and no content of the lesson."""
        self._database.insert("events", [(None, t_s, kind, detail)])

    def add_gap(self, modality: Modality, from_s: float, to_s: float, reason: str) -> None:
        """Add a stretch in which a source gave nothing."""
        self._database.insert("gaps", [(None, str(modality), from_s, to_s, reason)])

    def set_counter(self, name: str, value: int) -> None:
        """Set a quality counter, such as frames dropped."""
        with self._database.batch() as connection:
            connection.execute("INSERT OR REPLACE INTO counters VALUES (?, ?)", (name, value))

    def audit(self, action: str, **facts: audit.Fact) -> None:
        """Add an entry to the audit log; it is on the disk when this returns. No names and no content."""
        with self._database.durable() as connection:
            audit.append(connection, action, facts)

    def commit(self) -> None:
        """Acknowledge everything so far; called about once a second.

        Raises:
            OutputNotWritableError: The disk is full or fails; what was committed before stays readable. Not raised
                with ``guard_disk``.
        """
        try:
            self._database.commit()
        except OutputNotWritableError as error:
            if self._guard is None:
                raise
            self._was_troubled = self._was_troubled or error.reason
            self._trouble = f"nothing can be written to the disk ({error.reason}); new figures wait in memory"
        else:
            self._trouble = None

    def finish(self, summary: LessonSummary, *, complete: bool) -> Path:
        """Write the tables and the summary, and close the folder.

        Args:
            summary: Figures of the lesson; the writer's own warnings are added.
            complete: Whether the whole lesson is in it.

        Returns:
            The lesson folder.

        Raises:
            OutputNotWritableError: The disk is full or fails; the lesson stays recoverable.
        """
        from classroom_analyzer.storage import tables

        if self._guard is not None:
            self._guard.drop_reserve()  # it pays for what follows
        self._database.commit()
        self._warn_of_disk()
        whole = complete and not self._database.lost and not self._database.sync_failed
        status = LessonStatus.COMPLETE if whole else LessonStatus.INCOMPLETE
        tables.write_class_tables(self._database.connection, self.folder)
        if self._vault is not None and self._keeps_people:
            tables.write_seats(self._database.connection, self._vault, self.folder)
        new = tuple(w for w in self.warnings if w not in summary.warnings)
        write_summary(self.folder, dataclasses.replace(summary, warnings=(*summary.warnings, *new)))
        if self._database.sync_failed:  # no durable entry can be promised
            with self._database.batch() as connection:
                audit.append(connection, "lesson closed", {"status": str(status)})
            self._database.commit()
        else:
            self.audit("lesson closed", status=str(status))
        write_meta(self.folder, dataclasses.replace(self._meta, status=status))
        # From here on the lesson is complete; the spool has served. Where there is no room to rewrite the database it
        # stays: its rows are the very ones of the tables, seats sealed.
        with suppress(OutputNotWritableError):
            with self._database.durable() as connection:
                for table in ("spool_indicators", "spool_estimates", "spool_seats"):
                    connection.execute(f"DELETE FROM {table}")
            self._database.shrink()
        self._database.close()
        self._unlock()
        return self.folder

    def _warn_of_disk(self) -> None:
        if self._database.sync_failed:
            self.warn("the disk failed to keep what it had taken; copy this lesson to another disk and check it")
        if self._was_troubled:
            lost = self._database.lost
            kept = f"{lost} rows were lost" if lost else "what waited could be written later"
            self.warn(f"for a time nothing could be written to the disk ({self._was_troubled}); {kept}")
        elif self._guard is not None and self._guard.full:
            self.warn("the disk was full during the lesson; its figures were kept with the reserve")

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def discard(self) -> None:
        """Remove the folder and what was made for it; for a lesson whose input turned out to be unusable."""
        self._database.close()
        self._unlock()
        _remove(self.folder, self._made_above)

    def _add_seats(
        self, t_s: int, vault: Vault, seats: Sequence[SeatSecond], seat_estimates: Sequence[SeatEstimate]
    ) -> None:
        measured = {s.seat: s for s in seats}
        judged = {s.seat: s for s in seat_estimates}
        with self._database.batch() as connection:
            for seat in sorted(measured.keys() | judged.keys()):
                sealed = vault.seal(seat_scope(seat), "second", t_s, pack_seat(measured.get(seat), judged.get(seat)))
                connection.execute("INSERT INTO spool_seats VALUES (?, ?, ?)", (seat, t_s, sealed))
                if seat not in self._seats_known:
                    excluded = seat in measured and measured[seat].status == EstimateStatus.EXCLUDED
                    connection.execute("INSERT INTO seats VALUES (?, ?)", (seat, excluded))
                    self._seats_known.add(seat)


def _estimate_row(t_s: int, estimate: ClassEstimate) -> tuple[float | int | str | None, ...]:
    levels = estimate.level_probabilities or (None, None, None, None)
    return (
        t_s,
        _finite(estimate.engagement),
        _finite(estimate.low),
        _finite(estimate.high),
        *levels,
        estimate.coverage,
        *(_finite(w) for w in estimate.contribution),
        str(estimate.phase),
        str(estimate.status),
    )


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _new_folder(out_dir: Path, name: str) -> Path:
    for number in range(1, MAX_SAME_NAME):
        folder = out_dir / (f"{name}{LESSON_SUFFIX}" if number == 1 else f"{name}-{number}{LESSON_SUFFIX}")
        try:
            folder.mkdir(mode=FOLDER_MODE)
        except FileExistsError:
            continue
        return folder
    raise OutputNotWritableError(out_dir, f"it holds {MAX_SAME_NAME} lessons of the name {name}")


def _missing_above(out_dir: Path) -> tuple[Path, ...]:
    """Folders that will have to be made for ``out_dir``, innermost first."""
    return tuple(p for p in (out_dir, *out_dir.parents) if not p.exists())


def _remove(folder: Path | None, made_above: Iterable[Path]) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    for parent in made_above:
        try:
            parent.rmdir()
        except OSError:  # somebody else uses it by now
            return
