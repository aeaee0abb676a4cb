"""A check box whose text wraps: Qt's own cuts a long one off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["CheckLine"]


class CheckLine(QWidget):
    """A box and its text; a click on either switches it.

    Args:
        text: One sentence.

    Attributes:
        box: What has the keyboard.

    Signals:
        toggled: Whether it is checked now.
    """

    toggled = Signal(bool)

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        self.box.toggled.connect(self.toggled)
        self._label = label(text, Role.BODY, wrap=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX // 2)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.setFocusProxy(self.box)

    def text(self) -> str:
        """The sentence."""
        return self._label.text()

    def isChecked(self) -> bool:
        """Whether it is checked."""
        return self.box.isChecked()

    def setChecked(self, on: bool) -> None:
        """Check it or not."""
        self.box.setChecked(on)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self.box.isEnabled():
            self.box.toggle()
            self.box.setFocus()
