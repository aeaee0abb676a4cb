"""A line to write a note into while the lesson goes on; it belongs to the moment at which it was begun."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.marks import LONGEST_NOTE
from classroom_analyzer.gui.text import clock_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role

__all__ = ["NoteLine"]


class NoteLine(QFrame):
    """Hidden until a note is begun; Enter keeps it, Escape drops it.

    Signals:
        written: Text of a note, and the second at which it was begun.
        closed: It is out of the way again.
    """

    written = Signal(str, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._t_s = 0
        self._caption = label("", Role.HEADING)
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST_NOTE)
        self.line.setMinimumHeight(TARGET_PX)
        self.line.returnPressed.connect(self._keep)
        self.keep_button = QPushButton(self.tr("Keep"))
        self.keep_button.setAccessibleName(self.tr("Keep the note"))
        self.keep_button.clicked.connect(self._keep)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Drop the note"))
        self.cancel_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE_PX, SPACE_PX // 2, SPACE_PX, SPACE_PX // 2)
        row.setSpacing(SPACE_PX)
        row.addWidget(self._caption)
        row.addWidget(self.line, 1)
        row.addWidget(self.keep_button)
        row.addWidget(self.cancel_button)
        self.hide()

    def begin(self, t_s: int) -> None:
        """Take a note for this second; one that is being written goes on."""
        if not self.isHidden():
            self.line.setFocus()
            return
        self._t_s = t_s
        self._caption.setText(self.tr("Note for {time}").format(time=clock_text(t_s)))
        self.line.setAccessibleName(self._caption.text())
        self.line.clear()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        text = self.line.text().strip()
        if text:
            self.written.emit(text, self._t_s)
        self._close()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
