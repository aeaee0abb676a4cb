"""The window: start page and lesson page, menus and keys, and the life of one lesson at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QStackedWidget

from classroom_analyzer.domain.chat import ChatTaken
from classroom_analyzer.domain.live import Dashboard, LiveSession
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.banner import Banner
from classroom_analyzer.gui.bridge import SessionBridge
from classroom_analyzer.gui.class_table import ClassTable
from classroom_analyzer.gui.icons import app_icon
from classroom_analyzer.gui.lessons import Lessons, LiveSource
from classroom_analyzer.gui.live_dialog import LiveDialog
from classroom_analyzer.gui.menus import Menus
from classroom_analyzer.gui.policy_dialog import PolicyDialog
from classroom_analyzer.gui.sentences import badge_text
from classroom_analyzer.gui.start_page import StartPage
from classroom_analyzer.gui.text import clock_text, plain, visible_text
from classroom_analyzer.gui.theme import Mode, Theme
from classroom_analyzer.gui.toast import Toast

if TYPE_CHECKING:
    from classroom_analyzer.gui.live_page import LivePage

__all__ = ["MainWindow"]

_MEDIA = "*.mp4 *.mkv *.mov *.webm *.avi *.m4v *.wav *.flac *.mp3 *.m4a *.ogg"


def _live_page_class() -> type[LivePage]:
    # Brings pyqtgraph, which takes half a second and which the start page does without.
    from classroom_analyzer.gui.live_page import LivePage

    return LivePage


class MainWindow(QMainWindow):
    """Holds at most one lesson.

    Attributes:
        start_page: Shown without a lesson.
        live_page: Page of the lesson, None without one.
        toast: Short messages.
    """

    def __init__(self, lessons: Lessons, theme: Theme, live: LiveSource | None = None) -> None:
        super().__init__()
        self._lessons = lessons
        self._theme = theme
        self._live = live
        self._session: LiveSession | None = None
        self._bridge: SessionBridge | None = None
        self._closing = False
        self._background = Background(self)
        self.setWindowTitle(self.tr("Classroom Analyzer"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(1024, 640)
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        self.live_page: LivePage | None = None
        self.start_page = StartPage(theme, live=live is not None)
        self.start_page.open_pressed.connect(self.choose_file)
        self.start_page.demo_pressed.connect(self.open_demo)
        self.start_page.live_pressed.connect(self.choose_live)
        self.start_page.policy_pressed.connect(self.choose_policy)
        self.start_page.show_policy(lessons.policy())
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self.setCentralWidget(self._pages)
        self.toast = Toast(self._pages)
        self._menus = Menus(self, live=live is not None, mode=theme.mode)
        self._update_actions()

    def show_session(self, session: LiveSession) -> None:
        """Show a running lesson on a new page."""
        self._drop_page()
        page = _live_page_class()(self._theme)
        page.devices.mark_pressed.connect(self.mark)
        page.devices.stop_pressed.connect(self.ask_stop)
        page.chat.entry.typed.connect(self.type_chat)
        page.chat.entry.paste_pressed.connect(self.paste_chat)
        page.chat.entry.setVisible(session.takes_chat)
        page.set_tiles_wanted(self._menus.tiles.isChecked())
        page.set_preview_wanted(self._menus.preview.isChecked())
        page.set_projector_safe(self._menus.projector.isChecked())
        self.live_page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()
        self._session = session
        self._bridge = SessionBridge(session, self)
        self._bridge.preview_ready.connect(page.show_preview)
        self._bridge.dashboard_ready.connect(self._show_dashboard)
        self._bridge.finished.connect(self._finished)
        self._bridge.start()
        self._bridge.set_preview_wanted(page.wants_preview)
        self._update_actions()

    def prepare(self) -> None:
        """Load what the first lesson page needs; called once the start page is on screen."""
        _live_page_class()

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

    def mark(self) -> None:
        """Keep a marker at the present time and say so."""
        if self._session is None or self.live_page is None or self.live_page.devices.mark_button.isEnabled() is False:
            return
        t_s = self._session.add_marker("")
        self.live_page.class_line.add_mark(t_s)
        self.toast.show_text(self.tr("Marked at {time}").format(time=clock_text(t_s)))

    def paste_chat(self) -> None:
        """Take the chat lines that are on the clipboard and say what became of them."""
        session = self._session
        if session is None or not session.takes_chat:
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.toast.show_text(self.tr("There is no text on the clipboard."))
        elif not self._background.run(lambda: session.paste_chat(text), self._chat_taken, self._chat_failed):
            self.toast.show_text(self.tr("Still at work; paste again in a moment."))

    def type_chat(self, text: str) -> None:
        """Take a line that the teacher typed."""
        if self._session is not None:
            self._chat_taken(self._session.type_chat(text))

    def ask_stop(self) -> None:
        """Ask before the lesson is ended."""
        if not self._running:
            return
        self._ask(
            self.tr("Stop the lesson?"), self.tr("What was measured so far is kept."), self.tr("Stop"), self._stop
        )

    def back_to_start(self) -> None:
        """Leave a finished lesson."""
        if self._running:
            return
        self._drop_page()
        self._pages.setCurrentWidget(self.start_page)
        self.setWindowTitle(self.tr("Classroom Analyzer"))
        self._update_actions()

    def open_report(self) -> None:
        """Write the report of the finished lesson and open it."""
        page = self.live_page
        lesson = self._session.dashboard().lesson if self._session is not None else None
        if page is None or lesson is None:
            return
        if self._background.run(lambda: self._lessons.report(lesson), self._report_ready, self._report_failed):
            self.toast.show_text(self.tr("Writing the report…"))

    def show_folder(self) -> None:
        """Show the lesson folder in the file manager."""
        lesson = self._session.dashboard().lesson if self._session is not None else None
        if lesson is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(lesson)))

    def show_table(self) -> None:
        """Show the class line as a table."""
        if self._session is not None:
            dashboard = self._session.dashboard()
            table = ClassTable(dashboard.estimates, badge_text(dashboard.warnings), self)
            table.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            table.open()

    def show_fault(self, what: str) -> None:
        """Say that something inside the program failed that it did not foresee."""
        self.start_page.show_busy("")
        page = self.live_page
        banner = self.start_page.banner if page is None else page.banner
        goes_on = self.tr("The lesson goes on.") if self._running else ""
        text = self.tr("{what} {goes_on}").format(what=visible_text(what), goes_on=goes_on)
        banner.show_message(self.tr("A fault inside the program."), text, [(self.tr("Close"), banner.hide)])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        if self._running and not self._closing:
            event.ignore()
            self._ask(
                self.tr("Stop the lesson and close?"),
                self.tr("What was measured so far is kept."),
                self.tr("Stop and close"),
                self._stop_and_close,
            )
            return
        if self._running:
            event.ignore()  # closes by itself once the lesson folder is complete
            return
        if self._bridge is not None:
            self._bridge.stop()
        left_over = self._background.close()
        if left_over is not None and hasattr(left_over, "stop"):
            left_over.stop()
        event.accept()

    @property
    def _running(self) -> bool:
        return self._session is not None and not self._session.dashboard().finished

    def _show_dashboard(self, dashboard: Dashboard) -> None:
        if self.live_page is not None:
            self.live_page.show_dashboard(dashboard)
        if dashboard.lesson is not None:
            name = visible_text(dashboard.lesson.stem)
            self.setWindowTitle(self.tr("{lesson} – Classroom Analyzer").format(lesson=name))

    def _chat_taken(self, taken: ChatTaken) -> None:
        if self.live_page is not None:
            self.live_page.chat.entry.show_taken(taken)

    def _chat_failed(self, error: ClassroomAnalyzerError) -> None:
        self.toast.show_text(visible_text(str(error)))

    def _finished(self, dashboard: Dashboard) -> None:
        if self.live_page is not None:
            self.live_page.chat.entry.hide()
        self._update_actions()
        if self._closing:
            self.close()
            return
        if self.live_page is None:
            return
        actions = [(self.tr("Back to start"), self.back_to_start)]
        if dashboard.lesson is not None:
            actions = [
                (self.tr("Open report"), self.open_report),
                (self.tr("Show folder"), self.show_folder),
                *actions,
            ]
        headline = self.tr("The lesson has ended.")
        text = self.tr("All that was measured is in the lesson folder.") if dashboard.lesson is not None else ""
        if dashboard.error is not None:
            headline = self.tr("The lesson ended early.")
            text = visible_text(dashboard.error)
        self.live_page.banner.show_message(headline, text, actions)

    def _open(self, busy_text: str, begin: Callable[[], LiveSession]) -> None:
        if self._running:
            self.toast.show_text(self.tr("Stop this lesson first."))
            return
        if self._background.run(begin, self._opened, self._open_failed):
            self._drop_page()
            self._pages.setCurrentWidget(self.start_page)
            self.start_page.banner.hide()
            self.start_page.show_busy(busy_text)

    def _opened(self, session: LiveSession) -> None:
        self.start_page.show_busy("")
        self.show_session(session)

    def _open_failed(self, error: ClassroomAnalyzerError) -> None:
        self.start_page.show_busy("")
        self._show_error(self.start_page.banner, self.tr("The lesson could not be opened."), error)

    def _report_ready(self, report: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))
        self.toast.show_text(self.tr("The report is ready."))

    def _report_failed(self, error: ClassroomAnalyzerError) -> None:
        if self.live_page is not None:
            self._show_error(self.live_page.banner, self.tr("The report could not be written."), error)

    def _show_error(self, banner: Banner, headline: str, error: ClassroomAnalyzerError) -> None:
        actions = [(self.tr("Close"), banner.hide)]
        if banner is not self.start_page.banner:
            actions = [(self.tr("Try again"), self.open_report), (self.tr("Show folder"), self.show_folder)]
        banner.show_message(headline, visible_text(str(error)), actions)

    def _stop(self) -> None:
        if self._session is not None:
            self._session.stop()
            self.toast.show_text(self.tr("Closing the lesson folder…"))

    def _stop_and_close(self) -> None:
        self._closing = True
        if self._running:
            self._stop()
        else:
            self.close()

    def _drop_page(self) -> None:
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge.deleteLater()
        if self.live_page is not None:
            self._pages.removeWidget(self.live_page)
            self.live_page.deleteLater()
        self._bridge = self.live_page = self._session = None

    # Dialogs; none blocks the event loop, so that the lesson goes on behind them

    def _ask(self, headline: str, text: str, yes: str, do: Callable[[], None]) -> None:
        box = plain(QMessageBox(QMessageBox.Icon.Question, self.tr("Classroom Analyzer"), headline, parent=self))
        box.setInformativeText(text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Go on"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        accept.clicked.connect(do)
        box.open()

    def _with_policy(self, then: Callable[[], None]) -> None:
        if self._lessons.policy() is None:
            self._show_policy_dialog(then)
        else:
            then()

    def _show_policy_dialog(self, then: Callable[[], None]) -> None:
        dialog = PolicyDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def store() -> None:
            if dialog.place is None or dialog.policy is None:
                return
            try:
                self._lessons.choose_policy(dialog.place, dialog.policy)
            except ClassroomAnalyzerError as error:
                self._show_error(self.start_page.banner, self.tr("The choice could not be stored."), error)
                return
            self.start_page.show_policy(self._lessons.policy())
            then()

        dialog.accepted.connect(store)
        dialog.open()

    def _show_file_dialog(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a recording"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Recordings ({patterns})").format(patterns=_MEDIA), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def _list_devices(self) -> None:
        live = self._live
        if live is not None:
            # A sound server that hangs must not hang the window.
            self._background.run(
                lambda: (live.cameras(), live.microphones()), self._show_live_dialog, self._open_failed
            )

    def _show_live_dialog(self, devices: tuple[list[str], list[str]]) -> None:
        live = self._live
        if live is None:
            return
        dialog = LiveDialog(*devices, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def begin() -> None:
            camera, microphone, chat = dialog.camera, dialog.microphone, dialog.chat
            self._open(self.tr("Opening camera and microphone…"), lambda: live.open(camera, microphone, chat))

        dialog.accepted.connect(begin)
        dialog.open()

    def show_keys(self) -> None:
        """List all keys."""
        box = plain(QMessageBox(QMessageBox.Icon.NoIcon, self.tr("Keys"), self.tr("Keys"), parent=self))
        box.setInformativeText("\n".join(self._menus.key_lines()))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _update_actions(self) -> None:
        takes_chat = self._running and self._session is not None and self._session.takes_chat
        self._menus.update(running=self._running, page=self.live_page is not None, chat=takes_chat)

    def set_preview(self, on: bool) -> None:
        """Show the picture or not."""
        if self.live_page is not None:
            self.live_page.set_preview_wanted(on)
        self._follow_preview()

    def set_tiles(self, on: bool) -> None:
        """Show seat tiles, where the policy keeps seats."""
        if self.live_page is not None:
            self.live_page.set_tiles_wanted(on)

    def set_projector_safe(self, on: bool) -> None:
        """Hide all that tells about single people."""
        if self.live_page is not None:
            self.live_page.set_projector_safe(on)
            self.toast.show_text(self.tr("Projector-safe view") if on else self.tr("Full view"))
        self._follow_preview()

    def _follow_preview(self) -> None:
        if self._bridge is not None and self.live_page is not None:
            self._bridge.set_preview_wanted(self.live_page.wants_preview)

    def set_theme(self, mode: Mode, on: bool) -> None:
        """Use this theme."""
        if on:
            self._theme.set_mode(mode)

    def set_full_screen(self, on: bool) -> None:
        """Fill the screen or give it back."""
        if on:
            self.showFullScreen()
        else:
            self.showNormal()
