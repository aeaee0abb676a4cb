"""Keeps what the teacher presses during a lesson and takes the newest back, in the order of the presses."""

from __future__ import annotations

from collections.abc import Callable

from classroom_analyzer.domain.labels import Label
from classroom_analyzer.errors import ClassroomAnalyzerError, UsageError
from classroom_analyzer.storage.lesson_writer import LessonWriter

__all__ = ["Presses"]


class Presses:
    """Markers and labels of one lesson; used by the thread that writes it.

    A press that the disk refused is remembered: who takes it back must not lose the one before it.

    Args:
        writer: The lesson's.
    """

    def __init__(self, writer: LessonWriter) -> None:
        self._writer = writer
        self._markers_kept: list[bool] = []  # oldest first
        self._labels_kept: list[bool] = []

    def add_marker(self, t_s: int, note: str) -> None:
        """Keep a marker.

        Raises:
            OutputNotWritableError: The disk is full or fails.
        """
        _keep(self._markers_kept, lambda: self._writer.add_marker(t_s, note))

    def add_label(self, label: Label) -> None:
        """Keep a label.

        Raises:
            UsageError: It is about a seat that was not seen, or the policy keeps no seats.
            OutputNotWritableError: The disk is full or fails.
        """
        _keep(self._labels_kept, lambda: self._writer.add_label(label))

    def undo_marker(self) -> bool:
        """Take the newest marker back; False when there is none.

        Raises:
            OutputNotWritableError: The disk is full or fails; the marker stays in force.
        """
        return _undo(self._markers_kept, self._writer.undo_last_marker)

    def undo_label(self) -> bool:
        """Take the newest label back; False when there is none.

        Raises:
            OutputNotWritableError: The disk is full or fails; the label stays in force.
        """
        return _undo(self._labels_kept, self._writer.undo_last_label)


def _keep(kept: list[bool], keep: Callable[[], object]) -> None:
    try:
        keep()
    except ClassroomAnalyzerError:
        kept.append(False)
        raise
    kept.append(True)


def _undo(kept: list[bool], undo: Callable[[], object]) -> bool:
    if kept and not kept[-1]:
        kept.pop()  # nothing of it is on the disk
        return True
    try:
        undo()
    except UsageError:
        return False
    del kept[-1:]
    return True
