"""What can be done with the window itself, as actions of the registry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from classroom_analyzer.gui.actions import Actions, Group
from classroom_analyzer.gui.palette import OWN_ID as PALETTE_ID
from classroom_analyzer.gui.theme import Mode

if TYPE_CHECKING:
    from classroom_analyzer.gui.main_window import MainWindow

__all__ = ["add_window_actions"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def add_window_actions(actions: Actions, window: MainWindow) -> None:
    """Register them; called again when the language changes."""
    stage, openers = window.stage, window.openers

    def idle() -> bool:
        return not stage.running

    actions.add(
        "file.open", translate("window_actions", "&Open a recording…"), openers.choose_file,
        group=Group.FILE, keys=("Ctrl+O",), enabled=idle,
    )  # fmt: skip
    actions.add(
        "file.demo", translate("window_actions", "Play the &demo lesson"), openers.open_demo,
        group=Group.FILE, keys=("Ctrl+D",), enabled=idle,
    )  # fmt: skip
    if openers.live:
        actions.add(
            "file.live", translate("window_actions", "Start a &live lesson…"), openers.choose_live,
            group=Group.FILE, keys=("Ctrl+L",), enabled=idle,
        )  # fmt: skip
    actions.add(
        "file.policy", translate("window_actions", "What may be &computed…"), openers.choose_policy,
        group=Group.FILE, enabled=idle, section=1,
    )  # fmt: skip
    actions.add(
        "file.settings", translate("window_actions", "S&ettings…"), window.show_settings,
        group=Group.FILE, keys=("Ctrl+,",), section=1,
    )  # fmt: skip
    actions.add(
        "file.quit", translate("window_actions", "&Quit"), window.close, group=Group.FILE, keys=("Ctrl+Q",), section=2
    )
    actions.add(
        "lesson.start_stop", translate("window_actions", "&Start or stop a lesson…"), window.start_or_stop,
        group=Group.LESSON, keys=("Ctrl+R",), enabled=lambda: stage.running or openers.live,
    )  # fmt: skip
    actions.add(
        "lesson.back", translate("window_actions", "&Back to start"), window.back_to_start,
        group=Group.LESSON, enabled=lambda: stage.shown and idle(), section=3,
    )  # fmt: skip
    actions.add_toggle(
        "view.full_screen", translate("window_actions", "&Full screen"), window.set_full_screen,
        group=Group.VIEW, keys=("F11",), on=window.isFullScreen(), section=2,
    )  # fmt: skip
    actions.add(
        PALETTE_ID, translate("window_actions", "Find a &command…"), window.show_palette,
        group=Group.HELP, keys=("Ctrl+K",),
    )  # fmt: skip
    if window.setup.available:
        actions.add(
            "help.setup", translate("window_actions", "Set &up again…"), window.setup.show_wizard,
            group=Group.HELP, enabled=idle,
        )  # fmt: skip
    actions.add("help.keys", translate("window_actions", "&Keys"), window.show_keys, group=Group.HELP, keys=("F1",))
    if window.has_diagnostics:
        actions.add(
            "help.diagnostics", translate("window_actions", "Copy &diagnostics"), window.copy_diagnostics,
            group=Group.HELP, section=1,
        )  # fmt: skip
    for mode, text in (
        (Mode.SYSTEM, translate("window_actions", "Theme: as the s&ystem")),
        (Mode.LIGHT, translate("window_actions", "Theme: &light")),
        (Mode.DARK, translate("window_actions", "Theme: &dark")),
    ):
        actions.add(
            f"view.theme_{mode}", text, partial(window.set_theme, mode),
            group=Group.VIEW, section=3,
        )  # fmt: skip
