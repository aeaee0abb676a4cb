"""Below the chat: a line to type, a button that pastes, and a sentence that says what became of the lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.domain.chat import ChatTaken
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.text import escaped_tooltip
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role

__all__ = ["ChatEntry"]

LONGEST_LINE = 4096  # characters


class _Line(QLineEdit):
    """A single line; several lines on the clipboard are chat, not text to edit."""

    lines_pasted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and len(QGuiApplication.clipboard().text().splitlines()) > 1:
            self.lines_pasted.emit()
            return
        super().keyPressEvent(event)


class ChatEntry(QWidget):
    """Shown while a lesson takes lines by hand.

    Signals:
        typed: A line, not empty.
        paste_pressed: What is on the clipboard is to be taken.
    """

    typed = Signal(str)
    paste_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Line()
        self.line.setMaxLength(LONGEST_LINE)
        self.line.setMinimumHeight(TARGET_PX)
        self.line.setPlaceholderText(self.tr("Type a line, then Enter"))
        self.line.setAccessibleName(self.tr("Your own chat line"))
        escaped_tooltip(self.line, self.tr("Your own line, kept as the teacher's (Enter)"))
        self.line.returnPressed.connect(self._typed)
        self.line.lines_pasted.connect(self.paste_pressed)
        self.paste = QPushButton(self.tr("Paste"))
        self.paste.setAccessibleName(self.tr("Paste chat lines"))
        escaped_tooltip(
            self.paste, self.tr("Take chat lines from the clipboard; lines already here count once (Ctrl+V)")
        )
        self.paste.clicked.connect(self.paste_pressed)
        self._result = label("", Role.CAPTION, wrap=True)
        self._result.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE_PX)
        row.addWidget(self.line, 1)
        row.addWidget(self.paste)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX // 2)
        column.addLayout(row)
        column.addWidget(self._result)

    def show_taken(self, taken: ChatTaken) -> str:
        """Say what became of the lines; return the sentence."""
        parts = [self.tr("Lines taken: {n}").format(n=taken.taken)]
        if taken.merged:
            parts.append(self.tr("already here: {n}").format(n=taken.merged))
        if taken.private:
            parts.append(self.tr("private and left out: {n}").format(n=taken.private))
        if taken.unreadable:
            parts.append(self.tr("not readable: {n}").format(n=taken.unreadable))
        text = ", ".join(parts)
        self._result.setText(text)
        self._result.setAccessibleName(text)
        self._result.show()
        return text

    def result(self) -> str:
        """The sentence shown last."""
        return self._result.text()

    def _typed(self) -> None:
        text = self.line.text()
        if text.strip():
            self.typed.emit(text)
            self.line.clear()
