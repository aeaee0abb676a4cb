"""The window: its pages, and the life of one lesson at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget

from classroom_analyzer.domain.live import Dashboard, LiveSession
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.actions import Actions
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.icons import app_icon
from classroom_analyzer.gui.lesson_stage import LessonStage, load_live_page
from classroom_analyzer.gui.lessons import Lessons, LiveSource
from classroom_analyzer.gui.live_actions import add_live_actions
from classroom_analyzer.gui.menus import fill_menus
from classroom_analyzer.gui.openers import Openers
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.start_page import StartPage
from classroom_analyzer.gui.text import plain, visible_text
from classroom_analyzer.gui.theme import Theme
from classroom_analyzer.gui.toast import Toast
from classroom_analyzer.gui.window_actions import add_window_actions

if TYPE_CHECKING:
    from classroom_analyzer.gui.live_page import LivePage

__all__ = ["MainWindow"]


class MainWindow(QMainWindow):
    """Holds at most one lesson.

    Attributes:
        actions_: Everything that can be done, for menus, palette and keys.
        openers: What begins a lesson.
        stage: The lesson on the screen.
        start_page: Shown without a lesson.
        toast: Short messages.
        preferences: The user's settings.
    """

    def __init__(
        self, lessons: Lessons, theme: Theme, live: LiveSource | None = None, preferences: Preferences | None = None
    ) -> None:
        super().__init__()
        self._lessons = lessons
        self._theme = theme
        self.preferences = preferences if preferences is not None else Preferences(parent=self)
        self._closing = False
        self._background = Background(self)
        self.setWindowTitle(self.tr("Classroom Analyzer"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(1024, 640)
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.toast = Toast(self._pages)
        self.openers = Openers(self, lessons, live, self._background)
        self.openers.opening.connect(self._show_opening)
        self.openers.opened.connect(self._opened)
        self.openers.failed.connect(self._show_failure)
        self.openers.policy_chosen.connect(self._show_policy)
        self.stage = LessonStage(self, lessons, theme, self._background, self.toast)
        self.stage.stop_pressed.connect(self.ask_stop)
        self.stage.titled.connect(self._show_title)
        self.stage.ended.connect(self._ended)
        self.stage.changed.connect(self._refresh)
        self._build()

    @property
    def live_page(self) -> LivePage | None:
        """Page of the lesson, None without one."""
        return self.stage.page

    def show_session(self, session: LiveSession) -> None:
        """Show a running lesson on a new page."""
        page = self.stage.begin(session)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()
        self.stage.follow()

    def prepare(self) -> None:
        """Load what the first lesson page needs; called once the start page is on screen."""
        load_live_page()

    def start_or_stop(self) -> None:
        """Begin a live lesson, or ask before the running one is ended."""
        if self.stage.running:
            self.ask_stop()
        else:
            self.openers.choose_live()

    def ask_stop(self) -> None:
        """Ask before the lesson is ended."""
        if self.stage.running:
            self._ask(
                self.tr("Stop the lesson?"),
                self.tr("What was measured so far is kept."),
                self.tr("Stop"),
                self.stage.stop,
            )

    def back_to_start(self) -> None:
        """Leave a finished lesson."""
        if self.stage.running:
            return
        self.stage.leave()
        self._pages.setCurrentWidget(self.start_page)
        self.setWindowTitle(self.tr("Classroom Analyzer"))

    def show_fault(self, what: str) -> None:
        """Say that something inside the program failed that it did not foresee."""
        self.start_page.show_busy("")
        page = self.live_page
        banner = self.start_page.banner if page is None else page.banner
        text = visible_text(what)
        if self.stage.running:
            text = self.tr("{what} The lesson goes on.").format(what=text)
        banner.show_message(self.tr("A fault inside the program."), text, [(self.tr("Close"), banner.hide)])

    def set_full_screen(self, on: bool) -> None:
        """Fill the screen or give it back."""
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        if self.stage.running and not self._closing:
            event.ignore()
            self._ask(
                self.tr("Stop the lesson and close?"),
                self.tr("What was measured so far is kept."),
                self.tr("Stop and close"),
                self._stop_and_close,
            )
            return
        if self.stage.running:
            event.ignore()  # closes by itself once the lesson folder is complete
            return
        self.stage.close()
        left_over = self._background.close()
        if left_over is not None and hasattr(left_over, "stop"):
            left_over.stop()
        event.accept()

    # What is made anew when the language changes

    def _build(self) -> None:
        self.actions_ = Actions(self, self.preferences.settings.shortcuts)
        add_window_actions(self.actions_, self)
        add_live_actions(self.actions_, self.stage)
        fill_menus(self.menuBar(), self.actions_)
        self.start_page = StartPage(self._theme, live=self.openers.live)
        self.start_page.open_pressed.connect(self.openers.choose_file)
        self.start_page.demo_pressed.connect(self.openers.open_demo)
        self.start_page.live_pressed.connect(self.openers.choose_live)
        self.start_page.policy_pressed.connect(self.openers.choose_policy)
        self._pages.addWidget(self.start_page)
        self._show_policy()

    def _refresh(self) -> None:
        self.actions_.refresh()

    def _show_policy(self) -> None:
        self.start_page.show_policy(self._lessons.policy())

    # A lesson opens and ends

    def _show_opening(self, busy_text: str) -> None:
        self.stage.leave()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.banner.hide()
        self.start_page.show_busy(busy_text)

    def _opened(self, session: LiveSession) -> None:
        self.start_page.show_busy("")
        self.show_session(session)

    def _show_failure(self, headline: str, error: ClassroomAnalyzerError) -> None:
        self.start_page.show_busy("")
        banner = self.start_page.banner
        banner.show_message(headline, visible_text(str(error)), [(self.tr("Close"), banner.hide)])

    def _show_title(self, name: str) -> None:
        self.setWindowTitle(self.tr("{lesson} – Classroom Analyzer").format(lesson=name))

    def _ended(self, dashboard: Dashboard) -> None:
        if self._closing:
            self.close()
            return
        if self.live_page is None:
            return
        actions: list[tuple[str, Callable[[], None]]] = [(self.tr("Back to start"), self.back_to_start)]
        if dashboard.lesson is not None:
            actions = [
                (self.tr("Open report"), self.stage.open_report),
                (self.tr("Show folder"), self.stage.show_folder),
                *actions,
            ]
        headline = self.tr("The lesson has ended.")
        text = self.tr("All that was measured is in the lesson folder.") if dashboard.lesson is not None else ""
        if dashboard.error is not None:
            headline = self.tr("The lesson ended early.")
            text = visible_text(dashboard.error)
        self.live_page.banner.show_message(headline, text, actions)

    def _stop_and_close(self) -> None:
        self._closing = True
        if self.stage.running:
            self.stage.stop()
        else:
            self.close()

    def _ask(self, headline: str, text: str, yes: str, do: Callable[[], None]) -> None:
        # Does not block the event loop: the lesson goes on behind it.
        box = plain(QMessageBox(QMessageBox.Icon.Question, self.tr("Classroom Analyzer"), headline, parent=self))
        box.setInformativeText(text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Go on"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        accept.clicked.connect(do)
        box.open()
