"""The choice of place and policy by itself, to change it later. Nothing is preselected."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.policy_chooser import PolicyChooser
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["PolicyDialog"]

_WIDTH_PX = 860


class PolicyDialog(QDialog):
    """Place of use and three cards; accepted only with both chosen.

    Attributes:
        chooser: Both questions.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What may be computed"))
        self.setModal(True)
        self.setMinimumWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE_PX, 3 * SPACE_PX, 3 * SPACE_PX, 2 * SPACE_PX)
        column.setSpacing(SPACE_PX + 4)
        column.addWidget(label(self.tr("What may be computed"), Role.TITLE))
        self.chooser = PolicyChooser()
        self.places, self.cards = self.chooser.places, self.chooser.cards
        column.addWidget(self.chooser, 1)
        column.addWidget(
            label(self.tr("You can change this later; a change begins a new lesson."), Role.CAPTION, wrap=True)
        )
        self._cancel = QPushButton(self.tr("Not now"))
        self._cancel.setAccessibleName(self.tr("Not now"))
        self._cancel.clicked.connect(self.reject)
        self.accept_button = QPushButton(self.tr("Use this"))
        self.accept_button.setAccessibleName(self.tr("Use this"))
        self.accept_button.setProperty("primary", True)
        self.accept_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.accept_button)
        column.addLayout(buttons)
        self.chooser.changed.connect(self._update)
        self._update()

    @property
    def place(self) -> Place | None:
        """The chosen place."""
        return self.chooser.place

    @property
    def policy(self) -> Policy | None:
        """The chosen policy."""
        return self.chooser.policy

    def _update(self) -> None:
        self.accept_button.setEnabled(self.chooser.complete)
