"""The command palette: type a few letters, press Enter, and it is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from classroom_analyzer.gui.actions import Actions, Entry, without_mark
from classroom_analyzer.gui.fuzzy import best_matches
from classroom_analyzer.gui.menus import group_name
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX

__all__ = ["OWN_ID", "Palette"]

OWN_ID = "help.palette"  # nobody looks here for what is open already
_WIDTH_PX, _HEIGHT_PX = 560, 420
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """Lists what can be done now, what was done last first.

    Attributes:
        line: What is looked for.
        list: What was found; the keys stand beside it.
    """

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(self.tr("Commands"))
        self.setModal(True)
        self.resize(_WIDTH_PX, _HEIGHT_PX)
        self.line = QLineEdit()
        self.line.setMinimumHeight(TARGET_PX)
        self.line.setPlaceholderText(self.tr("Type what you want to do"))
        self.line.setAccessibleName(self.tr("What you want to do"))
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("Commands found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line keeps the focus and moves the choice
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemClicked.connect(lambda _item, _column: self._run())
        self.line.returnPressed.connect(self._run)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_PX, SPACE_PX, SPACE_PX, SPACE_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.list.ensurePolished()  # rows are measured when they are added
        self._fill("")
        self.line.setFocus()

    def found(self) -> list[str]:
        """Ids of what is listed, in order."""
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self._items()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.list.event(event)
            return True
        return False

    def _items(self) -> list[QTreeWidgetItem]:
        tops = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in tops if item is not None]

    def _fill(self, query: str) -> None:
        able = [e for e in self._actions.entries() if e.action.isEnabled() and e.id != OWN_ID]
        recent = self._actions.recent
        able.sort(key=lambda e: recent.index(e.id) if e.id in recent else len(recent))
        self.list.clear()
        for entry in best_matches(query, able, self._text) if query.strip() else able:
            item = QTreeWidgetItem([self._text(entry), entry.shown_keys])
            item.setData(0, Qt.ItemDataRole.UserRole, entry.id)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _text(self, entry: Entry) -> str:
        group = without_mark(group_name(entry.group))
        text = self.tr("{group}: {command}").format(group=group, command=entry.text.rstrip("…"))
        if entry.action.isCheckable():
            state = self.tr("on") if entry.action.isChecked() else self.tr("off")
            text = self.tr("{command} ({state})").format(command=text, state=state)
        return text

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        action = self._actions.action(item.data(0, Qt.ItemDataRole.UserRole))
        self.accept()  # first, so that what the action opens is not below this
        action.trigger()
