"""Everything that can be done in the window, once: menus, palette, key list and key editor are made from it.

An action is registered with its id, text, keys, group and when it can be done; whoever owns the deed registers it:

    actions.add("lesson.mark", self.tr("&Mark this moment"), self.mark, group=Group.LESSON, keys=("M",),
                enabled=lambda: self.running)

The user's own keys replace the default ones. ``refresh()`` asks every action whether it can be done now; call it when
a lesson begins, pauses or ends. Qt ignores single letters as keys while a text field is typed into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

__all__ = ["Actions", "Entry", "Group", "without_mark"]

_MARK_OF_ITS_OWN = re.compile(r"\(&.\)")  # as Chinese menus have it


def without_mark(text: str) -> str:
    """Return a menu's text without the mark of its letter."""
    return _MARK_OF_ITS_OWN.sub("", text).replace("&", "")


class Group(StrEnum):
    """Menu and heading under which an action stands."""

    FILE = "file"
    LESSON = "lesson"
    MARKS = "marks"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Entry:
    """One action.

    Attributes:
        id: Name that never changes, ``group.deed``; the user's keys are stored under it.
        action: What Qt triggers; its text may hold an ``&`` for the menu.
        group: Where it stands.
        default_keys: Keys before the user chose others, as portable key texts such as ``Ctrl+R``.
        enabled: Whether it can be done now.
        in_menu: Whether it stands in the menus too.
        section: A change of it draws a line in the menu.
    """

    id: str
    action: QAction
    group: Group
    default_keys: tuple[str, ...]
    enabled: Callable[[], bool]
    in_menu: bool
    section: int

    @property
    def text(self) -> str:
        """Text for people, without the menu's mark."""
        return without_mark(self.action.text())

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys in force, as portable key texts."""
        portable = QKeySequence.SequenceFormat.PortableText
        return tuple(keys.toString(portable) for keys in self.action.shortcuts())

    @property
    def shown_keys(self) -> str:
        """Keys in force, as this system writes them."""
        native = QKeySequence.SequenceFormat.NativeText
        return ", ".join(keys.toString(native) for keys in self.action.shortcuts())


class Actions(QObject):
    """The actions of one window, in the order in which they were registered.

    Args:
        parent: The window; keys hold while it has the focus. Another window takes an action along with ``addAction``.
        chosen_keys: The user's keys by action id, where they are not the action's own.

    Attributes:
        recent: Ids of what was done, newest first.

    Signals:
        changed: Keys or actions are others.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, chosen_keys: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(parent)
        self._window = parent
        self._chosen = {name: tuple(keys) for name, keys in (chosen_keys or {}).items()}
        self._entries: dict[str, Entry] = {}
        self.recent: list[str] = []

    def add(
        self,
        id_: str,
        text: str,
        do: Callable[[], object],
        *,
        group: Group,
        keys: Sequence[str] = (),
        enabled: Callable[[], bool] = lambda: True,
        in_menu: bool = True,
        section: int = 0,
    ) -> QAction:
        """Register a deed.

        Args:
            id_: As ``Entry.id``.
            text: Translated text; a ``&`` marks the letter of the menu.
            do: The deed.
            group: As ``Entry.group``.
            keys: As ``Entry.default_keys``.
            enabled: As ``Entry.enabled``.
            in_menu: As ``Entry.in_menu``.
            section: As ``Entry.section``.

        Returns:
            The action, for buttons that trigger it.
        """
        action = self._register(Entry(id_, QAction(text, self), group, tuple(keys), enabled, in_menu, section))
        action.triggered.connect(lambda _=False: do())
        return action

    def add_toggle(
        self,
        id_: str,
        text: str,
        do: Callable[[bool], object],
        *,
        group: Group,
        on: bool = False,
        keys: Sequence[str] = (),
        enabled: Callable[[], bool] = lambda: True,
        in_menu: bool = True,
        section: int = 0,
    ) -> QAction:
        """Register what is on or off; ``do`` is told which, also when the action is set by a program."""
        action = self._register(Entry(id_, QAction(text, self), group, tuple(keys), enabled, in_menu, section))
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(do)
        return action

    def entries(self) -> list[Entry]:
        """All of them, in order."""
        return list(self._entries.values())

    def entry(self, id_: str) -> Entry:
        """The one of this id."""
        return self._entries[id_]

    def action(self, id_: str) -> QAction:
        """What Qt triggers for this id."""
        return self._entries[id_].action

    def refresh(self) -> None:
        """Enable what can be done now."""
        for entry in self._entries.values():
            entry.action.setEnabled(entry.enabled())

    def set_chosen_keys(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Put the user's keys in force; actions that are not named have their own."""
        self._chosen = {name: tuple(keys) for name, keys in chosen.items()}
        for entry in self._entries.values():
            self._put_keys(entry)
        self.changed.emit()

    def chosen_with(self, id_: str, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the user's keys as they would be with these for one action; whoever had one of them loses it.

        Args:
            id_: The action.
            keys: Portable key texts; none takes every key away.
        """
        chosen = dict(self._chosen)
        chosen[id_] = tuple(keys)
        for entry in self._entries.values():
            left = tuple(key for key in entry.keys if key not in keys)
            if entry.id != id_ and left != entry.keys:
                chosen[entry.id] = left
        return {
            name: given
            for name, given in chosen.items()
            if name not in self._entries or given != self._entries[name].default_keys
        }

    def holder(self, key: str) -> Entry | None:
        """Return whose key this is, None when it is free."""
        return next((entry for entry in self._entries.values() if key in entry.keys), None)

    def close(self) -> None:
        """Take all actions out of the window, keys included, because others are to come."""
        for entry in self._entries.values():
            self._window.removeAction(entry.action)
            entry.action.deleteLater()
        self._entries.clear()
        self.deleteLater()

    def _register(self, entry: Entry) -> QAction:
        if entry.id in self._entries:
            raise ValueError(f"the action {entry.id} is registered already")
        self._entries[entry.id] = entry
        self._put_keys(entry)
        entry.action.setEnabled(entry.enabled())
        entry.action.triggered.connect(lambda _=False: self._remember(entry.id))
        self._window.addAction(entry.action)  # keys hold although the action may stand in no menu
        self.changed.emit()
        return entry.action

    def _put_keys(self, entry: Entry) -> None:
        keys = self._chosen.get(entry.id, entry.default_keys)
        entry.action.setShortcuts([QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in keys])

    def _remember(self, id_: str) -> None:
        self.recent = [id_, *(each for each in self.recent if each != id_)]
