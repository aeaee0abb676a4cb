"""The menu bar, made from the registry of actions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QMenuBar

from classroom_analyzer.gui.actions import Actions, Group

__all__ = ["fill_menus", "group_name"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def group_name(group: Group) -> str:
    """Name of a menu, with the mark of its letter."""
    return {
        Group.FILE: translate("menus", "&File"),
        Group.LESSON: translate("menus", "&Lesson"),
        Group.MARKS: translate("menus", "&Marks"),
        Group.VIEW: translate("menus", "&View"),
        Group.HELP: translate("menus", "&Help"),
    }[group]


def fill_menus(bar: QMenuBar, actions: Actions) -> None:
    """Show a menu per group that has an action; whatever the bar held goes."""
    for menu in bar.findChildren(QMenu):
        menu.deleteLater()
    bar.clear()
    for group in Group:
        shown = [entry for entry in actions.entries() if entry.group is group and entry.in_menu]
        shown.sort(key=lambda entry: entry.section)  # sorts stably: within a section the order stays
        if not shown:
            continue
        menu = bar.addMenu(group_name(group))
        section = shown[0].section
        for entry in shown:
            if entry.section != section:
                menu.addSeparator()
                section = entry.section
            menu.addAction(entry.action)
