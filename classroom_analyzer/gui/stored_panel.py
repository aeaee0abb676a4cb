"""What is kept of past lessons: where, until when, and a way to delete each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.stored import StoredLesson
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.text import plain, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["Stored", "StoredPanel"]

_PATH = Qt.ItemDataRole.UserRole


class Stored(Protocol):
    """Past lessons. Methods may take seconds and raise ``ClassroomAnalyzerError`` with one sentence for people."""

    @property
    def folder(self) -> Path:
        """Where they are kept; quick."""
        ...

    def lessons(self) -> tuple[StoredLesson, ...]:
        """List them, newest first."""
        ...

    def delete(self, lesson: Path) -> None:
        """Destroy the keys of a lesson, then its files."""
        ...


class StoredPanel(QWidget):
    """Lists past lessons.

    Args:
        stored: Past lessons.
        background: Runs what takes long.

    Attributes:
        list: One row per lesson: name, what is kept, until when.
        delete_button: Deletes the chosen lesson, after a question.
    """

    def __init__(self, stored: Stored, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = stored
        self._background = background
        self._where = label("", Role.BODY, wrap=True)
        self._said = label("", Role.MUTED, wrap=True)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("Lesson"), self.tr("What is kept"), self.tr("Until")])
        self.list.setAccessibleName(self.tr("What is kept of past lessons"))
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(240)
        for column in range(3):
            self.list.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.delete_button = QPushButton(self.tr("Delete this lesson…"))
        self.delete_button.setAccessibleName(self.tr("Delete this lesson"))
        self.delete_button.setEnabled(False)
        self.delete_button.clicked.connect(self._ask)
        self.list.currentItemChanged.connect(lambda now, _before: self.delete_button.setEnabled(now is not None))
        open_button = QPushButton(self.tr("Show folder"))
        open_button.setAccessibleName(self.tr("Show folder"))
        open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._stored.folder))))
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        buttons.addWidget(self.delete_button)
        buttons.addWidget(open_button)
        buttons.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(SPACE_PX)
        column_.addWidget(label(self.tr("What is stored"), Role.HEADING))
        column_.addWidget(self._where)
        column_.addWidget(self.list)
        column_.addWidget(self._said)
        column_.addLayout(buttons)

    def refresh(self) -> None:
        """List what is there now."""
        where = visible_text(str(self._stored.folder))
        self._where.setText(
            self.tr("Everything is on this computer, in {folder}. Nothing is sent anywhere.").format(folder=where)
        )
        self._background.run(self._stored.lessons, self._show, self._failed)

    def _show(self, lessons: tuple[StoredLesson, ...]) -> None:
        self.list.clear()
        for lesson in lessons:
            name = visible_text(lesson.title)
            if lesson.started is not None:
                began = QDateTime(_date(lesson.started), QTime(lesson.started.hour, lesson.started.minute))
                when = QLocale().toString(began, QLocale.FormatType.ShortFormat)
                name = self.tr("{title}, {date}").format(title=name, date=when)
            item = QTreeWidgetItem([name, self._kept(lesson), self._until(lesson)])
            item.setData(0, _PATH, lesson.path)
            self.list.addTopLevelItem(item)
        self._said.setText(self.tr("%n lesson(s) kept.", "", len(lessons)))

    def _kept(self, lesson: StoredLesson) -> str:
        size = QLocale().formattedDataSize(lesson.total_bytes)
        if lesson.media_bytes and lesson.has_seats:
            what = self.tr("recording, rows of seats and totals, {size}")
        elif lesson.media_bytes:
            what = self.tr("recording and totals, {size}")
        elif lesson.has_seats:
            what = self.tr("rows of seats and totals, {size}")
        else:
            what = self.tr("rows of the class and totals, {size}")
        return what.format(size=size)

    def _until(self, lesson: StoredLesson) -> str:
        days = []
        if lesson.media_until is not None:
            days.append(self.tr("recording {date}").format(date=_day(lesson.media_until)))
        if lesson.rows_until is not None:
            days.append(self.tr("rows {date}").format(date=_day(lesson.rows_until)))
        if lesson.totals_until is not None:
            days.append(self.tr("totals {date}").format(date=_day(lesson.totals_until)))
        return self.tr("; ").join(days) if days else self.tr("until you delete it")

    def _ask(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        path = Path(item.data(0, _PATH))
        title, question = self.tr("Delete"), self.tr("Delete this lesson for ever?")
        box = plain(QMessageBox(QMessageBox.Icon.Question, title, question, parent=self))
        box.setInformativeText(
            self.tr("{lesson}\nIts keys are destroyed first, so that no copy of it can be read either.").format(
                lesson=item.text(0)
            )
        )
        accept = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        accept.clicked.connect(lambda: self._delete(path))
        box.open()

    def _delete(self, path: Path) -> None:
        if not self._background.run(lambda: self._stored.delete(path), lambda _: self.refresh(), self._failed):
            self._said.setText(self.tr("Still at work; try again in a moment."))

    def _failed(self, error: ClassroomAnalyzerError) -> None:
        self._said.setText(visible_text(str(error)))


def _day(day: date) -> str:
    return QLocale().toString(_date(day), QLocale.FormatType.ShortFormat)


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
