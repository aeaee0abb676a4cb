"""Which camera, microphone and growing chat file a live lesson uses; any may be left out, not all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.setup import Devices, LiveChoice, PictureChoice, PictureKind, SetupChoices
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.text import escaped_tooltip, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role

__all__ = ["LiveDialog"]


class LiveDialog(QDialog):
    """Three fields and a start button."""

    def __init__(self, devices: Devices, choices: SetupChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        cameras, microphones = devices.cameras, devices.microphones
        self.setWindowTitle(self.tr("Live lesson"))
        self.setModal(True)
        self.setMinimumWidth(460)
        self.cameras = self._field(self.tr("Camera"), cameras, self.tr("No camera"))
        self.microphones = self._field(self.tr("Microphone"), microphones, self.tr("No microphone"))
        self.chats = self._field(self.tr("Chat file"), (), self.tr("No chat file"))
        self.chats.addItem(self.tr("Choose a file…"), None)
        escaped_tooltip(self.chats, self.tr("A chat file that your meeting program writes to while the lesson runs"))
        self.chats.activated.connect(self._choose_chat)
        form = QFormLayout()
        form.setSpacing(SPACE_PX + 4)
        form.addRow(label(self.tr("Camera"), Role.BODY), self.cameras)
        form.addRow(label(self.tr("Microphone"), Role.BODY), self.microphones)
        form.addRow(label(self.tr("Chat file"), Role.BODY), self.chats)
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setAccessibleName(self.tr("Start the live lesson"))
        self.start_button.setProperty("primary", True)
        self.start_button.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE_PX, 3 * SPACE_PX, 3 * SPACE_PX, 2 * SPACE_PX)
        column.setSpacing(2 * SPACE_PX)
        column.addWidget(label(self.tr("Start a live lesson"), Role.TITLE))
        column.addWidget(
            label(self.tr("Tell everyone in view before you start. The lamp stays lit while the lesson runs."),
                  Role.MUTED, wrap=True)
        )  # fmt: skip
        column.addLayout(form)
        column.addLayout(buttons)
        self.cameras.currentIndexChanged.connect(self._update)
        self.microphones.currentIndexChanged.connect(self._update)
        self._update()

    @property
    def choice(self) -> LiveChoice:
        """The lesson that was asked for."""
        picture = PictureChoice(PictureKind.CAMERA, self.camera) if self.camera is not None else None
        return LiveChoice(picture, self.microphone, chat=self.chat)

    @property
    def camera(self) -> str | None:
        """The chosen camera."""
        chosen: str | None = self.cameras.currentData()
        return chosen

    @property
    def microphone(self) -> str | None:
        """The chosen microphone."""
        chosen: str | None = self.microphones.currentData()
        return chosen

    @property
    def chat(self) -> Path | None:
        """The chosen chat file."""
        chosen: Path | None = self.chats.currentData()
        return chosen

    def set_chat(self, path: Path | None) -> None:
        """Choose a chat file, or none."""
        if self.chats.count() > 2:
            self.chats.removeItem(0)
        if path is not None:
            self.chats.insertItem(0, visible_text(path.name), path)
        self.chats.setCurrentIndex(0)
        self._update()

    def _choose_chat(self, index: int) -> None:
        if index == self.chats.count() - 1:
            dialog = QFileDialog(self, self.tr("Choose the chat file"))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(lambda name: self.set_chat(Path(name)))
            dialog.rejected.connect(lambda: self.set_chat(None))
            dialog.open()
        elif self.chat is None:
            self.set_chat(None)

    def _field(self, name: str, devices: Sequence[str], none: str) -> QComboBox:
        field = QComboBox()
        field.setAccessibleName(name)
        field.setMinimumHeight(TARGET_PX)
        for device in devices:
            field.addItem(device, device)
        field.addItem(none, None)
        return field

    def _update(self) -> None:
        chosen = (self.camera, self.microphone, self.chat)
        self.start_button.setEnabled(any(each is not None for each in chosen))
