"""A message across the top of the page with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["Action", "Banner"]

Action = tuple[str, Callable[[], None]]


class Banner(QFrame):
    """Headline, one sentence and buttons; the first button is the one to press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._headline = label("", Role.HEADING, wrap=True)
        self._text = label("", Role.MUTED, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._headline)
        words.addWidget(self._text)
        self._buttons = QHBoxLayout()
        self._shown: list[QPushButton] = []
        self._buttons.setSpacing(SPACE_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE_PX, SPACE_PX, SPACE_PX + 4, SPACE_PX)
        row.setSpacing(2 * SPACE_PX)
        row.addLayout(words, 1)
        row.addLayout(self._buttons)
        self.hide()

    def show_message(self, headline: str, text: str, actions: list[Action]) -> None:
        """Replace what is shown; texts stay literal."""
        self._headline.setText(headline)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        for button in self._shown:
            self._buttons.removeWidget(button)
            button.deleteLater()
        self._shown.clear()
        for index, (name, press) in enumerate(actions):
            button = QPushButton(name)
            button.setAccessibleName(name)
            button.setProperty("primary", index == 0)
            button.clicked.connect(lambda _=False, press=press: press())
            self._buttons.addWidget(button)
            self._shown.append(button)
        self.setAccessibleName(f"{headline} {text}")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """All words shown, for tests and screen readers."""
        return self.accessibleName()

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by name."""
        return {button.text(): button for button in self._shown}
