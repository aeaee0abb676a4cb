"""What the teacher presses during a lesson: markers, notes, with me and lost; each is kept at once and can be told."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from classroom_analyzer.domain.labels import LABEL_SPAN_S, LabelKind
from classroom_analyzer.domain.live import LiveSession
from classroom_analyzer.gui.text import clock_text, visible_text

__all__ = ["LineSight", "Mark", "MarkKind", "Marks"]

LONGEST_NOTE = 500  # characters


class MarkKind(StrEnum):
    """What was pressed."""

    MARKER = "marker"
    OWN = "own"
    NOTE = "note"
    WITH_ME = "with_me"
    LOST = "lost"


_LABELS = {LabelKind.WITH_ME: MarkKind.WITH_ME, LabelKind.LOST: MarkKind.LOST}


@dataclass(frozen=True, slots=True)
class Mark:
    """One press.

    Attributes:
        t_s: Second of the lesson it belongs to.
        kind: What was pressed.
        letter: What stands beside its line: the key that makes it.
        text: Name of the own marker, or the note; untrusted.
    """

    t_s: int
    kind: MarkKind
    letter: str
    text: str = ""


class LineSight:
    """Remembers whether the class line could be seen in the 30 seconds that a label covers.

    A label that was pressed right after the line went out of sight is no blind one, so it is told as seen.

    Args:
        now: Monotonic seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._seen: float | None = None

    def note(self, *, visible: bool) -> None:
        """Say whether the line can be seen at this moment; a line that can be is noted several times a second."""
        if visible:
            self._seen = self._now()

    @property
    def within_label(self) -> bool:
        """Whether it could be seen within the last 30 seconds."""
        return self._seen is not None and self._now() - self._seen <= LABEL_SPAN_S


class Marks(QObject):
    """Hands presses to the lesson.

    Signals:
        marked: A ``Mark`` that is kept.
        undone: A ``Mark`` that was taken back.
        said: What to tell the teacher, and whether it can be undone.
    """

    marked = Signal(object)
    undone = Signal(object)
    said = Signal(str, bool)

    def __init__(
        self,
        session: LiveSession,
        *,
        line_seen: Callable[[], bool],
        own_names: Sequence[str] = (),
        parent: QObject | None = None,
    ) -> None:
        """Take the lesson.

        Args:
            session: Running lesson.
            line_seen: Whether the class line could be seen in the last 30 seconds.
            own_names: Names of the own markers 1 to 9; empty or missing ones go by their number.
            parent: Owner.
        """
        super().__init__(parent)
        self._session = session
        self._line_seen = line_seen
        self._own_names = tuple(own_names)
        self._in_force: list[Mark] = []  # oldest first

    @property
    def label_count(self) -> int:
        """Labels of this lesson that are in force."""
        return sum(_is_label(mark) for mark in self._in_force)

    def marker(self) -> None:
        """Keep a marker without a word."""
        t_s = self._session.add_marker("")
        self._tell(Mark(t_s, MarkKind.MARKER, "M"), self.tr("Marked at {time}").format(time=clock_text(t_s)))

    def own_marker(self, number: int) -> None:
        """Keep the own marker of the keys 1 to 9."""
        name = self.own_name(number)
        t_s = self._session.add_marker(name)
        said = self.tr("{name} at {time}").format(name=visible_text(name), time=clock_text(t_s))
        self._tell(Mark(t_s, MarkKind.OWN, str(number), name), said)

    def set_own_names(self, names: Sequence[str]) -> None:
        """Call the own markers by these names from now on."""
        self._own_names = tuple(names)

    def own_name(self, number: int) -> str:
        """Name of an own marker."""
        given = self._own_names[number - 1].strip() if 0 < number <= len(self._own_names) else ""
        return given or self.tr("Marker {number}").format(number=number)

    def note(self, text: str, asked_at_s: int) -> None:
        """Keep a note.

        Args:
            text: As typed; nothing is kept of an empty one.
            asked_at_s: Lesson second at which the teacher began it. Writing takes a while, and the note is about then.
        """
        text = text.strip()[:LONGEST_NOTE]
        if not text:
            return
        about = self.tr("{time}: {text}").format(time=clock_text(asked_at_s), text=text)
        self._session.add_marker(about)
        said = self.tr("Note kept for {time}").format(time=clock_text(asked_at_s))
        self._tell(Mark(asked_at_s, MarkKind.NOTE, "N", text), said)

    def dispute(self, text: str, at_s: int) -> None:
        """Keep what the teacher holds against the estimate of a second; the text names the second."""
        self._session.add_marker(text[:LONGEST_NOTE])
        said = self.tr("Your dispute is kept for {time}").format(time=clock_text(at_s))
        self._tell(Mark(at_s, MarkKind.NOTE, "N", text), said)

    def label(self, kind: LabelKind) -> None:
        """Keep that the class is with the teacher, or lost."""
        t_s = self._session.add_label(kind, estimate_visible=self._line_seen())
        with_me = kind is LabelKind.WITH_ME
        mark = Mark(t_s, _LABELS[kind], "W" if with_me else "L")
        said = self.tr("With me at {time}") if with_me else self.tr("Lost at {time}")
        self._tell(mark, said.format(time=clock_text(t_s)))

    def undo(self) -> None:
        """Take the newest press back, whichever kind it was."""
        if not self._in_force:
            self.said.emit(self.tr("There is nothing to undo."), False)
            return
        mark = self._in_force[-1]
        time_text = clock_text(mark.t_s)
        if not (self._session.undo_label() if _is_label(mark) else self._session.undo_marker()):
            self.said.emit(self.tr("The mark at {time} could not be taken back.").format(time=time_text), False)
            return
        self._in_force.pop()
        self.undone.emit(mark)
        self.said.emit(self.tr("Taken back: {time}").format(time=time_text), False)

    def _tell(self, mark: Mark, said: str) -> None:
        self._in_force.append(mark)
        self.marked.emit(mark)
        self.said.emit(said, True)


def _is_label(mark: Mark) -> bool:
    return mark.kind in _LABELS.values()
