"""Makes a lesson readable whose program was killed: from the spool, read on a copy; running it twice changes nothing.

Chat, markers and seat rows stay where they are in lesson.db, which is not written to. Only when it is damaged is it
replaced by a fresh one with all rows that can be read, and then the damaged one is kept in ``before-recovery``.

The order of steps is that of what may be interrupted: the count of tries is on the disk before anything is read; the
damaged database is in ``before-recovery`` before anything takes its place; the status changes last.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from classroom_analyzer.domain.estimates import Coverage
from classroom_analyzer.domain.summary import (
    ChatFigures,
    EngagementFigures,
    LessonSummary,
    Performance,
    SeatFigures,
    TalkFigures,
)
from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage.database import DATABASE_NAME, reading
from classroom_analyzer.storage.disk_guard import RESERVE_NAME
from classroom_analyzer.storage.folder_names import folder_name
from classroom_analyzer.storage.lesson_lock import LessonLock, is_being_written
from classroom_analyzer.storage.lesson_meta import META_NAME, LessonMeta, LessonStatus, read_meta, write_meta
from classroom_analyzer.storage.media_records import close_segment, list_segments
from classroom_analyzer.storage.safe_files import FOLDER_MODE, WRITING_SUFFIX, sync_folder, write_text
from classroom_analyzer.storage.salvage import is_sound, salvage
from classroom_analyzer.storage.summary_json import write_summary

__all__ = [
    "BEFORE_NAME",
    "QUARANTINE_NAME",
    "RECOVERED_WARNING",
    "Attempts",
    "committed_s",
    "is_unfinished",
    "put_off",
    "quarantine",
    "read_attempts",
    "recover",
]

RECOVERED_WARNING = "the program stopped before the lesson was closed: figures that need the whole lesson are missing"
SALVAGED_WARNING = "the lesson's database was damaged: what could be read was kept, and rows may be missing in {tables}"
MEDIA_WARNING = "{count} segments of the recording could not be read and were left as they are"
BEFORE_NAME = "before-recovery"
QUARANTINE_NAME = "quarantine"
ATTEMPTS_NAME = ".recovery.json"
_SCRATCH = ".recovering"
_DATABASE_FILES = (DATABASE_NAME, f"{DATABASE_NAME}-wal")


@dataclass(frozen=True, slots=True)
class Attempts:
    """What is known of earlier tries to recover a lesson.

    Attributes:
        begun: Tries that were begun and never came to an end: their program was killed or crashed.
        put_off: Whether the user chose ``Later``.
    """

    begun: int = 0
    put_off: bool = False

    @property
    def skip(self) -> bool:
        """Whether it is not offered again by itself."""
        return self.begun > 0 or self.put_off


def is_unfinished(path: Path) -> bool:
    """Whether a folder is a lesson that was cut off and that nobody writes to."""
    if not (path / META_NAME).exists() and not (path / DATABASE_NAME).exists():
        return False
    try:
        recording = read_meta(path).status is LessonStatus.RECORDING
    except LessonDamagedError:
        # lesson.json is only ever replaced as a whole, so this is damage from outside; closed lessons have a summary.
        recording = not (path / "summary.json").exists()
    return recording and not is_being_written(path)


def read_attempts(path: Path) -> Attempts:
    """Return what is known of earlier tries."""
    try:
        document = json.loads((path / ATTEMPTS_NAME).read_text(encoding="utf-8"))
        return Attempts(int(document["begun"]), bool(document["put_off"]))
    except FileNotFoundError:
        return Attempts()
    except (OSError, ValueError, KeyError, TypeError):
        return Attempts(begun=1)  # cut off while it was written: a try that did not end


def committed_s(path: Path) -> float | None:
    """How many seconds of a cut-off lesson are in its database, which is not written to; None when untold."""
    uri = f"{(path / DATABASE_NAME).resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return float(_last_s(connection))
    except (sqlite3.Error, TypeError, ValueError):
        return None


def put_off(path: Path) -> None:
    """Keep that the user wants to decide later.

    Raises:
        OutputNotWritableError: The lesson cannot be written.
    """
    _write_attempts(path, dataclasses.replace(read_attempts(path), put_off=True))


def recover(path: Path) -> Path:
    """Make a lesson with status ``recording`` readable and mark it ``recovered``.

    Args:
        path: The lesson folder; nobody writes to it any more.

    Returns:
        The same folder; a lesson that was closed is left as it is.

    Raises:
        LessonDamagedError: Nothing in it can be read, or another program is writing to it; it is as it was.
        OutputNotWritableError: The disk is full; the lesson is as it was.
    """
    meta = read_meta(path)
    if meta.status is not LessonStatus.RECORDING:
        (path / ATTEMPTS_NAME).unlink(missing_ok=True)  # of a try that was killed in its very last step
        return path
    try:
        lock = LessonLock(path)
    except BlockingIOError as error:
        raise LessonDamagedError(path, "it is still being recorded; stop that lesson first") from error
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error
    try:
        attempts = read_attempts(path)
        _write_attempts(path, dataclasses.replace(attempts, begun=attempts.begun + 1))
        try:
            _recover(path, meta)
        except OSError as error:  # OutputNotWritableError is one; the try came to an end
            _write_attempts(path, attempts)
            raise error if isinstance(error, OutputNotWritableError) else _not_writable(path, error) from error
        except LessonDamagedError:
            _write_attempts(path, attempts)
            raise
        (path / ATTEMPTS_NAME).unlink(missing_ok=True)
    finally:
        lock.release()
    return path


def quarantine(path: Path) -> Path:
    """Move a lesson in which nothing can be read out of the way, into ``quarantine`` beside it; nothing is deleted.

    Returns:
        Where it is now.

    Raises:
        OutputNotWritableError: It cannot be moved.
    """
    folder = path.parent / QUARANTINE_NAME
    try:
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        name, number = folder_name(path.stem), 1
        while (target := folder / f"{name}{'' if number == 1 else f'-{number}'}{path.suffix}").exists():
            number += 1
        os.replace(path, target)
        sync_folder(folder)
        sync_folder(path.parent)
    except OSError as error:
        raise _not_writable(path, error) from error
    return target


def _recover(path: Path, meta: LessonMeta) -> None:
    from classroom_analyzer.storage import tables

    scratch = path / _SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)  # of a try that was killed
    scratch.mkdir(mode=FOLDER_MODE)
    warnings = [RECOVERED_WARNING]
    try:
        copy = scratch / DATABASE_NAME
        _copy_database(path / BEFORE_NAME if (path / BEFORE_NAME).is_dir() else path, scratch)
        if not is_sound(copy):
            _copy_database(path / BEFORE_NAME if (path / BEFORE_NAME).is_dir() else path, scratch)
            fresh = scratch / "fresh.db"
            salvaged = salvage(copy, fresh)
            warnings.append(SALVAGED_WARNING.format(tables=", ".join(salvaged.incomplete) or "none of its tables"))
            _take_place(path, fresh)
            copy = path / DATABASE_NAME
        with reading(copy) as connection:
            tables.write_class_tables(connection, path)
            unreadable = _close_media(path)
            if unreadable:
                warnings.append(MEDIA_WARNING.format(count=unreadable))
            write_summary(path, _summary(connection, path, meta, tuple(warnings)))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    (path / RESERVE_NAME).unlink(missing_ok=True)
    write_meta(path, dataclasses.replace(meta, status=LessonStatus.RECOVERED))


def _copy_database(source: Path, target: Path) -> None:
    """Copy database and log: what was committed last stands in the log."""
    for leftover in target.glob(f"{DATABASE_NAME}*"):
        leftover.unlink()
    for name in _DATABASE_FILES:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)


def _take_place(path: Path, fresh: Path) -> None:
    """Put a fresh database in the place of a damaged one, which is kept.

    ``before-recovery`` is there only when it is complete; from then on it is what a further try starts from.
    """
    kept = path / BEFORE_NAME
    if not kept.is_dir():
        making = path / f"{BEFORE_NAME}{WRITING_SUFFIX}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=FOLDER_MODE)
        _copy_database(path, making)
        for copied in making.iterdir():
            _sync_file(copied)
        os.replace(making, kept)
        sync_folder(path)
    _sync_file(fresh)
    for name in (f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"):  # never replayed into the fresh one
        (path / name).unlink(missing_ok=True)
    os.replace(fresh, path / DATABASE_NAME)
    sync_folder(path)


def _close_media(path: Path) -> int:
    """Close the segments of the recording; return how many could not be."""
    unreadable = 0
    for segment in list_segments(path):
        try:
            close_segment(segment)
        except LessonDamagedError:
            unreadable += 1
    return unreadable


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write_attempts(path: Path, attempts: Attempts) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    write_text(path / ATTEMPTS_NAME, json.dumps({**dataclasses.asdict(attempts), "at_wall": now}) + "\n")


def _not_writable(path: Path, error: OSError) -> OutputNotWritableError:
    return OutputNotWritableError(path, error.strerror or str(error))


def _summary(connection: sqlite3.Connection, path: Path, meta: LessonMeta, warnings: tuple[str, ...]) -> LessonSummary:
    """What the spool alone can tell; the rest is None."""
    last_s = _last_s(connection)
    messages, participants = connection.execute("SELECT count(*), count(DISTINCT participant) FROM chat").fetchone()
    rows = connection.execute("SELECT engagement, p0, p1, p2, p3, w_vision, w_audio, w_text FROM spool_estimates")
    estimates = rows.fetchall() if meta.grant.policy.allows_estimate else []
    made = [row for row in estimates if row[0] is not None]
    low = sum(max(row[1:3]) >= max(row[3:5]) for row in made)  # the likeliest level is 0 or 1
    weights = [_mean([row[5 + k] for row in made]) for k in range(3)]
    return LessonSummary(
        lesson=str(path.resolve()),
        duration_s=float(last_s),
        policy=meta.grant.policy,
        coverage=Coverage(None, None, None),
        seats=SeatFigures(None, None, None, ()),
        engagement=EngagementFigures(
            mean=_mean([row[0] for row in made]),
            low_share=low / len(made) if made else None,
            interval=None,
            windows=len(estimates),
            abstained=len(estimates) - len(made),
        )
        if meta.grant.policy.allows_estimate
        else None,
        phases=(),
        talk=TalkFigures(None, None, None, None, None, None),
        chat=ChatFigures(messages or None, participants or None, None, None),
        contribution=(weights[0], weights[1], weights[2]) if meta.grant.policy.allows_estimate else None,
        performance=Performance(None, None, meta.device),
        models=meta.models,
        warnings=warnings,
    )


def _last_s(connection: sqlite3.Connection) -> int:
    seconds = connection.execute(
        "SELECT max(coalesce((SELECT max(t_s) FROM spool_indicators), 0),"
        " coalesce((SELECT max(t_s) FROM spool_estimates), 0))"
    ).fetchone()[0]
    return int(seconds)


def _mean(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return fmean(known) if known else None
