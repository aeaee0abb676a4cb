"""The settings, generated from their schema: pages, search, one sentence each, reset, import and export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.setup import Devices
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.actions import Actions
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.fuzzy import match_score
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.setting_editors import ByDialog, Device, SettingEditor, editor_of
from classroom_analyzer.gui.setting_fields import FIELDS, SettingField, page_name
from classroom_analyzer.gui.shortcuts import KeyEditor
from classroom_analyzer.gui.stored_panel import StoredPanel
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role
from classroom_analyzer.settings.schema import Editor, Page

__all__ = ["SettingsPage"]

_LIST_PX = 180
_FILE_NAME = "classroom-analyzer-settings.toml"


class _Row(QFrame):
    """Name and sentence of a setting on the left, its editor on the right or, where it is wide, below."""

    def __init__(self, field: SettingField, editor: QWidget, *, below: bool) -> None:
        super().__init__()
        self.field = field
        self.editor = editor
        title = label(field.title, Role.HEADING)
        title.setBuddy(editor)
        words = field.description
        if not field.at_once:
            words = self.tr("{sentence} A change takes effect with the next lesson.").format(sentence=words)
        text = label(words, Role.MUTED, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(title)
        left.addWidget(text)
        left.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, SPACE_PX, 0, SPACE_PX)
        whole.setSpacing(SPACE_PX)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE_PX)
        row.addLayout(left, 1)
        whole.addLayout(row)
        if below:
            whole.addWidget(editor)
        else:
            row.addWidget(editor, 0, Qt.AlignmentFlag.AlignTop)


class SettingsPage(QWidget):
    """All settings.

    Args:
        preferences: The settings.
        actions: The registry, whose keys are edited here.
        stored: What is kept of past lessons; None where nobody can tell.

    Attributes:
        search: Finds settings on all pages.
        pages: The pages by name.
        rows: Editors by the name of their setting.
        said: What went wrong last.

    Signals:
        back_pressed: The user is done.
        policy_pressed: Policy and place are to be chosen in their dialog.
        devices_wanted: The list of devices is to be read; ``show_devices`` takes it.
    """

    back_pressed = Signal()
    policy_pressed = Signal()
    devices_wanted = Signal()

    def __init__(
        self,
        preferences: Preferences,
        actions: Actions,
        stored: StoredPanel | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._stored = stored
        self.search = QLineEdit()
        self.search.setMinimumHeight(TARGET_PX)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(self.tr("Find a setting"))
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.search.textChanged.connect(lambda _: self._show_rows())
        self.pages = QListWidget()
        self.pages.setAccessibleName(self.tr("Pages of settings"))
        self.pages.setMinimumWidth(_LIST_PX)
        self.pages.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.pages.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.pages.ensurePolished()  # rows are measured when they are added
        for page in Page:
            item = QListWidgetItem(page_name(page))
            item.setData(Qt.ItemDataRole.UserRole, page)
            self.pages.addItem(item)
        self.pages.currentRowChanged.connect(lambda _: self._choose_page())
        self._heading = label("", Role.TITLE)
        self.said = label("", Role.BODY, wrap=True)
        self.said.hide()
        self._rows: list[_Row] = []
        self.rows: dict[str, SettingEditor] = {}
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 2 * SPACE_PX, 0)
        column.setSpacing(0)
        for field in FIELDS:
            row = self._row(field, actions)
            self._rows.append(row)
            column.addWidget(row)
        if stored is not None:
            column.addWidget(stored)
        column.addStretch(1)
        inner = QWidget()
        inner.setLayout(column)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self.back_button = self._button(self.tr("Done"), self.back_pressed.emit)
        self.back_button.setProperty("primary", True)
        self.reset_button = self._button(self.tr("Reset this page"), self._reset)
        self.export_button = self._button(self.tr("Export…"), self._export)
        self.import_button = self._button(self.tr("Import…"), self._import)
        self._lay_out()
        preferences.changed.connect(self._show_value)
        self.pages.setCurrentRow(0)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return Page(self.pages.currentItem().data(Qt.ItemDataRole.UserRole))

    def show_page(self, page: Page) -> None:
        """Show a page."""
        self.search.clear()
        self.pages.setCurrentRow(list(Page).index(page))

    def shown(self) -> list[str]:
        """Names of the settings that are shown."""
        return [row.field.name for row in self._rows if row.isVisibleTo(self)]

    def show_devices(self, devices: Devices) -> None:
        """Offer these devices."""
        screens = tuple("screen:" + ",".join(str(n) for n in area.region) for area in devices.screens)
        windows = tuple(f"window:{title}" for title in devices.windows)
        names = {
            Editor.CAMERA: (*devices.cameras, *windows, *screens),
            Editor.MICROPHONE: devices.microphones,
            Editor.CALL_SOUND: devices.call_sounds,
        }
        for editor in self.rows.values():
            if isinstance(editor, Device):
                editor.show_devices(names[editor.field.editor])

    def _row(self, field: SettingField, actions: Actions) -> _Row:
        if field.editor is Editor.SHORTCUTS:
            return _Row(field, KeyEditor(actions, lambda keys: self._store(field.name, dict(keys))), below=True)
        editor = editor_of(field)
        self.rows[field.name] = editor
        editor.show_value(getattr(self._preferences.settings, field.name))
        editor.edited.connect(lambda value: self._store(field.name, value))
        if isinstance(editor, ByDialog):
            editor.pressed.connect(self.policy_pressed)
        return _Row(field, editor, below=field.editor is Editor.MARKERS)

    def _store(self, name: str, value: object) -> bool:
        try:
            self._preferences.set(name, value)
        except ClassroomAnalyzerError as error:
            self._say(self.tr("The setting could not be stored: {reason}").format(reason=visible_text(str(error))))
            self._show_value(name)
            return False
        self.said.hide()
        return True

    def _show_value(self, name: str) -> None:
        if name in self.rows:
            self.rows[name].show_value(getattr(self._preferences.settings, name))

    def _choose_page(self) -> None:
        self.search.clear()
        self._show_rows()
        self._scroll.verticalScrollBar().setValue(0)
        if self.page is Page.DEVICES:
            self.devices_wanted.emit()
        elif self.page is Page.PRIVACY and self._stored is not None:
            self._stored.refresh()

    def _show_rows(self) -> None:
        query = self.search.text().strip()
        for row in self._rows:
            if query:
                words = row.field.words.casefold()
                found = query.casefold() in words or match_score(query, row.field.title) is not None
                row.setVisible(found)
            else:
                row.setVisible(row.field.page is self.page)
        if self._stored is not None:
            self._stored.setVisible(not query and self.page is Page.PRIVACY)
        self.reset_button.setEnabled(not query)
        found_none = bool(query) and not self.shown()
        self._heading.setText(
            self.tr("Nothing found") if found_none else self.tr("Found") if query else page_name(self.page)
        )

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _try(self, do: Callable[[], None], done: str) -> None:
        try:
            do()
        except ClassroomAnalyzerError as error:
            self._say(visible_text(str(error)))
        else:
            self._say(done)

    def _reset(self) -> None:
        page = self.page
        self._try(lambda: self._preferences.reset(page), self.tr("This page is as it was in the beginning."))

    def _export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export settings"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(_FILE_NAME)
        self._ask_file(dialog, self.export_to)

    def _import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import settings"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask_file(dialog, self.import_from)

    def _ask_file(self, dialog: QFileDialog, take: Callable[[Path], None]) -> None:
        dialog.setNameFilters([self.tr("Settings (*.toml)")])
        dialog.setDefaultSuffix("toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write all settings to a file and say what became of it."""
        self._try(lambda: self._preferences.export_to(path), self.tr("The settings are exported."))

    def import_from(self, path: Path) -> None:
        """Take the settings of a file and say what became of it."""
        said = self.tr("The settings are imported; policy and place of use stay as they were.")
        self._try(lambda: self._preferences.import_from(path), said)

    def _button(self, name: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name.rstrip("…"))
        button.clicked.connect(lambda _=False: press())
        return button

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(SPACE_PX)
        left.addWidget(self.pages, 1)
        right = QVBoxLayout()
        right.setSpacing(SPACE_PX)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.search, 1)
        right.addLayout(top)
        right.addWidget(self.said)
        right.addWidget(self._scroll, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(SPACE_PX)
        for button in (self.reset_button, self.import_button, self.export_button):
            bottom.addWidget(button)
        bottom.addStretch(1)
        bottom.addWidget(self.back_button)
        right.addLayout(bottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        row.setSpacing(2 * SPACE_PX)
        row.addLayout(left)
        row.addLayout(right, 1)
        for first, second in ((self.search, self.pages), (self.back_button, self.reset_button)):
            self.setTabOrder(first, second)
