"""One lesson on the screen: its session, its page, what polls it, and what can be done with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from classroom_analyzer.domain.chat import ChatTaken
from classroom_analyzer.domain.live import Dashboard, LiveSession
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.bridge import SessionBridge
from classroom_analyzer.gui.lessons import Lessons
from classroom_analyzer.gui.live_view import LiveView
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import Theme
from classroom_analyzer.gui.toast import Toast

if TYPE_CHECKING:
    from classroom_analyzer.gui.live_page import LivePage

__all__ = ["LessonStage", "load_live_page"]


def load_live_page() -> type[LivePage]:
    """Return the class of the page; it brings pyqtgraph, which takes half a second and which other pages do without."""
    from classroom_analyzer.gui.live_page import LivePage

    return LivePage


class LessonStage(QObject):
    """Holds at most one lesson.

    Args:
        window: What dialogs and the clipboard belong to.
        lessons: Use cases of the application.
        theme: Colours of the page.
        background: Runs what takes long.
        toast: Short messages.

    Attributes:
        page: Page of the lesson, None without one.
        session: The lesson, running or ended; None without one.
        preview_wanted: Whether the picture is to be shown.
        tiles_wanted: Whether seat tiles are to be shown where the policy keeps seats.
        projector_safe: Whether nothing is to be shown that tells about single people.

    Signals:
        changed: A lesson began, ended or was left: ask again what can be done.
        stop_pressed: The page's stop button.
        titled: The lesson's folder has a name.
        ended: The last dashboard of a lesson that was not left before.
    """

    changed = Signal()
    stop_pressed = Signal()
    titled = Signal(str)
    ended = Signal(object)

    def __init__(self, window: QWidget, lessons: Lessons, theme: Theme, background: Background, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._lessons = lessons
        self._theme = theme
        self._background = background
        self._toast = toast
        self._bridge: SessionBridge | None = None
        self.page: LivePage | None = None
        self.session: LiveSession | None = None
        self.preview_wanted = True
        self.tiles_wanted = False
        self.projector_safe = False

    @property
    def running(self) -> bool:
        """Whether a lesson runs."""
        return self.session is not None and not self.session.dashboard().finished

    @property
    def shown(self) -> bool:
        """Whether a lesson is on the screen, running or ended."""
        return self.page is not None

    @property
    def takes_chat(self) -> bool:
        """Whether lines can be pasted and typed now."""
        return self.session is not None and self.running and self.session.takes_chat

    def begin(self, session: LiveSession, view: LiveView | None = None) -> LivePage:
        """Show a running lesson on a new page; return the page, which the caller puts on the screen.

        Args:
            session: The lesson.
            view: What of it may be seen.
        """
        self.leave()
        page = load_live_page()(self._theme)
        page.devices.stop_pressed.connect(self.stop_pressed)
        page.chat.entry.typed.connect(self.type_chat)
        page.chat.entry.paste_pressed.connect(self.paste_chat)
        page.chat.entry.setVisible(session.takes_chat)
        page.set_tiles_wanted(self.tiles_wanted)
        page.set_preview_wanted(self.preview_wanted)
        page.set_projector_safe(self.projector_safe)
        page.begin(session, view, self._toast)
        page.preview_wanted_changed.connect(self._follow_preview)
        page.view_changed.connect(self.changed)
        self.page = page
        self.session = session
        return page

    def follow(self) -> None:
        """Poll the lesson whose page is on the screen now."""
        page, session = self.page, self.session
        if page is None or session is None:
            return
        self._bridge = SessionBridge(session, self)
        self._bridge.preview_ready.connect(page.show_preview)
        self._bridge.dashboard_ready.connect(self._show_dashboard)
        self._bridge.finished.connect(self._finished)
        self._bridge.start()
        self._bridge.set_preview_wanted(page.wants_preview)
        self.changed.emit()

    def leave(self) -> None:
        """Forget the lesson and its page; it goes on if it still runs."""
        if self._bridge is not None:
            self._bridge.stop()
            self._bridge.deleteLater()
        if self.page is not None:
            self._toast.hide()  # what it offers to undo belongs to that page
            self.page.close_strip()
            self.page.deleteLater()
        self._bridge = self.page = self.session = None
        self.changed.emit()

    def close(self) -> None:
        """End polling and take the strip away."""
        if self._bridge is not None:
            self._bridge.stop()
        if self.page is not None:
            self.page.close_strip()

    # What can be done with it

    def stop(self, *, hurry: bool = False) -> None:
        """End the lesson; in a hurry what waits for the models is left out."""
        if self.session is not None:
            self.session.stop(hurry=hurry)
            self._toast.show_text(self.tr("Closing the lesson folder…"))

    def paste_chat(self) -> None:
        """Take the chat lines that are on the clipboard and say what became of them."""
        session = self.session
        if session is None or not session.takes_chat:
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._toast.show_text(self.tr("There is no text on the clipboard."))
        elif not self._background.run(lambda: session.paste_chat(text), self._chat_taken, self._chat_failed):
            self._toast.show_text(self.tr("Still at work; paste again in a moment."))

    def type_chat(self, text: str) -> None:
        """Take a line that the teacher typed."""
        if self.session is not None:
            self._chat_taken(self.session.type_chat(text))

    def open_report(self) -> None:
        """Write the report of the finished lesson and open it."""
        lesson = self._folder()
        if lesson is not None and self._background.run(
            lambda: self._lessons.report(lesson), self._report_ready, self._report_failed
        ):
            self._toast.show_text(self.tr("Writing the report…"))

    def show_folder(self) -> None:
        """Show the lesson folder in the file manager."""
        lesson = self._folder()
        if lesson is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(lesson)))

    def show_table(self) -> None:
        """Show the class line and the strips as a table."""
        table = self.page.table(self._window) if self.page is not None else None
        if table is not None:
            table.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            table.open()

    def set_preview(self, on: bool) -> None:
        """Show the picture or not."""
        self.preview_wanted = on
        if self.page is not None:
            self.page.set_preview_wanted(on)
        self._follow_preview()

    def set_tiles(self, on: bool) -> None:
        """Show seat tiles, where the policy keeps seats."""
        self.tiles_wanted = on
        if self.page is not None:
            self.page.set_tiles_wanted(on)

    def set_projector_safe(self, on: bool) -> None:
        """Hide all that tells about single people."""
        self.projector_safe = on
        if self.page is not None:
            self.page.set_projector_safe(on)
            self._toast.show_text(self.tr("Projector-safe view") if on else self.tr("Full view"))
        self._follow_preview()

    def _folder(self) -> Path | None:
        return self.session.dashboard().lesson if self.session is not None else None

    def _follow_preview(self) -> None:
        if self._bridge is not None and self.page is not None:
            self._bridge.set_preview_wanted(self.page.wants_preview)

    def _show_dashboard(self, dashboard: Dashboard) -> None:
        if self.page is not None:
            self.page.show_dashboard(dashboard)
        if dashboard.lesson is not None:
            self.titled.emit(visible_text(dashboard.lesson.stem))

    def _finished(self, dashboard: Dashboard) -> None:
        if self.page is not None:
            self.page.chat.entry.hide()
        self.changed.emit()
        self.ended.emit(dashboard)

    def _chat_taken(self, taken: ChatTaken) -> None:
        if self.page is not None:
            self.page.chat.entry.show_taken(taken)

    def _chat_failed(self, error: ClassroomAnalyzerError) -> None:
        self._toast.show_text(visible_text(str(error)))

    def _report_ready(self, report: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))
        self._toast.show_text(self.tr("The report is ready."))

    def _report_failed(self, error: ClassroomAnalyzerError) -> None:
        if self.page is not None:
            self.page.banner.show_message(
                self.tr("The report could not be written."),
                visible_text(str(error)),
                [(self.tr("Try again"), self.open_report), (self.tr("Show folder"), self.show_folder)],
            )
