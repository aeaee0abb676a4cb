"""Page 5: where lessons are kept, how long recordings are, and which packs are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QRadioButton, QSpinBox, QVBoxLayout, QWidget

from classroom_analyzer.domain.setup import DEFAULT_KEEP_DAYS, MAX_KEEP_DAYS, KeepMedia, SetupChoices
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.source_fields import FileField
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role
from classroom_analyzer.gui.wizard.packs import Packs
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage

__all__ = ["StoragePage", "bytes_text"]


def bytes_text(size_bytes: int) -> str:
    """Return a size in MB or GB, as people write it."""
    return f"{size_bytes / 1e9:.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:.1f} MB"


class StoragePage(WizardPage):
    """Folder, retention, packs.

    Attributes:
        folder: Where lessons are kept.
        keep: Buttons by how long recordings are kept.
        days: For ``KeepMedia.DAYS``.
        packs: Models that can be installed.
    """

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(self.tr("What is kept, and where"))
        self.folder = FileField(
            self.tr("Folder of the lessons"), str(context.setup.lessons_folder()),
            self.tr("Choose the folder of the lessons"), folder=True,
        )  # fmt: skip
        self.folder.changed.connect(self._show_room)
        self._room = label("", Role.CAPTION, wrap=True)
        names = {
            KeepMedia.OFF: self.tr("No video or sound"),
            KeepMedia.UNTIL_CHECKED: self.tr(
                "Until I have checked the lesson, {days} days at most"
            ).format(days=DEFAULT_KEEP_DAYS),
            KeepMedia.DAYS: self.tr("For this many days:"),
        }  # fmt: skip
        self.days = QSpinBox()
        self.days.setRange(1, MAX_KEEP_DAYS)
        self.days.setMinimumHeight(TARGET_PX)
        self.days.setAccessibleName(self.tr("Days for which video and sound are kept"))
        group = QButtonGroup(self)
        self.keep: dict[KeepMedia, QRadioButton] = {}
        kept = QVBoxLayout()
        kept.setSpacing(0)
        for value, name in names.items():
            button = QRadioButton(name)
            button.setAccessibleName(name)
            button.toggled.connect(self._show_days)
            group.addButton(button)
            self.keep[value] = button
            if value is KeepMedia.DAYS:
                row = QHBoxLayout()
                row.addWidget(button)
                row.addWidget(self.days)
                row.addStretch(1)
                kept.addLayout(row)
            else:
                kept.addWidget(button)
        self._key = label("", Role.CAPTION, wrap=True)
        self.packs = Packs(context.setup)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(SPACE_PX)
        form.addRow(label(self.tr("Lessons"), Role.BODY), self.folder)
        form.addRow(label("", Role.BODY), self._room)
        form.addRow(label(self.tr("Recordings"), Role.BODY), kept)
        self.column.addLayout(form)
        self.column.addWidget(
            label(
                self.tr(
                    "Each lesson asks anew whether it is recorded. Figures of the class are kept for a year at most."
                ),
                Role.CAPTION,
                wrap=True,
            )
        )
        self.column.addWidget(self._key)
        self.column.addSpacing(SPACE_PX)
        self.column.addWidget(self.packs)
        self.column.addStretch(1)

    def enter(self, choices: SetupChoices) -> None:
        """Show what was chosen, the room on the disk and the packs."""
        self.folder.set_path(choices.lessons_folder)
        self.keep[choices.keep_media].setChecked(True)
        self.days.setValue(choices.keep_days)
        self._show_room()
        self._show_days()
        self.packs.refresh()
        private = self.context.setup.keeps_private()
        self._key.setVisible(not private)
        if not private:
            self._key.setText(
                self.tr(
                    "There is no keyring and no passphrase on this computer, so video, chat, names and seats cannot be "
                    "encrypted, and are not kept at all."
                )
            )
        for value in (KeepMedia.UNTIL_CHECKED, KeepMedia.DAYS):
            self.keep[value].setEnabled(private)
        if not private:
            self.keep[KeepMedia.OFF].setChecked(True)

    def leave(self) -> None:
        """Stop a download."""
        self.packs.cancel()

    def shut(self) -> None:
        """Drop an installation."""
        self.packs.shut()

    def made(self, choices: SetupChoices) -> SetupChoices:
        """Take folder and retention."""
        keep = next(value for value, button in self.keep.items() if button.isChecked())
        return replace(choices, lessons_folder=self.folder.path, keep_media=keep, keep_days=self.days.value())

    def first_field(self) -> QWidget:
        """The folder."""
        return self.folder

    def _show_room(self) -> None:
        folder: Path = self.folder.path or self.context.setup.lessons_folder()
        free = self.context.setup.free_bytes(folder)
        text = "" if free is None else self.tr("{size} free on this disk.").format(size=bytes_text(free))
        self._room.setText(text)

    def _show_days(self) -> None:
        self.days.setEnabled(self.keep[KeepMedia.DAYS].isChecked())
