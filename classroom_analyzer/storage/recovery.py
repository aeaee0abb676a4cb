"""Makes a lesson readable whose program was killed: from the spool, read on a copy; running it twice changes nothing.

Chat, markers and seat rows stay where they are in lesson.db, which is not written to.
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import tempfile
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
from classroom_analyzer.errors import LessonDamagedError
from classroom_analyzer.storage.database import DATABASE_NAME, reading
from classroom_analyzer.storage.lesson_meta import LessonMeta, LessonStatus, read_meta, write_meta
from classroom_analyzer.storage.summary_json import write_summary

__all__ = ["RECOVERED_WARNING", "recover"]

RECOVERED_WARNING = "the program stopped before the lesson was closed: figures that need the whole lesson are missing"


def recover(path: Path) -> Path:
    """Make a lesson with status ``recording`` readable and mark it ``recovered``.

    Args:
        path: The lesson folder; nobody writes to it any more.

    Returns:
        The same folder; a lesson that was closed is left as it is.

    Raises:
        LessonDamagedError: Its database cannot be read.
        OutputNotWritableError: The disk is full; the lesson is as it was.
    """
    from classroom_analyzer.storage import tables

    meta = read_meta(path)
    if meta.status is not LessonStatus.RECORDING:
        return path
    with tempfile.TemporaryDirectory(prefix=".recovering-", dir=path) as scratch:
        copy = Path(scratch) / DATABASE_NAME
        for suffix in ("", "-wal"):  # what was committed last stands in the log
            source = path / f"{DATABASE_NAME}{suffix}"
            if source.is_file():
                shutil.copyfile(source, f"{copy}{suffix}")
        with reading(copy) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise LessonDamagedError(path, "its database is damaged; keep the folder, it may be repaired by hand")
            tables.write_class_tables(connection, path)
            write_summary(path, _summary(connection, path, meta))
    write_meta(path, dataclasses.replace(meta, status=LessonStatus.RECOVERED))
    return path


def _summary(connection: sqlite3.Connection, path: Path, meta: LessonMeta) -> LessonSummary:
    """What the spool alone can tell; the rest is None."""
    last_s = connection.execute(
        "SELECT max(coalesce((SELECT max(t_s) FROM spool_indicators), 0),"
        " coalesce((SELECT max(t_s) FROM spool_estimates), 0))"
    ).fetchone()[0]
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
        warnings=(RECOVERED_WARNING,),
    )


def _mean(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return fmean(known) if known else None
