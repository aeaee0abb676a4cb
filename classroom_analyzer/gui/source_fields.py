"""Fields in which a person picks what a lesson looks at, listens to and reads; wizard and live dialog share them."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.setup import Devices, PictureChoice, PictureKind
from classroom_analyzer.gui.text import escaped_tooltip, plain, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX

__all__ = ["DeviceField", "FileField", "PictureField", "choice_box"]

_ADDRESS = "address"
_REGION = "region"
_RECTANGLE = re.compile(r"\s*(-?\d{1,6}\s*,\s*-?\d{1,6}\s*,\s*[1-9]\d{0,5}\s*,\s*[1-9]\d{0,5})\s*", re.ASCII)


def choice_box(name: str) -> QComboBox:
    """Return an empty list to choose from; long entries do not widen the window."""
    box = QComboBox()
    box.setAccessibleName(name)
    box.setMinimumHeight(TARGET_PX)
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


class PictureField(QWidget):
    """Camera, window, screen, part of the screen, web address, or nothing.

    Signals:
        changed: Another source was chosen, or its address was typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = choice_box(self.tr("Picture from"))
        self.address = QLineEdit()
        self.address.setMinimumHeight(TARGET_PX)
        self.address.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX // 2)
        column.addWidget(self.box)
        column.addWidget(self.address)
        self.setFocusProxy(self.box)
        self._devices = Devices()
        self._fill(None)
        self.box.currentIndexChanged.connect(self._chosen)
        self.address.editingFinished.connect(self.changed)

    def set_devices(self, devices: Devices) -> None:
        """Offer what is there; what was chosen stays chosen, though it may not be connected now."""
        before, asked_for = self.choice, self.box.currentData()
        self._devices = devices
        self._fill(before)
        if before is None and asked_for in (_ADDRESS, _REGION):  # its address is still being typed
            self.box.blockSignals(True)
            self.box.setCurrentIndex(self.box.findData(asked_for))
            self.box.blockSignals(False)
            self._show_address()

    def set_choice(self, choice: PictureChoice | None) -> None:
        """Choose; a camera that is not among the devices is offered as not connected."""
        self._fill(choice)

    def choose_first(self) -> None:
        """Choose the first source of the list, without telling."""
        self.box.blockSignals(True)
        self.box.setCurrentIndex(0)
        self.box.blockSignals(False)
        self._show_address()

    @property
    def choice(self) -> PictureChoice | None:
        """What is chosen; None for no picture, and while an address is not complete."""
        data = self.box.currentData()
        typed = self.address.text().strip()
        if data == _ADDRESS:
            return PictureChoice(PictureKind.CAMERA, typed) if typed else None
        if data == _REGION:
            found = _RECTANGLE.fullmatch(typed)
            return PictureChoice(PictureKind.SCREEN, "".join(found[1].split())) if found else None
        return PictureChoice.from_text(data) if data is not None else None

    @property
    def incomplete(self) -> str:
        """What is wrong with a typed address, empty when nothing is."""
        data = self.box.currentData()
        if data == _ADDRESS and not self.address.text().strip():
            return self.tr("Type the address of the camera, for example http://192.168.1.20:8080/video.")
        if data == _REGION and self.choice is None:
            return self.tr("Type left edge, top edge, width and height in pixels, for example 0,0,1280,720.")
        return ""

    def _fill(self, choice: PictureChoice | None) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        for camera in self._devices.cameras:
            self._offer(PictureKind.CAMERA, camera, visible_text(camera))
        for title in self._devices.windows:
            self._offer(PictureKind.WINDOW, title, self.tr("Window: {title}").format(title=visible_text(title)))
        for screen in self._devices.screens:
            self._offer(
                PictureKind.SCREEN,
                ",".join(map(str, screen.region)),
                self.tr("Screen {name}").format(name=visible_text(screen.name)),
            )
        self.box.addItem(self.tr("Camera at a web address…"), _ADDRESS)
        self.box.addItem(self.tr("Part of the screen…"), _REGION)
        self.box.addItem(self.tr("No picture"), None)
        self._select(choice)
        self.box.blockSignals(False)
        self._show_address()

    def _offer(self, kind: PictureKind, address: str, name: str) -> None:
        self.box.addItem(name, PictureChoice(kind, address).text)

    def _select(self, choice: PictureChoice | None) -> None:
        if choice is None:
            self.box.setCurrentIndex(self.box.count() - 1)
            return
        index = self.box.findData(choice.text)
        if index < 0 and (choice.kind is PictureKind.SCREEN or "://" in choice.address):
            self.address.setText(choice.address)
            index = self.box.findData(_REGION if choice.kind is PictureKind.SCREEN else _ADDRESS)
        elif index < 0:
            name = self.tr("{name} (not there now)").format(name=visible_text(choice.address))
            self.box.insertItem(0, name, choice.text)
            index = 0
        self.box.setCurrentIndex(index)

    def _chosen(self) -> None:
        data = self.box.currentData()
        if data == _REGION and self._devices.screens and not _RECTANGLE.fullmatch(self.address.text()):
            self.address.setText(",".join(map(str, self._devices.screens[0].region)))
        elif data == _ADDRESS and _RECTANGLE.fullmatch(self.address.text()):
            self.address.clear()
        self._show_address()
        self.changed.emit()

    def _show_address(self) -> None:
        data = self.box.currentData()
        self.address.setVisible(data in (_ADDRESS, _REGION))
        if data == _REGION:
            self.address.setAccessibleName(self.tr("Left, top, width and height of the part, in pixels"))
            self.address.setPlaceholderText("0,0,1280,720")
        else:
            self.address.setAccessibleName(self.tr("Web address of the camera"))
            self.address.setPlaceholderText("http://192.168.1.20:8080/video")


class DeviceField(QComboBox):
    """One device by name, the system's choice where there is one, or none.

    Args:
        name: For screen readers.
        none: What stands for no device.
        default: What stands for the system's choice, whose name is empty; None offers no such choice.
    """

    def __init__(self, name: str, none: str, default: str | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(TARGET_PX)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._none = none
        self._default = default
        self._names: tuple[str, ...] = ()
        self._fill(None)

    def set_names(self, names: tuple[str, ...]) -> None:
        """Offer what is there; what was chosen stays chosen."""
        before = self.choice
        self._names = names
        self._fill(before)

    def set_choice(self, choice: str | None) -> None:
        """Choose; a device that is not there is offered as such."""
        self._fill(choice)

    @property
    def choice(self) -> str | None:
        """Name; empty for the system's choice, None for no device."""
        chosen: str | None = self.currentData()
        return chosen

    def _fill(self, choice: str | None) -> None:
        self.blockSignals(True)
        self.clear()
        if self._default is not None and self._names:
            self.addItem(self._default, "")
        for name in self._names:
            self.addItem(visible_text(name), name)
        self.addItem(self._none, None)
        index = self.findData(choice)
        if choice is None:
            index = self.count() - 1
        elif index < 0:
            gone = self.tr("{name} (not there now)").format(name=visible_text(choice))
            self.insertItem(0, (self._default or gone) if choice == "" else gone, choice)
            index = 0
        self.setCurrentIndex(index)
        self.blockSignals(False)


class FileField(QWidget):
    """A file or folder, chosen in a dialog, or none.

    Args:
        name: For screen readers.
        none: Shown while nothing is chosen.
        title: Of the dialog.
        folder: Whether a folder is wanted.

    Signals:
        changed: Another one was chosen.
    """

    changed = Signal()

    def __init__(self, name: str, none: str, title: str, *, folder: bool = False) -> None:
        super().__init__()
        self._none = none
        self._title = title
        self._folder = folder
        self._path: Path | None = None
        self.shown = plain(QLabel())
        self.shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.choose_button = QPushButton(self.tr("Choose…"))
        self.choose_button.setAccessibleName(self.tr("Choose: {name}").format(name=name))
        self.choose_button.clicked.connect(self.ask)
        self.clear_button = QPushButton(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear: {name}").format(name=name))
        self.clear_button.clicked.connect(lambda: self._take(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX)
        row.addWidget(self.shown, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.clear_button)
        self.setFocusProxy(self.choose_button)
        self.set_path(None)

    @property
    def path(self) -> Path | None:
        """What is chosen."""
        return self._path

    def set_path(self, path: Path | None) -> None:
        """Choose, without telling."""
        self._path = path
        text = self._none if path is None else visible_text(str(path) if self._folder else path.name)
        self.shown.setText(text)
        escaped_tooltip(self.shown, "" if path is None else str(path))
        self.clear_button.setVisible(path is not None)

    def ask(self) -> None:
        """Open the dialog."""
        dialog = QFileDialog(self, self._title)
        mode = QFileDialog.FileMode.Directory if self._folder else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(mode)
        if self._path is not None:
            dialog.setDirectory(str(self._path if self._folder else self._path.parent))
        dialog.fileSelected.connect(lambda name: self._take(Path(name)))
        dialog.open()

    def _take(self, path: Path | None) -> None:
        self.set_path(path)
        self.changed.emit()
