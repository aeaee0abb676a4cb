"""What can be done with the lesson on the screen, as actions of the registry."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.gui.actions import Actions, Group
from classroom_analyzer.gui.lesson_stage import LessonStage

__all__ = ["add_live_actions"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def add_live_actions(actions: Actions, stage: LessonStage) -> None:
    """Register them; called again when the language changes.

    Args:
        actions: The registry.
        stage: The lesson.
    """
    actions.add(
        "marks.marker", translate("live_actions", "&Mark this moment"), stage.mark,
        group=Group.MARKS, keys=("M",), enabled=lambda: stage.running,
    )  # fmt: skip
    actions.add(
        "lesson.paste_chat", translate("live_actions", "&Paste chat lines"), stage.paste_chat,
        group=Group.LESSON, keys=("Ctrl+V",), enabled=lambda: stage.takes_chat, section=1,
    )  # fmt: skip
    actions.add_toggle(
        "view.preview", translate("live_actions", "&Picture"), stage.set_preview,
        group=Group.VIEW, keys=("Ctrl+P",), on=stage.preview_wanted,
    )  # fmt: skip
    actions.add_toggle(
        "view.tiles", translate("live_actions", "&Seat tiles"), stage.set_tiles,
        group=Group.VIEW, keys=("Ctrl+T",), on=stage.tiles_wanted,
    )  # fmt: skip
    actions.add_toggle(
        "view.projector_safe", translate("live_actions", "Projector-&safe"), stage.set_projector_safe,
        group=Group.VIEW, keys=("F8",), on=stage.projector_safe,
    )  # fmt: skip
    actions.add(
        "view.table", translate("live_actions", "Class line as a &table…"), stage.show_table,
        group=Group.VIEW, keys=("Ctrl+Shift+T",), enabled=lambda: stage.shown, section=1,
    )  # fmt: skip
    actions.add(
        "lesson.report", translate("live_actions", "Open &report"), stage.open_report,
        group=Group.LESSON, keys=("Ctrl+E",), enabled=lambda: stage.shown and not stage.running, section=2,
    )  # fmt: skip
    actions.add(
        "lesson.folder", translate("live_actions", "Show &folder"), stage.show_folder,
        group=Group.LESSON, enabled=lambda: stage.shown and not stage.running, section=2,
    )  # fmt: skip
