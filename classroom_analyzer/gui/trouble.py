"""A notice inside a page: what is wrong with a device, the exact way out, and Try again."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDesktopServices
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.permissions import Access, remedy, settings_address
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["Trouble"]


class Trouble(QFrame):
    """Hidden while all is well.

    Signals:
        try_again: The button was pressed.
    """

    try_again = Signal()

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._access = access
        self._text = label("", Role.BODY, wrap=True)
        self.again_button = QPushButton(self.tr("Try again"))
        self.again_button.setAccessibleName(self.tr("Try again"))
        self.again_button.clicked.connect(self.try_again)
        self.settings_button = QPushButton(self.tr("Open settings"))
        self.settings_button.setAccessibleName(self.tr("Open the settings of the system"))
        self.settings_button.clicked.connect(self._open_settings)
        buttons = FlowLayout(spacing_px=SPACE_PX)
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.settings_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, SPACE_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def show_denied(self) -> None:
        """Say that the system keeps this program from the device, and where that is switched."""
        self._show(remedy(self._access), settings=bool(settings_address(self._access)))

    def show_problem(self, what: str) -> None:
        """Say what is wrong; the words come from the device and stay literal."""
        self._show(visible_text(what), settings=False)

    def clear(self) -> None:
        """All is well."""
        self._text.clear()
        self.hide()

    def _show(self, text: str, *, settings: bool) -> None:
        self.settings_button.setVisible(settings)
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleName(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.show()

    def _open_settings(self) -> None:
        QDesktopServices.openUrl(QUrl(settings_address(self._access)))
