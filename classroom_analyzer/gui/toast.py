"""A short message over the page that goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from classroom_analyzer.gui.text import plain
from classroom_analyzer.gui.theme import Role, set_role

__all__ = ["Toast"]

SHOWN_MS = 3000
_ABOVE_BOTTOM_PX = 8  # in the bottom bar, beside the button that marks
_FROM_RIGHT_PX = 204


class Toast(QLabel):
    """One at a time; a new one replaces the old."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        plain(self)
        self.setObjectName("toast")
        set_role(self, Role.HEADING)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show the text for three seconds and tell screen readers."""
        self.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        across = self._over.width() - self.width() - _FROM_RIGHT_PX
        self.move(max(across, 0), self._over.height() - self.height() - _ABOVE_BOTTOM_PX)
