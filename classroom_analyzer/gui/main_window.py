"""The window: its pages, and the life of one lesson at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget

from classroom_analyzer.domain.live import Dashboard, LiveSession
from classroom_analyzer.domain.setup import Devices, LiveChoice
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.actions import Actions
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.icons import app_icon
from classroom_analyzer.gui.language import Language
from classroom_analyzer.gui.lesson_stage import LessonStage, load_live_page
from classroom_analyzer.gui.lessons import Lessons, LiveSource
from classroom_analyzer.gui.live_actions import add_live_actions
from classroom_analyzer.gui.live_view import LiveView
from classroom_analyzer.gui.menus import fill_menus
from classroom_analyzer.gui.openers import Openers
from classroom_analyzer.gui.palette import Palette
from classroom_analyzer.gui.preferences import Preferences
from classroom_analyzer.gui.setup_flow import SetupFlow
from classroom_analyzer.gui.shortcuts import KeyList
from classroom_analyzer.gui.start_page import StartPage
from classroom_analyzer.gui.text import plain, visible_text
from classroom_analyzer.gui.theme import Mode, Theme
from classroom_analyzer.gui.toast import Toast
from classroom_analyzer.gui.window_actions import add_window_actions
from classroom_analyzer.settings.schema import Page

if TYPE_CHECKING:
    from classroom_analyzer.gui.live_page import LivePage
    from classroom_analyzer.gui.settings_page import SettingsPage
    from classroom_analyzer.gui.stored_panel import Stored

__all__ = ["MainWindow"]


class MainWindow(QMainWindow):
    """Holds at most one lesson.

    Args:
        lessons: Use cases of the application.
        theme: Colours and size of text.
        live: Live lessons, None where they cannot be held.
        preferences: The user's settings; kept in memory only when None.
        stored: What is kept of past lessons; None where nobody can tell.
        diagnostics: Describes program and machine without names and content; may take seconds. None where it cannot.

    Attributes:
        actions_: Everything that can be done, for menus, palette and keys.
        openers: What begins a lesson.
        stage: The lesson on the screen.
        setup: The wizard, and lessons that were cut off.
        start_page: Shown without a lesson.
        toast: Short messages.
        preferences: The user's settings.
    """

    def __init__(
        self,
        lessons: Lessons,
        theme: Theme,
        live: LiveSource | None = None,
        preferences: Preferences | None = None,
        stored: Stored | None = None,
        diagnostics: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self._lessons = lessons
        self._theme = theme
        self._live = live
        self._stored = stored
        self._diagnostics = diagnostics
        self.preferences = preferences if preferences is not None else Preferences(parent=self)
        self._closing = False
        self._stale = False  # another language was chosen during a lesson
        self._background = Background(self)
        self._devices_job = Background(self)
        self._stored_job = Background(self)
        self._language = Language(self)
        self._language.use(self.preferences.settings.language)
        for name in ("theme", "text_scale", "reduced_motion"):
            self._apply_setting(name)
        self.preferences.changed.connect(self._apply_setting)
        self.setWindowIcon(app_icon())
        # A small screen at twice its scale has fewer points than the least that the pages are made for.
        self.setMinimumSize(QSize(1024, 640).boundedTo(self.screen().availableSize()))
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.toast = Toast(self._pages)
        self.openers = Openers(self, lessons, live, self._background)
        self.openers.opening.connect(self._show_opening)
        self.openers.opened.connect(self._opened)
        self.openers.failed.connect(self._show_failure)
        self.openers.policy_chosen.connect(self._show_policy)
        self.setup = SetupFlow(self, live, theme, self.preferences)
        self.setup.chosen.connect(self._show_policy)
        self.setup.demo_wanted.connect(self.openers.open_demo)
        self.setup.failed.connect(self._show_failure)
        self.stage = LessonStage(self, lessons, theme, self._background, self.toast)
        self.stage.stop_pressed.connect(self.ask_stop)
        self.stage.titled.connect(self._show_title)
        self.stage.ended.connect(self._ended)
        self.stage.changed.connect(self._refresh)
        self._build()
        if self.preferences.problem:
            self._show_damaged()

    @property
    def live_page(self) -> LivePage | None:
        """Page of the lesson, None without one."""
        return self.stage.page

    def show_session(self, session: LiveSession, choice: LiveChoice | None = None) -> None:
        """Show a running lesson on a new page.

        Args:
            session: The lesson.
            choice: As it was asked for; None for a recording.
        """
        page = self.stage.begin(session, self._view(choice))
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
        if self._stale:
            self._speak()
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

    def show_palette(self) -> None:
        """Let the user type what is to be done."""
        palette = Palette(self.actions_, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open()

    def show_keys(self) -> None:
        """List all keys."""
        keys = KeyList(self.actions_, lambda: self.show_settings(Page.SHORTCUTS), self)
        keys.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys.open()

    @property
    def has_diagnostics(self) -> bool:
        """Whether program and machine can be described."""
        return self._diagnostics is not None

    def copy_diagnostics(self) -> None:
        """Put a description of program and machine on the clipboard; it names nobody and holds nothing of a lesson."""
        if self._diagnostics is not None and self._background.run(
            self._diagnostics, self._diagnosed, lambda error: self.toast.show_text(visible_text(str(error)))
        ):
            self.toast.show_text(self.tr("Looking at the machine…"))

    def show_settings(self, page: Page = Page.GENERAL) -> None:
        """Show the settings; a lesson goes on behind them."""
        self.preferences.reload()
        self.settings_page.show_page(page)
        self._pages.setCurrentWidget(self.settings_page)
        self.settings_page.pages.setFocus()

    def leave_settings(self) -> None:
        """Go back to the lesson, or to the start."""
        if self._pages.currentWidget() is self._settings:
            self._pages.setCurrentWidget(self.live_page or self.start_page)

    def set_theme(self, mode: Mode) -> None:
        """Use these colours from now on."""
        try:
            self.preferences.set("theme", mode.value)
        except ClassroomAnalyzerError as error:
            self.toast.show_text(visible_text(str(error)))

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
        self._language.close()
        self.setup.close()
        self._devices_job.close()
        self._stored_job.close()
        left_over = self._background.close()
        if left_over is not None and hasattr(left_over, "stop"):
            left_over.stop()
        event.accept()

    # What is made anew when the language changes

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Classroom Analyzer"))
        self.actions_ = Actions(self, self.preferences.settings.shortcuts)
        add_window_actions(self.actions_, self)
        add_live_actions(self.actions_, self.stage)
        fill_menus(self.menuBar(), self.actions_)
        self.start_page = StartPage(self._theme, live=self.openers.live)
        self.start_page.open_pressed.connect(self.openers.choose_file)
        self.start_page.demo_pressed.connect(self.openers.open_demo)
        self.start_page.live_pressed.connect(self.openers.choose_live)
        self.start_page.policy_pressed.connect(self.openers.choose_policy)
        self.start_page.recovery_pressed.connect(self.setup.show_recovery)
        self.start_page.show_unfinished(self.setup.unfinished)
        self.setup.unfinished_changed.connect(self.start_page.show_unfinished)
        self._pages.addWidget(self.start_page)
        self._settings: SettingsPage | None = None
        self._show_policy()

    @property
    def settings_page(self) -> SettingsPage:
        """All settings; the page is made when it is first asked for, so that the window is there sooner."""
        if self._settings is None:
            from classroom_analyzer.gui.settings_page import SettingsPage
            from classroom_analyzer.gui.stored_panel import StoredPanel

            stored = StoredPanel(self._stored, self._stored_job) if self._stored is not None else None
            page = self._settings = SettingsPage(self.preferences, self.actions_, stored)
            page.back_pressed.connect(self.leave_settings)
            page.policy_pressed.connect(self.openers.choose_policy)
            page.devices_wanted.connect(self._list_devices)
            self._pages.addWidget(page)
        return self._settings

    def _rebuild(self) -> None:
        was_in_settings = self._settings is not None and self._pages.currentWidget() is self._settings
        page = self._settings.page if self._settings is not None else None
        self.actions_.close()
        for old in (self.start_page, self._settings):
            if old is not None:
                self._pages.removeWidget(old)
                old.deleteLater()
        self._build()
        if was_in_settings and page is not None:
            self.show_settings(page)
            self.settings_page.rows["language"].setFocus()

    def _apply_setting(self, name: str) -> None:
        settings = self.preferences.settings
        if name == "theme":
            self._theme.set_mode(Mode(settings.theme))
        elif name == "text_scale":
            self._theme.set_text_scale(settings.text_scale)
        elif name == "reduced_motion":
            self._theme.reduced_motion = settings.reduced_motion
        elif name == "shortcuts":
            self.actions_.set_chosen_keys(settings.shortcuts)
        elif name in ("nudges", "markers", "group_minimum_live") and self.live_page is not None:
            self.live_page.follow_settings(self._view(None))
        elif name == "language":
            self._speak()

    def _speak(self) -> None:
        # A page that is half in one language and half in another helps nobody.
        self._stale = self.stage.shown
        if self._stale:
            self.toast.show_text(self.tr("The language changes when this lesson is left."))
        elif self._language.use(self.preferences.settings.language):
            self._rebuild()

    def _diagnosed(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.toast.show_text(self.tr("The diagnostics are on the clipboard; they hold no names and no content."))

    def _list_devices(self) -> None:
        if self._live is not None:
            # A sound server that hangs must not hang the window.
            self._devices_job.run(self._live.setup.devices, self._show_devices, lambda _error: None)

    def _show_devices(self, devices: Devices) -> None:
        self.settings_page.show_devices(devices)

    def _show_damaged(self) -> None:
        self.start_page.banner.show_message(
            self.tr("The settings cannot be read; the usual ones hold."),
            visible_text(self.preferences.problem),
            [
                (self.tr("Start afresh"), self._start_afresh),
                (self.tr("Close"), self.start_page.banner.hide),
            ],
        )

    def _start_afresh(self) -> None:
        try:
            self.preferences.start_afresh()
        except ClassroomAnalyzerError as error:
            self._show_failure(self.tr("The settings could not be put aside."), error)
        else:
            self.start_page.banner.hide()
            self.openers.choose_policy()

    def _refresh(self) -> None:
        self.actions_.refresh()

    def _show_policy(self) -> None:
        self.preferences.reload()
        self.start_page.show_policy(None if self.preferences.problem else self._lessons.policy())

    # A lesson opens and ends

    def _show_opening(self, busy_text: str) -> None:
        self.stage.leave()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.banner.hide()
        self.start_page.show_busy(busy_text)

    def _opened(self, session: LiveSession, choice: LiveChoice | None) -> None:
        self.start_page.show_busy("")
        self.show_session(session, choice)

    def _view(self, choice: LiveChoice | None) -> LiveView:
        settings = self.preferences.settings
        return LiveView(
            calibration=choice is not None and choice.calibration,
            screen_faces_class=settings.screen_faces_class if choice is None else choice.screen_faces_class,
            nudges=settings.nudges,
            own_markers=settings.markers,
            group_minimum=settings.group_minimum_live,
        )

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
            self.stage.stop(hurry=True)
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
