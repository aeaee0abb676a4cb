"""Page 1: language and colours of the window; both change at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from classroom_analyzer.domain.setup import SetupChoices
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.theme import SPACE_PX, Mode, Role
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage

__all__ = ["LANGUAGES", "LanguagePage"]

# Each in its own words, so that whoever needs it finds it.
LANGUAGES = {"en": "English", "zh_CN": "中文"}


class LanguagePage(WizardPage):
    """Two rows of radio buttons."""

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("Welcome"),
            self.tr(
                "Seven short steps, about two minutes. Everything stays on this computer, and you can go back or start "
                "again at any time."
            ),
        )
        languages = {"system": self.tr("As the system"), **LANGUAGES}
        themes = {
            Mode.SYSTEM.value: self.tr("As the system"),
            Mode.LIGHT.value: self.tr("Light"),
            Mode.DARK.value: self.tr("Dark"),
        }
        self.languages = self._row(self.tr("Language"), languages)
        self.themes = self._row(self.tr("Colours"), themes)
        self.column.addStretch(1)
        for language, button in self.languages.items():
            button.clicked.connect(lambda _=False, chosen=language: self.context.choose_language(chosen))
        for mode, button in self.themes.items():
            button.clicked.connect(lambda _=False, chosen=mode: self.context.choose_theme(chosen))

    def enter(self, choices: SetupChoices) -> None:
        """Show what is in force."""
        self.languages[choices.language].setChecked(True)
        self.themes[choices.theme].setChecked(True)

    def made(self, choices: SetupChoices) -> SetupChoices:
        """Take language and colours."""
        language = next(name for name, button in self.languages.items() if button.isChecked())
        theme = next(name for name, button in self.themes.items() if button.isChecked())
        return replace(choices, language=language, theme=theme)

    def first_field(self) -> QWidget:
        """The language that is chosen."""
        return next(button for button in self.languages.values() if button.isChecked())

    def _row(self, heading: str, names: dict[str, str]) -> dict[str, QRadioButton]:
        self.column.addSpacing(SPACE_PX)
        self.column.addWidget(label(heading, Role.HEADING))
        group = QButtonGroup(self)
        row = FlowLayout(spacing_px=SPACE_PX)
        buttons = {}
        for value, name in names.items():
            button = QRadioButton(name)
            button.setAccessibleName(self.tr("{heading}: {name}").format(heading=heading, name=name))
            group.addButton(button)
            row.addWidget(button)
            buttons[value] = button
        self.column.addLayout(row)
        return buttons
