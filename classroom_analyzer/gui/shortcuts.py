"""All keys: a list to read, and an editor that stores the user's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.gui.actions import Actions, Group, without_mark
from classroom_analyzer.gui.learn_key import LearnKeyDialog
from classroom_analyzer.gui.menus import group_name
from classroom_analyzer.gui.theme import SPACE_PX

__all__ = ["KeyEditor", "KeyList"]

_ID = Qt.ItemDataRole.UserRole


class _KeyTree(QTreeWidget):
    """Actions by group, with their keys."""

    def __init__(self, actions: Actions, *, only_with_keys: bool) -> None:
        super().__init__()
        self._actions = actions
        self._only_with_keys = only_with_keys
        self.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.setAccessibleName(self.tr("Actions and their keys"))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.fill()

    @property
    def chosen(self) -> str | None:
        """Id of the chosen action."""
        item = self.currentItem()
        return item.data(0, _ID) if item is not None else None

    def fill(self) -> None:
        """Show the keys in force; the choice stays."""
        chosen = self.chosen
        self.clear()
        for group in Group:
            shown = [e for e in self._actions.entries() if e.group is group and (e.keys or not self._only_with_keys)]
            if not shown:
                continue
            top = QTreeWidgetItem([without_mark(group_name(group))])
            self.addTopLevelItem(top)
            for entry in shown:
                item = QTreeWidgetItem([entry.text.rstrip("…"), entry.shown_keys])
                item.setData(0, _ID, entry.id)
                top.addChild(item)
                if entry.id == chosen:
                    self.setCurrentItem(item)
        self.expandAll()

    def choose(self, id_: str) -> None:
        """Choose an action."""
        for row in range(self.topLevelItemCount()):
            top = self.topLevelItem(row)
            for child in range(top.childCount() if top is not None else 0):
                item = top.child(child) if top is not None else None
                if item is not None and item.data(0, _ID) == id_:
                    self.setCurrentItem(item)


class KeyList(QDialog):
    """Lists every action that has a key.

    Attributes:
        tree: The list.
    """

    def __init__(self, actions: Actions, change: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setModal(True)
        self.resize(560, 560)
        self.tree = _KeyTree(actions, only_with_keys=True)
        changes = QPushButton(self.tr("Change keys…"))
        changes.setAccessibleName(self.tr("Change keys"))
        changes.setAutoDefault(False)
        changes.clicked.connect(self.accept)
        changes.clicked.connect(change)
        close = QPushButton(self.tr("Close"))
        close.setAccessibleName(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        buttons.addStretch(1)
        buttons.addWidget(changes)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        column.addWidget(self.tree, 1)
        column.addLayout(buttons)


class KeyEditor(QWidget):
    """Gives actions other keys; each change is stored at once.

    Args:
        actions: The registry.
        store: Takes the user's keys by action id, as they are to be from now on; False when they cannot be stored.

    Attributes:
        tree: The list.
        learn_button: Asks for a key more.
        clear_button: Takes all keys away.
        default_button: Gives the action its own keys back.
    """

    def __init__(
        self, actions: Actions, store: Callable[[Mapping[str, tuple[str, ...]]], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._store = store
        self.tree = _KeyTree(actions, only_with_keys=False)
        self.tree.setMinimumHeight(200)  # the buttons below stay in view at 1280x720
        self.learn_button = self._button(self.tr("Learn a key…"), self._learn)
        self.clear_button = self._button(self.tr("No key"), self._clear)
        self.default_button = self._button(self.tr("Usual key"), self._default)
        self.tree.currentItemChanged.connect(lambda _now, _before: self._update())
        self.tree.itemActivated.connect(lambda _item, _column: self._learn())
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        for button in (self.learn_button, self.clear_button, self.default_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addWidget(self.tree, 1)
        column.addLayout(buttons)
        actions.changed.connect(self.tree.fill)
        self._update()

    def _button(self, name: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name.rstrip("…"))
        button.clicked.connect(press)
        return button

    def _update(self) -> None:
        chosen = self.tree.chosen
        entry = self._actions.entry(chosen) if chosen is not None else None
        self.learn_button.setEnabled(entry is not None)
        self.clear_button.setEnabled(entry is not None and bool(entry.keys))
        self.default_button.setEnabled(entry is not None and entry.keys != entry.default_keys)

    def _learn(self) -> None:
        chosen = self.tree.chosen
        if chosen is None:
            return
        dialog = LearnKeyDialog(self._actions, self._actions.entry(chosen), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._give(chosen, (*self._actions.entry(chosen).keys, dialog.key)))
        dialog.open()

    def _clear(self) -> None:
        if self.tree.chosen is not None:
            self._give(self.tree.chosen, ())

    def _default(self) -> None:
        if self.tree.chosen is not None:
            self._give(self.tree.chosen, self._actions.entry(self.tree.chosen).default_keys)

    def _give(self, id_: str, keys: tuple[str, ...]) -> None:
        chosen = self._actions.chosen_with(id_, tuple(dict.fromkeys(keys)))
        if self._store(chosen):
            self._actions.set_chosen_keys(chosen)
        self._update()
