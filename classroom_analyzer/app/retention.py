"""How long lessons are kept, what is deleted by itself, and what the privacy page lists and deletes.

Picture and sound: the days of the settings, 7 where a lesson was recorded all the same, never more than 30; sooner when
its lesson was checked. Rows about single people: 90 days. The whole lesson: a year. Days count from the lesson's start
to the latest date that this computer ever showed, so that a clock that is set back extends nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from classroom_analyzer.app.recovery import delete_lesson, lesson_folders
from classroom_analyzer.domain.stored import StoredLesson
from classroom_analyzer.errors import ClassroomAnalyzerError, LessonDamagedError
from classroom_analyzer.settings.schema import Settings, load_settings

__all__ = [
    "DailyPurge",
    "Purged",
    "StoredLessons",
    "media_checked",
    "purge",
    "purge_at_start",
    "purge_if_due",
    "remember_folder",
    "stored_lessons",
]

_LOG = logging.getLogger(__name__)

DEFAULT_MEDIA_DAYS = 7
MAX_MEDIA_DAYS = 30
ROW_DAYS = 90
LESSON_DAYS = 365
QUARANTINE = "quarantine"  # beside the lessons: those that recovery could not read


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge deleted.

    Attributes:
        media: Lessons whose picture and sound were deleted.
        rows: Lessons whose rows about single people were deleted.
        lessons: Lessons that were deleted whole.
        problems: What could not be deleted and why; it is tried again at the next purge.
    """

    media: int = 0
    rows: int = 0
    lessons: int = 0
    problems: tuple[str, ...] = ()


def purge_if_due(home: Path, *, today: date | None = None) -> Purged | None:
    """Purge at the start and then once a day; None when it was done on this day already.

    Raises:
        OutputNotWritableError: The log of this computer cannot be written.
    """
    from classroom_analyzer.storage.site_log import SiteLog

    site, day = SiteLog(home), today or _today()
    return purge(home, today=day) if site.purge_due(site.see(day)) else None


def purge(home: Path, *, today: date | None = None) -> Purged:
    """Delete whatever is beyond its time: all of it in the lessons folder, recordings wherever they were made.

    Elsewhere rows and whole lessons are left to whoever asked for them there.

    Lessons that are being recorded are left alone; a lesson that was cut off keeps nothing longer than another.

    Args:
        home: Folder of all state.
        today: By this computer's clock.

    Raises:
        OutputNotWritableError: The log of this computer cannot be written, so that nothing was deleted.
    """
    from classroom_analyzer.storage.site_log import SiteLog

    site = SiteLog(home)
    day = site.see(today or _today())
    settings = load_settings(home)
    counts = {"media": 0, "rows": 0, "lessons": 0}
    problems = []
    own, *others = _folders(home, settings, site.folders())
    for folder in (own, *others):
        for path in (*lesson_folders(folder), *lesson_folders(folder / QUARANTINE)):
            try:
                for kind in _purge_lesson(path, site.append, day, settings, media_only=folder is not own):
                    counts[kind] += 1
            except (ClassroomAnalyzerError, OSError) as error:
                problems.append(str(error))
    site.purged(day)
    return Purged(**counts, problems=tuple(problems))


def purge_at_start(home: Path) -> None:
    """Purge where it is due; what stands in its way goes to the log and never stops the program."""
    try:
        purged = purge_if_due(home)
    except ClassroomAnalyzerError as error:
        _LOG.warning("nothing could be deleted: %s", error)
        return
    for problem in purged.problems if purged is not None else ():
        _LOG.warning("not deleted: %s", problem)


class DailyPurge:
    """Purges at once and then once a day, in a thread of its own, for a program that stays open.

    Args:
        home: Folder of all state.
    """

    LOOK_S = 3600.0

    def __init__(self, home: Path) -> None:
        self._home = home
        self._ended = Event()
        self._thread = Thread(target=self._run, name="retention", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End; a purge that is under way goes on at the next start."""
        self._ended.set()
        self._thread.join(1.0)

    def _run(self) -> None:
        while True:
            purge_at_start(self._home)
            if self._ended.wait(self.LOOK_S):
                return


def media_checked(lesson: Path) -> int:
    """Delete picture and sound because the lesson was checked, where the settings keep them until then only.

    Returns:
        Bytes freed.

    Raises:
        OutputNotWritableError: The lesson cannot be written, or another program holds it.
        LessonDamagedError: The lesson cannot be read.
    """
    from classroom_analyzer.storage.retention import delete_media

    return delete_media(lesson, why="checked")


def remember_folder(home: Path, folder: Path) -> None:
    """Keep where a lesson is recorded, so that its recording ends there too.

    Raises:
        OutputNotWritableError: The log of this computer cannot be written.
    """
    from classroom_analyzer.storage.site_log import SiteLog

    SiteLog(home).remember(folder)


def stored_lessons(home: Path) -> tuple[StoredLesson, ...]:
    """List what is kept of past lessons, newest first."""
    from classroom_analyzer.storage.site_log import SiteLog

    settings = load_settings(home)
    found = [
        _stored(path, settings)
        for folder in _folders(home, settings, SiteLog(home).folders())
        for path in lesson_folders(folder)
    ]
    return tuple(sorted(found, key=lambda one: one.started.timestamp() if one.started else 0.0, reverse=True))


class StoredLessons:
    """Past lessons of the person at this machine, as the privacy page asks for them.

    Args:
        home: Folder of all state.
    """

    def __init__(self, home: Path) -> None:
        self._home = home

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return _lessons_folder(self._home, load_settings(self._home))

    def lessons(self) -> tuple[StoredLesson, ...]:
        """List them, newest first."""
        return stored_lessons(self._home)

    def delete(self, lesson: Path) -> None:
        """Destroy the keys of a lesson, then its files."""
        from classroom_analyzer.storage.site_log import SiteLog

        _delete_lesson(lesson, SiteLog(self._home).append, "asked by the user")


def _purge_lesson(
    path: Path, receipt: Callable[..., None], day: date, settings: Settings, *, media_only: bool
) -> Iterator[str]:
    from classroom_analyzer.storage.lesson_lock import is_being_written
    from classroom_analyzer.storage.retention import delete_media, delete_rows, has_media, has_rows

    if is_being_written(path):
        return
    lesson, began = _identity(path)
    if day > began + timedelta(LESSON_DAYS) and not media_only:
        _delete_lesson(path, receipt, "a year has passed")
        yield "lessons"
        return
    if has_media(path) and day > began + timedelta(_media_days(settings)):
        freed = delete_media(path, why="its days have passed")
        receipt("media deleted", lesson=lesson, bytes=freed)
        yield "media"
    if day > began + timedelta(ROW_DAYS) and not media_only and has_rows(path):
        keys = delete_rows(path, why="90 days have passed")
        receipt("rows deleted", lesson=lesson, keys=keys)
        yield "rows"


def _delete_lesson(path: Path, receipt: Callable[..., None], why: str) -> None:
    lesson, _ = _identity(path)
    delete_lesson(path)
    receipt("lesson deleted", lesson=lesson, why=why)


def _identity(path: Path) -> tuple[str, date]:
    """Id and first day of a lesson; where it cannot be read, the day on which its folder was last changed."""
    from classroom_analyzer.storage.lesson_meta import read_meta

    try:
        meta = read_meta(path)
    except LessonDamagedError:
        return "unreadable", datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return meta.id, meta.started_wall.astimezone(UTC).date()


def _stored(path: Path, settings: Settings) -> StoredLesson:
    from classroom_analyzer.storage.lesson_meta import read_meta
    from classroom_analyzer.storage.media_records import MEDIA_NAME
    from classroom_analyzer.storage.retention import has_rows

    media_bytes = _size(path / MEDIA_NAME)
    try:
        meta, rows = read_meta(path), has_rows(path)
    except LessonDamagedError:
        return StoredLesson(path, path.stem, None, _size(path), media_bytes)
    began = meta.started_wall.astimezone(UTC).date()
    return StoredLesson(
        path,
        meta.title,
        meta.started_wall.astimezone(),
        _size(path),
        media_bytes,
        rows,
        began + timedelta(_media_days(settings)) if media_bytes else None,
        began + timedelta(ROW_DAYS),
        began + timedelta(LESSON_DAYS),
    )


def _media_days(settings: Settings) -> int:
    return min(settings.keep_media_days or DEFAULT_MEDIA_DAYS, MAX_MEDIA_DAYS)


def _lessons_folder(home: Path, settings: Settings) -> Path:
    return settings.lessons_folder or home / "lessons"


def _folders(home: Path, settings: Settings, remembered: tuple[Path, ...]) -> tuple[Path, ...]:
    own = _lessons_folder(home, settings).resolve()
    return (own, *(folder for folder in remembered if folder != own))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def _today() -> date:
    return datetime.now(UTC).date()
