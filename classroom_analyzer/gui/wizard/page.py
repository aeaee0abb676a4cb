"""What every page of the wizard is and has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_analyzer.domain.setup import SetupChoices
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.lessons import Setup
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme
from classroom_analyzer.gui.wizard.releasing import Releasing

__all__ = ["WizardContext", "WizardPage"]


@dataclass(frozen=True, slots=True)
class WizardContext:
    """What pages work with.

    Attributes:
        setup: Devices, trials, packs and notices.
        theme: Of the window.
        releasing: Lets go of devices beside the window.
        choose_theme: Makes the window light, dark or as the system is.
        choose_language: Makes the window speak another language.
        first_run: Whether nothing was ever chosen, so that pages may propose something.
    """

    setup: Setup
    theme: Theme
    releasing: Releasing
    choose_theme: Callable[[str], None]
    choose_language: Callable[[str], None]
    first_run: bool


class WizardPage(QWidget):
    """One page. It begins nothing before ``enter`` and has let go of everything after ``leave``.

    Args:
        context: What it works with.

    Attributes:
        title: Its heading.
        column: Where its content goes.

    Signals:
        changed: ``complete`` may have another value.
        satisfied: What the page is for is done; the keyboard goes to Next.
    """

    changed = Signal()
    satisfied = Signal()

    def __init__(self, context: WizardContext) -> None:
        super().__init__()
        self.context = context
        self.title = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, SPACE_PX, 0)
        self.column.setSpacing(SPACE_PX + 4)

    def set_heading(self, title: str, lead: str = "") -> None:
        """Say what the page is for; called first.

        Args:
            title: Its heading.
            lead: Sentences below, empty for none.
        """
        self.title = title
        self.setAccessibleName(title)
        if lead:
            self.column.addWidget(label(lead, Role.MUTED, wrap=True))

    @property
    def complete(self) -> bool:
        """Whether the next page may be shown."""
        return True

    def enter(self, choices: SetupChoices) -> None:
        """Show what was chosen and begin what the page does."""

    def leave(self) -> None:
        """End what it does; quick."""

    def shut(self) -> None:
        """End for good; the page is not entered again."""

    def made(self, choices: SetupChoices) -> SetupChoices:
        """Return the choices with what this page asks."""
        return choices

    def first_field(self) -> QWidget | None:
        """What has the keyboard when the page is shown."""
        return None
