"""Add, list and undo marks of a lesson; the window's keys and the command line use the same functions."""

from __future__ import annotations

import re
from pathlib import Path

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.errors import UsageError

__all__ = ["add_label", "list_labels", "make_label", "parse_time", "undo_label"]

_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})", re.ASCII)


def parse_time(text: str) -> int:
    """Return the seconds of ``HH:MM:SS``, ``MM:SS`` or plain seconds.

    Raises:
        UsageError: It is none of them.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"{text!r} is no time in a lesson; give it as HH:MM:SS, for example 00:12:30")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def make_label(
    at_s: int,
    *,
    with_me: bool = False,
    lost: bool = False,
    level: int | None = None,
    estimate_visible: bool,
    source: LabelSource,
    seat: int | None = None,
) -> Label:
    """Return the mark that a key or an option stands for.

    Raises:
        UsageError: Not exactly one of ``with_me``, ``lost`` and ``level`` was said, or it makes no sense.
    """
    if (with_me, lost, level is not None).count(True) != 1:
        raise UsageError("say one thing: --with-me, --lost or --level 0 to 3")
    if level is not None:
        return Label(at_s, LabelKind.LEVEL, level, estimate_visible, source, seat)
    kind = LabelKind.WITH_ME if with_me else LabelKind.LOST
    return Label(at_s, kind, int(with_me), estimate_visible, source, seat)


def add_label(lesson: Path, label: Label) -> int:
    """Add a mark to a closed lesson; it is on the disk when this returns its number.

    Raises:
        UsageError: It is about nothing in the lesson.
        LessonDamagedError: The lesson is not closed or cannot be read.
        OutputNotWritableError: The lesson cannot be written.
    """
    from classroom_analyzer.storage.labels import add_label as add

    return add(lesson, label)


def undo_label(lesson: Path) -> Label:
    """Put the newest mark out of force and return it.

    Raises:
        UsageError: There is none.
        LessonDamagedError: The lesson is not closed or cannot be read.
        OutputNotWritableError: The lesson cannot be written.
    """
    from classroom_analyzer.storage.labels import undo_last_label

    return undo_last_label(lesson)


def list_labels(lesson: Path) -> tuple[Label, ...]:
    """Return the marks in force, in the order in which they were given.

    Raises:
        LessonDamagedError: The lesson cannot be read.
    """
    from classroom_analyzer.storage.labels import read_labels
    from classroom_analyzer.storage.lesson_meta import read_meta

    read_meta(lesson)
    return read_labels(lesson)
