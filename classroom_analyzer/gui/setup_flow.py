"""The wizard and the recovery dialog over the window: when they open, and what becomes of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from classroom_analyzer.domain.recovery import UnfinishedLesson
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.lessons import LiveSource
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.recovery_dialog import RecoveryDialog
from classroom_analyzer.gui.theme import Mode, Theme
from classroom_analyzer.gui.wizard.wizard import Wizard

__all__ = ["SetupFlow"]


class SetupFlow(QObject):
    """Opens both; neither blocks the event loop.

    Args:
        window: Parent of the dialogs.
        live: Live lessons; without them there is nothing to set up.
        theme: Of the window.
        preferences: The user's settings.

    Attributes:
        unfinished: How many lessons wait to be recovered, put off or deleted.

    Signals:
        chosen: The wizard stored its choices.
        demo_wanted: The wizard was skipped for the demo lesson.
        unfinished_changed: How many lessons wait.
        failed: A headline and the error.
    """

    chosen = Signal()
    demo_wanted = Signal()
    unfinished_changed = Signal(int)
    failed = Signal(str, object)

    def __init__(self, window: QWidget, live: LiveSource | None, theme: Theme, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._live = live
        self._theme = theme
        self._preferences = preferences
        self._background = Background(self)
        self.unfinished = 0

    @property
    def available(self) -> bool:
        """Whether there is anything to set up."""
        return self._live is not None

    def show_wizard(self) -> None:
        """Begin the wizard, for the first time or again."""
        if self._live is None:
            return
        try:
            wizard = Wizard(self._live.setup, self._theme, self._choose_language, self._window)
        except ClassroomAnalyzerError as error:
            self.failed.emit(self.tr("The setup cannot be opened."), error)
            return
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wizard.stored.connect(self.chosen)
        wizard.demo_wanted.connect(self.demo_wanted)
        wizard.rejected.connect(self._wear_stored_theme)
        wizard.open()

    def look_for_unfinished(self, *, offer: bool) -> None:
        """Look for lessons that were cut off.

        Args:
            offer: Whether to open the dialog when there are some.
        """
        recovery = self._live.recovery if self._live is not None else None
        if recovery is not None:
            self._background.run(
                recovery.unfinished,
                lambda found: self._found(found, offer=offer),
                lambda error: self.failed.emit(self.tr("The lessons cannot be looked through."), error),
            )

    def show_recovery(self) -> None:
        """Open the dialog with what waits now."""
        self.look_for_unfinished(offer=True)

    def close(self) -> None:
        """Begin nothing any more."""
        self._background.abandon()

    def _found(self, lessons: tuple[UnfinishedLesson, ...], *, offer: bool) -> None:
        self.unfinished = len(lessons)
        self.unfinished_changed.emit(self.unfinished)
        recovery = self._live.recovery if self._live is not None else None
        if not lessons or not offer or recovery is None:
            return
        dialog = RecoveryDialog(recovery, lessons, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _: self.look_for_unfinished(offer=False))
        dialog.open()

    def _choose_language(self, language: str) -> None:
        self._preferences.set("language", language)

    def _wear_stored_theme(self) -> None:
        # The wizard showed its colours at once; left early, it changes nothing.
        self._theme.set_mode(Mode(self._preferences.settings.theme))
