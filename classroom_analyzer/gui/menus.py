"""Menus and keys of the window; what they do stays with the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from classroom_analyzer.gui.theme import Mode

if TYPE_CHECKING:
    from classroom_analyzer.gui.main_window import MainWindow

__all__ = ["Menus"]


class Menus(QObject):
    """Builds the menu bar of a window.

    Attributes:
        preview: Whether the picture is shown.
        tiles: Whether seat tiles are shown.
        projector: Whether the view is safe for a projector.
    """

    def __init__(self, window: MainWindow, *, live: bool, mode: Mode) -> None:
        super().__init__(window)
        self._window = window
        self._keyed: list[QAction] = []
        bar = window.menuBar()
        menu = bar.addMenu(self.tr("&File"))
        begin = [
            self._add(menu, self.tr("&Open a recording…"), "Ctrl+O", window.choose_file),
            self._add(menu, self.tr("Play the &demo lesson"), "Ctrl+D", window.open_demo),
        ]
        if live:
            begin.append(self._add(menu, self.tr("Start a &live lesson…"), "Ctrl+L", window.choose_live))
        begin.append(self._add(menu, self.tr("What may be &computed…"), "", window.choose_policy))
        menu.addSeparator()
        self._add(menu, self.tr("&Quit"), "Ctrl+Q", window.close)
        menu = bar.addMenu(self.tr("&Lesson"))
        during = [
            self._add(menu, self.tr("&Mark this moment"), "M", window.mark),
            self._add(menu, self.tr("&Stop…"), "Ctrl+R", window.ask_stop),
        ]
        self._paste = self._add(menu, self.tr("&Paste chat lines"), "Ctrl+V", window.paste_chat)
        menu.addSeparator()
        after = [
            self._add(menu, self.tr("Open &report"), "Ctrl+E", window.open_report),
            self._add(menu, self.tr("Show &folder"), "", window.show_folder),
            self._add(menu, self.tr("&Back to start"), "", window.back_to_start),
        ]
        menu = bar.addMenu(self.tr("&View"))
        self.preview = self._toggle(menu, self.tr("&Picture"), "Ctrl+P", window.set_preview, on=True)
        self.tiles = self._toggle(menu, self.tr("&Seat tiles"), "Ctrl+T", window.set_tiles)
        self.projector = self._toggle(menu, self.tr("Projector-&safe"), "F8", window.set_projector_safe)
        self._toggle(menu, self.tr("&Full screen"), "F11", window.set_full_screen)
        self._table = self._add(menu, self.tr("Class line as a &table…"), "Ctrl+Shift+T", window.show_table)
        menu.addSeparator()
        self._add_themes(menu, mode)
        self._add(bar.addMenu(self.tr("&Help")), self.tr("&Keys"), "F1", window.show_keys)
        self._begin, self._during, self._after = begin, during, after

    def update(self, *, running: bool, page: bool, chat: bool) -> None:
        """Enable what can be done now.

        Args:
            running: A lesson runs.
            page: A lesson is shown, running or ended.
            chat: The lesson takes pasted chat lines.
        """
        self._paste.setEnabled(chat)
        self._table.setEnabled(page)
        for action in self._begin:
            action.setEnabled(not running)
        for action in self._during:
            action.setEnabled(running)
        for action in self._after:
            action.setEnabled(page and not running)

    def key_lines(self) -> list[str]:
        """Each key and what it does."""
        native = QKeySequence.SequenceFormat.NativeText
        return [f"{a.shortcut().toString(native)}\t{a.text().replace('&', '')}" for a in self._keyed]

    def _add_themes(self, menu: QMenu, mode: Mode) -> None:
        themes = QActionGroup(self)
        names = {
            Mode.SYSTEM: self.tr("Theme: s&ystem"),
            Mode.LIGHT: self.tr("Theme: &light"),
            Mode.DARK: self.tr("Theme: &dark"),
        }
        for each, name in names.items():
            action = self._toggle(menu, name, "", partial(self._window.set_theme, each))
            themes.addAction(action)
            action.setChecked(each is mode)

    def _add(self, menu: QMenu, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = self._action(menu, text, keys)
        action.triggered.connect(lambda _=False: do())
        return action

    def _toggle(self, menu: QMenu, text: str, keys: str, do: Callable[[bool], object], *, on: bool = False) -> QAction:
        action = self._action(menu, text, keys)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(do)
        return action

    def _action(self, menu: QMenu, text: str, keys: str) -> QAction:
        action = QAction(text, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
            self._keyed.append(action)
        menu.addAction(action)
        return action
