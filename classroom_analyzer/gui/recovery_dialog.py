"""Lessons that were cut off: each can be recovered, put off or deleted; it is offered once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from classroom_analyzer.domain.recovery import UnfinishedLesson
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.cards import label, rule
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.job_progress import JobProgress, ProgressPanel
from classroom_analyzer.gui.lessons import Recovery
from classroom_analyzer.gui.text import clock_text, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["RecoveryDialog"]

_SIZE = QSize(680, 480)


class _Row(QFrame):
    """One lesson. Deleting takes two presses.

    Attributes:
        recover_button: Makes it readable.
        later_button: Puts it off.
        delete_button: Asks whether it is to be erased.
        sure_button: Erases it.
        keep_button: Does not.
        said: What became of it.
    """

    def __init__(self, lesson: UnfinishedLesson) -> None:
        super().__init__()
        self.setObjectName("choice")
        self.lesson = lesson
        name = visible_text(lesson.title)
        self.setAccessibleName(name)
        self.recover_button = _button(self.tr("Recover"), self.tr("Recover {name}").format(name=name))
        self.recover_button.setProperty("primary", True)
        self.later_button = _button(self.tr("Later"), self.tr("Later: {name}").format(name=name))
        self.delete_button = _button(self.tr("Delete…"), self.tr("Delete {name}").format(name=name))
        self.sure_button = _button(self.tr("Delete for good"), self.tr("Delete {name} for good").format(name=name))
        self.keep_button = _button(self.tr("Do not delete"), self.tr("Do not delete {name}").format(name=name))
        self.said = label("", Role.BODY, wrap=True)
        buttons = FlowLayout(spacing_px=SPACE_PX)
        for button in self._buttons():
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, SPACE_PX)
        column.setSpacing(SPACE_PX // 2)
        column.addWidget(label(name, Role.HEADING, wrap=True))
        column.addWidget(label(self._about(), Role.CAPTION, wrap=True))
        column.addWidget(self.said)
        column.addLayout(buttons)
        self.ask_delete(asked=False)
        self.delete_button.clicked.connect(lambda: self.ask_delete(asked=True))
        self.keep_button.clicked.connect(lambda: self.ask_delete(asked=False))

    def ask_delete(self, *, asked: bool) -> None:
        """Show the second question, or the first buttons."""
        for button in (self.recover_button, self.later_button, self.delete_button):
            button.setVisible(not asked)
        for button in (self.sure_button, self.keep_button):
            button.setVisible(asked)
        self.said.setText(self.tr("It cannot be brought back after that.") if asked else "")
        self.said.setVisible(asked)
        if self.isVisible():
            (self.keep_button if asked else self.delete_button).setFocus()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be pressed while a lesson is worked on."""
        for button in self._buttons():
            button.setEnabled(not busy)

    def show_done(self, text: str) -> None:
        """Say what became of it; nothing more can be done with it."""
        for button in self._buttons():
            button.hide()
        self.show_said(text)

    def show_said(self, text: str) -> None:
        """Say something about it."""
        self.said.setText(text)
        self.said.show()

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.recover_button, self.later_button, self.delete_button, self.keep_button, self.sure_button)

    def _about(self) -> str:
        lesson = self.lesson
        parts = []
        if lesson.started is not None:
            when = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(int(lesson.started.timestamp())), QLocale.FormatType.ShortFormat
            )
            parts.append(self.tr("Begun {when}.").format(when=when))
        if lesson.length_s is not None:
            parts.append(self.tr("{length} of it are there.").format(length=clock_text(lesson.length_s)))
        parts.append(visible_text(lesson.why))
        return " ".join(part for part in parts if part)


class RecoveryDialog(QDialog):
    """All lessons that were cut off, worked on one at a time beside the window.

    Args:
        recovery: Brings them back.
        lessons: Those that are offered.
        parent: The window.

    Attributes:
        rows: One per lesson, by its folder.
        panel: How far a recovery is.
        close_button: Leaves; what was not decided is offered again.

    Signals:
        decided: Something became of a lesson.
    """

    decided = Signal()

    def __init__(
        self, recovery: Recovery, lessons: tuple[UnfinishedLesson, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._recovery = recovery
        self._background = Background(self)
        self._job: JobProgress | None = None
        self.setWindowTitle(self.tr("Lessons that were cut off"))
        self.setModal(True)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self.rows = {lesson.path: _Row(lesson) for lesson in lessons}
        self.panel = ProgressPanel()
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE_PX, 2 * SPACE_PX, 3 * SPACE_PX, 2 * SPACE_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(label(self.tr("Lessons that were cut off"), Role.TITLE, wrap=True))
        column.addWidget(
            label(
                self.tr(
                    "The program or the computer stopped before they were closed. Recovering works on a copy; what was "
                    "measured until then is saved."
                ),
                Role.MUTED,
                wrap=True,
            )
        )
        column.addWidget(self._make_list(), 1)
        column.addWidget(rule())
        column.addWidget(self.panel)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.recover_button.setFocus()

    def done(self, result: int) -> None:  # noqa: D102
        if self._job is not None:
            self._job.token.cancel()
        self.panel.clear()
        self._background.abandon()
        super().done(result)

    def _make_list(self) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE_PX, 0)
        column.setSpacing(SPACE_PX)
        for path, row in self.rows.items():
            column.addWidget(row)
            row.recover_button.clicked.connect(lambda _=False, path=path: self._recover(path))
            row.later_button.clicked.connect(lambda _=False, path=path: self._put_off(path))
            row.sure_button.clicked.connect(lambda _=False, path=path: self._delete(path))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def _recover(self, path: Path) -> None:
        job = JobProgress()
        if self._run(path, self.tr("Recovering…"), lambda: self._recovery.recover(path, job, job.token)):
            self._job = job
            self.panel.follow(job)

    def _put_off(self, path: Path) -> None:
        text = self.tr("It stays as it is and is not offered again by itself.")
        self._run(path, "", lambda: self._recovery.later(path), text)

    def _delete(self, path: Path) -> None:
        self._run(path, self.tr("Deleting…"), lambda: self._recovery.delete(path), self.tr("Deleted."))

    def _run(self, path: Path, busy_text: str, job: Callable[[], str | None], text: str = "") -> bool:
        """Do one thing with one lesson; say ``text``, or what the job returns, when it is done."""
        started = self._background.run(
            job,
            lambda told: self._end(path, visible_text(told) if told else text, done=True),
            lambda error: self._failed(path, error),
        )
        if started:
            for row in self.rows.values():
                row.set_busy(True)
            self.rows[path].show_said(busy_text)
        return started

    def _failed(self, path: Path, error: ClassroomAnalyzerError) -> None:
        self._end(path, visible_text(str(error)), done=False)

    def _end(self, path: Path, text: str, *, done: bool) -> None:
        self._job = None
        self.panel.clear()
        for row in self.rows.values():
            row.set_busy(False)
        row = self.rows[path]
        if done:
            row.show_done(text)
            self.decided.emit()
        else:
            row.ask_delete(asked=False)
            row.show_said(text)
        left = next((each for each in self.rows.values() if each.recover_button.isVisible()), None)
        (left.recover_button if left is not None else self.close_button).setFocus()


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    return button
