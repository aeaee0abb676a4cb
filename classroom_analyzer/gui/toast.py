"""A short message over the page that goes away by itself, and at most one thing that can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["Toast"]

SHOWN_MS = 3000
SHOWN_WITH_ACTION_MS = 6000  # somebody has to reach the button
_ABOVE_FLOOR_PX = 8


class Toast(QFrame):
    """One at a time; a new one replaces the old. It stays while the pointer is on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._floor_px = 0
        self._act: Callable[[], None] = lambda: None
        self.setObjectName("toast")
        self._label = label("", Role.HEADING)
        self._label.setObjectName("toast")
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._pressed)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX // 2)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, action: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show the text for some seconds and tell screen readers.

        Args:
            text: Literal.
            action: Name of a button and what it does.
        """
        self._label.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(action is not None)
        if action is not None:
            name, self._act = action
            self._button.setText(name)
            self._button.setAccessibleName(name)
        self._timer.setInterval(SHOWN_MS if action is None else SHOWN_WITH_ACTION_MS)
        self._row.activate()
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """The words shown last."""
        return self._label.text()

    @property
    def action_button(self) -> QPushButton | None:
        """The button, None where there is nothing to do."""
        return self._button if self._button.isVisibleTo(self) else None

    def set_floor(self, height_px: int) -> None:
        """Stay above the lowest part of the page, such as its bar of buttons."""
        self._floor_px = height_px
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def enterEvent(self, event: QEvent) -> None:  # noqa: D102
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        if self.isVisible():
            self._timer.start()

    def _pressed(self) -> None:
        self.hide()
        self._act()

    def _place(self) -> None:
        across = (self._over.width() - self.width()) // 2
        self.move(max(across, 0), self._over.height() - self.height() - self._floor_px - _ABOVE_FLOOR_PX)
