"""One widget per kind of setting: shows a value, and says when the user gave another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.setting_fields import SettingField, choice_name
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role
from classroom_analyzer.settings.schema import MARKER_KEYS, Editor

__all__ = ["ByDialog", "Device", "SettingEditor", "editor_of"]

_WIDTH_PX = 240  # at the usual size of text, in which a letter is about 8 px wide
_WIDTH_LETTERS = 30
_WIDEST_PX = 400
_LARGEST = 1_000_000
_MARKER_COLUMNS = 3
_LONGEST = 500  # characters of a text


class SettingEditor(QWidget):
    """Base of the editors.

    Signals:
        edited: The value that the user gave.
    """

    edited = Signal(object)

    def __init__(self, field: SettingField) -> None:
        super().__init__()
        self.field = field
        self._sized: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_PX)

    def show_value(self, value: Any) -> None:
        """Show this value without saying that it was edited."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def _place(self, widget: QWidget) -> None:
        widget.setAccessibleName(self.field.title)
        widget.setAccessibleDescription(self.field.description)
        widget.setMinimumHeight(TARGET_PX)
        self._row.addWidget(widget)
        self.setFocusProxy(widget)
        self._sized = None if isinstance(widget, QCheckBox) else widget
        self._fit()

    def _fit(self) -> None:
        if self._sized is not None:
            letters_px = _WIDTH_LETTERS * self.fontMetrics().averageCharWidth()
            self._sized.setFixedWidth(min(max(letters_px, _WIDTH_PX), _WIDEST_PX))


class _Quiet:
    """A value changes by intent only, never because the page was scrolled over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _ComboBox(_Quiet, QComboBox):
    pass


class _SpinBox(_Quiet, QSpinBox):
    pass


class _DoubleSpinBox(_Quiet, QDoubleSpinBox):
    pass


class _Choice(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        self.box = _ComboBox()
        for value in (None, *field.choices) if field.optional else field.choices:
            self.box.addItem(choice_name(field.name, value), value)
        self._place(self.box)
        self.box.activated.connect(lambda index: self.edited.emit(self.box.itemData(index)))

    def show_value(self, value: Any) -> None:
        self.box.setCurrentIndex(self.box.findData(value))


class _Switch(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        self.box = QCheckBox(self.tr("On"))
        self._place(self.box)
        self.box.clicked.connect(lambda on: self.edited.emit(on))

    def show_value(self, value: Any) -> None:
        self.box.setChecked(value)


class _Number(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        self.box: QSpinBox | QDoubleSpinBox
        least = field.least if field.least is not None else 0
        most = field.most if field.most is not None else _LARGEST
        if field.kind is int:
            whole = _SpinBox()
            whole.setRange(int(least) - field.optional, int(most))
            if field.optional:
                whole.setSpecialValueText(self.tr("not given"))
            elif field.name == "text_scale":
                whole.setSingleStep(25)
                whole.setSuffix(" %")
            elif field.name == "keep_media_days":
                whole.setSpecialValueText(self.tr("keep none"))
            self.box = whole
        else:
            real = _DoubleSpinBox()
            real.setDecimals(1)
            real.setRange(max(least, 0.1), most)
            self.box = real
        self.box.setKeyboardTracking(False)
        self._place(self.box)
        self.box.valueChanged.connect(self._changed)

    def show_value(self, value: Any) -> None:
        self.box.blockSignals(True)
        self.box.setValue(self.box.minimum() if value is None else value)  # type: ignore[arg-type]
        self.box.blockSignals(False)

    def _changed(self, value: float) -> None:
        self.edited.emit(None if self.field.optional and value == self.box.minimum() else value)


class _Text(SettingEditor):
    """A line of text; empty is None where that is allowed. Folders and files get a button."""

    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self._place(self.line)
        self.line.editingFinished.connect(self._changed)
        self._shown = ""
        if field.editor in (Editor.FILE, Editor.FOLDER):
            browse = QPushButton(self.tr("Choose…"))
            browse.setAccessibleName(self.tr("Choose: {setting}").format(setting=field.title))
            browse.clicked.connect(self._browse)
            self._row.addWidget(browse)

    def show_value(self, value: Any) -> None:
        self._shown = "" if value is None else str(value)
        self.line.setText(self._shown)

    def _changed(self) -> None:
        text = self.line.text().strip()
        if text == self._shown:
            return
        self._shown = text
        if not text and self.field.optional:
            self.edited.emit(None)
        else:
            self.edited.emit(Path(text) if self.field.kind is Path else text)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.field.title)
        if self.field.editor is Editor.FOLDER:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self.line.setText(name)
        self._changed()


class Device(SettingEditor):
    """A device that is there, or one that was given before."""

    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        self.box = _ComboBox()
        self._value: str | None = None
        self._names: tuple[str, ...] = ()
        self._place(self.box)
        self.box.activated.connect(lambda index: self.edited.emit(self.box.itemData(index)))
        self._fill()

    def show_value(self, value: Any) -> None:
        """As the base says."""
        self._value = value
        self._fill()

    def show_devices(self, names: Sequence[str]) -> None:
        """Offer these."""
        self._names = tuple(names)
        self._fill()

    def _fill(self) -> None:
        self.box.clear()
        self.box.addItem(choice_name(self.field.name, None), None)
        for name in dict.fromkeys((*((self._value,) if self._value else ()), *self._names)):
            self.box.addItem(visible_text(name), name)
        self.box.setCurrentIndex(self.box.findData(self._value) if self._value else 0)


class _Markers(SettingEditor):
    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        grid = QGridLayout()
        grid.setSpacing(SPACE_PX)
        self.lines: list[QLineEdit] = []
        for number in range(1, MARKER_KEYS + 1):
            line = QLineEdit()
            line.setMaxLength(_LONGEST)
            line.setMinimumHeight(TARGET_PX)
            line.setAccessibleName(self.tr("Marker of key {number}").format(number=number))
            line.editingFinished.connect(self._changed)
            row, column = divmod(number - 1, _MARKER_COLUMNS)
            grid.addWidget(label(str(number), Role.MUTED), row, 2 * column)
            grid.addWidget(line, row, 2 * column + 1)
            self.lines.append(line)
        self._row.addLayout(grid)
        self.setFocusProxy(self.lines[0])
        self._shown: tuple[str, ...] = ()

    def show_value(self, value: Any) -> None:
        self._shown = tuple(value)
        for number, line in enumerate(self.lines):
            line.setText(value[number] if number < len(value) else "")

    def _changed(self) -> None:
        names = [line.text().strip() for line in self.lines]
        while names and not names[-1]:
            names.pop()
        if tuple(names) != self._shown:
            self._shown = tuple(names)
            self.edited.emit(self._shown)


class ByDialog(SettingEditor):
    """Shows the value; a button opens the dialog that changes it.

    Signals:
        pressed: The dialog is wanted.
    """

    pressed = Signal()

    def __init__(self, field: SettingField) -> None:
        super().__init__(field)
        self.value: QLabel = label("", Role.BODY, wrap=True)
        button = QPushButton(self.tr("Choose…"))
        button.setAccessibleName(self.tr("Choose: {setting}").format(setting=field.title))
        button.clicked.connect(self.pressed)
        self._row.addWidget(self.value, 1)
        self._row.addWidget(button)
        self.setMinimumWidth(_WIDTH_PX)
        self.setFocusProxy(button)

    def show_value(self, value: Any) -> None:
        """As the base says."""
        self.value.setText(choice_name(self.field.name, value))


_BY_EDITOR: dict[Editor, Callable[[SettingField], SettingEditor]] = {
    Editor.CAMERA: Device,
    Editor.MICROPHONE: Device,
    Editor.CALL_SOUND: Device,
    Editor.DIALOG: ByDialog,
    Editor.MARKERS: _Markers,
}


def editor_of(field: SettingField) -> SettingEditor:
    """Return a new editor for a setting; the keys have an editor of their own."""
    if field.editor in _BY_EDITOR:
        return _BY_EDITOR[field.editor](field)
    if field.choices:
        return _Choice(field)
    if field.kind is bool:
        return _Switch(field)
    if field.kind in (int, float):
        return _Number(field)
    return _Text(field)
