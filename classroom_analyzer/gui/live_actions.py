"""What can be done with the lesson on the screen, as actions of the registry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.gui.actions import Actions, Group
from classroom_analyzer.gui.lesson_stage import LessonStage
from classroom_analyzer.settings.schema import MARKER_KEYS

if TYPE_CHECKING:
    from classroom_analyzer.gui.live_page import LivePage

__all__ = ["add_live_actions"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def add_live_actions(actions: Actions, stage: LessonStage) -> None:
    """Register them; called again when the language changes.

    Args:
        actions: The registry.
        stage: The lesson.
    """
    _add_marks(actions, stage)
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
    _add_views(actions, stage)


def _add_marks(actions: Actions, stage: LessonStage) -> None:
    def add(id_: str, text: str, deed: Callable[[LivePage], object], key: str, *, in_menu: bool = True) -> None:
        actions.add(
            id_, text, partial(_on_page, stage, deed), group=Group.MARKS, keys=(key,),
            enabled=lambda: stage.running, in_menu=in_menu,
        )  # fmt: skip

    add("marks.with_me", translate("live_actions", "The class is &with me"), lambda page: page.with_me(), "W")
    add("marks.lost", translate("live_actions", "The class is &lost"), lambda page: page.lost(), "L")
    add("marks.marker", translate("live_actions", "&Mark this moment"), lambda page: page.mark(), "M")
    add("marks.note", translate("live_actions", "Write a &note…"), lambda page: page.begin_note(), "N")
    add("marks.undo", translate("live_actions", "&Take the newest mark back"), lambda page: page.undo(), "Ctrl+Z")
    for number in range(1, MARKER_KEYS + 1):
        text = translate("live_actions", "Own marker {number}").format(number=number)
        # Partials, because a lambda would see the last number only.
        add(f"marks.own_{number}", text, partial(_mark_own, number), str(number), in_menu=False)
    actions.add(
        "lesson.pause", translate("live_actions", "&Pause or go on"),
        partial(_on_page, stage, lambda page: page.toggle_pause()),
        group=Group.LESSON, keys=("P",), enabled=lambda: stage.running,
    )  # fmt: skip


def _add_views(actions: Actions, stage: LessonStage) -> None:
    def add(id_: str, text: str, deed: Callable[[LivePage], object], key: str) -> None:
        actions.add(
            id_, text, partial(_on_page, stage, deed), group=Group.VIEW, keys=(key,),
            enabled=lambda: stage.shown, section=1,
        )  # fmt: skip

    add(
        "view.why", translate("live_actions", "Why is the class line where it is?"),
        lambda page: page.class_line.ask_why(), "Y",
    )  # fmt: skip
    add(
        "view.students", translate("live_actions", "What s&tudents may see, or everything"),
        lambda page: page.set_student_visible(not page.student_visible), "F7",
    )  # fmt: skip
    add(
        "view.strip", translate("live_actions", "Small strip &above slides, or the window"),
        lambda page: page.set_strip_shown(not page.strip_shown), "F9",
    )  # fmt: skip
    add(
        "view.strip_keyboard", translate("live_actions", "Give the strip the keyboard"),
        lambda page: page.give_strip_keyboard(), "Shift+F9",
    )  # fmt: skip


def _on_page(stage: LessonStage, deed: Callable[[LivePage], object]) -> None:
    if stage.page is not None:
        deed(stage.page)


def _mark_own(number: int, page: LivePage) -> None:
    page.mark_own(number)
