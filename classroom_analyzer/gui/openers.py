"""How a lesson begins: the dialogs that ask what and how, and the job that opens it beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from classroom_analyzer.domain.live import LiveSession
from classroom_analyzer.domain.setup import Devices, LiveChoice
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.lessons import Lessons, LiveSource
from classroom_analyzer.gui.live_dialog import LiveDialog
from classroom_analyzer.gui.policy_dialog import PolicyDialog
from classroom_analyzer.gui.text import visible_text

__all__ = ["Openers"]

_MEDIA = "*.mp4 *.mkv *.mov *.webm *.avi *.m4v *.wav *.flac *.mp3 *.m4a *.ogg"


class Openers(QObject):
    """Asks and opens; dialogs do not block the event loop.

    Args:
        window: Parent of the dialogs.
        lessons: Use cases of the application.
        live: Live lessons, None where they cannot be held.
        background: Runs what takes long.

    Signals:
        opening: What is being opened, a sentence for people.
        opened: The ``LiveSession`` that began, and its ``LiveChoice``; None for a recording.
        failed: A headline and the error.
        policy_chosen: Another policy was stored.
    """

    opening = Signal(str)
    opened = Signal(object, object)
    failed = Signal(str, object)
    policy_chosen = Signal()

    def __init__(self, window: QWidget, lessons: Lessons, live: LiveSource | None, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._lessons = lessons
        self._live = live
        self._background = background

    @property
    def live(self) -> bool:
        """Whether live lessons can be held."""
        return self._live is not None

    def choose_file(self) -> None:
        """Let the teacher choose a recording."""
        self._with_policy(self._show_file_dialog)

    def open_file(self, path: Path) -> None:
        """Play a recording as if it were live."""
        self._open(
            self.tr("Opening {name}…").format(name=visible_text(path.name)), lambda: self._lessons.open_file(path)
        )

    def open_demo(self) -> None:
        """Play the bundled lesson."""
        self._open(self.tr("Opening the demo lesson…"), self._lessons.open_demo)

    def choose_live(self) -> None:
        """Let the teacher choose camera and microphone."""
        if self._live is not None:
            self._with_policy(self._list_devices)

    def choose_policy(self) -> None:
        """Show the policy dialog; the choice is stored when it is accepted."""
        self._show_policy_dialog(lambda: None)

    def _open(self, busy_text: str, begin: Callable[[], LiveSession], choice: LiveChoice | None = None) -> None:
        if self._background.run(begin, lambda session: self.opened.emit(session, choice), self._open_failed):
            self.opening.emit(busy_text)

    def _look_again(self, show: Callable[[Devices], None]) -> None:
        if self._live is not None:
            self._background.run(self._live.setup.devices, show, self._open_failed)

    def _open_failed(self, error: ClassroomAnalyzerError) -> None:
        self.failed.emit(self.tr("The lesson could not be opened."), error)

    def _with_policy(self, then: Callable[[], None]) -> None:
        try:
            policy = self._lessons.policy()
        except ClassroomAnalyzerError as error:
            self.failed.emit(self.tr("The choice of policy cannot be read."), error)
            return
        if policy is None:
            self._show_policy_dialog(then)
        else:
            then()

    def _show_policy_dialog(self, then: Callable[[], None]) -> None:
        dialog = PolicyDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def store() -> None:
            if dialog.place is None or dialog.policy is None:
                return
            try:
                self._lessons.choose_policy(dialog.place, dialog.policy)
            except ClassroomAnalyzerError as error:
                self.failed.emit(self.tr("The choice could not be stored."), error)
                return
            self.policy_chosen.emit()
            then()

        dialog.accepted.connect(store)
        dialog.open()

    def _show_file_dialog(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Open a recording"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Recordings ({patterns})").format(patterns=_MEDIA), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def _list_devices(self) -> None:
        if self._live is not None:
            # A sound server that hangs must not hang the window.
            self._background.run(self._live.setup.devices, self._show_live_dialog, self._open_failed)

    def _show_live_dialog(self, devices: Devices) -> None:
        live = self._live
        if live is None:
            return
        try:
            choices = live.setup.choices()
        except ClassroomAnalyzerError as error:
            self._open_failed(error)
            return
        dialog = LiveDialog(devices, choices, self._look_again, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def begin() -> None:
            choice = dialog.choice
            try:
                live.setup.remember(choice)
            except ClassroomAnalyzerError as error:
                self._open_failed(error)
                return
            self._open(self.tr("Opening camera and microphone…"), lambda: live.open(choice), choice)

        dialog.accepted.connect(begin)
        dialog.open()
