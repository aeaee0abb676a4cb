"""Page 2: place of use and policy. No camera is opened and no model loaded before it is answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from classroom_analyzer.domain.setup import SetupChoices
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.policy_chooser import PolicyChooser
from classroom_analyzer.gui.theme import Role
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage

__all__ = ["PolicyPage"]


class PolicyPage(WizardPage):
    """Complete only with both answers; an earlier answer is shown when the wizard runs again.

    Attributes:
        chooser: Both questions.
    """

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(self.tr("What may be computed"))
        self.chooser = PolicyChooser()
        self.chooser.changed.connect(self.changed)
        self.column.addWidget(self.chooser)
        self.column.addWidget(
            label(self.tr("You can change this later; a change begins a new lesson."), Role.CAPTION, wrap=True)
        )
        self.column.addStretch(1)

    @property
    def complete(self) -> bool:
        """Whether both were answered."""
        return self.chooser.complete

    def enter(self, choices: SetupChoices) -> None:
        """Show an earlier answer."""
        self.chooser.choose(choices.place, choices.policy)

    def made(self, choices: SetupChoices) -> SetupChoices:
        """Take both answers."""
        return replace(choices, place=self.chooser.place, policy=self.chooser.policy)

    def first_field(self) -> QWidget:
        """The place that is chosen, else the first."""
        buttons = tuple(self.chooser.places.values())
        return next((button for button in buttons if button.isChecked()), buttons[0])
