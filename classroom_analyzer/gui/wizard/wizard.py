"""The dialog around the seven pages: Back always works, Escape leaves, the demo lesson is one key away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.cards import label, rule
from classroom_analyzer.gui.lessons import Setup
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Mode, Role, Theme
from classroom_analyzer.gui.wizard.language_page import LanguagePage
from classroom_analyzer.gui.wizard.notice_page import NoticePage
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage
from classroom_analyzer.gui.wizard.picture_page import PicturePage
from classroom_analyzer.gui.wizard.policy_page import PolicyPage
from classroom_analyzer.gui.wizard.releasing import Releasing
from classroom_analyzer.gui.wizard.self_test_page import SelfTestPage
from classroom_analyzer.gui.wizard.sound_page import SoundPage
from classroom_analyzer.gui.wizard.storage_page import StoragePage

__all__ = ["Wizard"]

_SIZE = QSize(880, 640)
_PAGES = (LanguagePage, PolicyPage, PicturePage, SoundPage, StoragePage, NoticePage, SelfTestPage)


class Wizard(QDialog):
    """Asks page by page and stores all choices when it is finished; leaving it early stores none.

    Args:
        setup: What it runs on.
        theme: Of the window.
        choose_language: Makes the window speak another language, where that can be done at once.
        parent: The window.

    Attributes:
        choices: As far as they were made.
        pages: The seven pages.

    Signals:
        stored: All was chosen and stored.
        demo_wanted: The person skipped it for the demo lesson.
    """

    stored = Signal()
    demo_wanted = Signal()

    def __init__(
        self,
        setup: Setup,
        theme: Theme,
        choose_language: Callable[[str], None] = lambda _: None,
        parent: QWidget | None = None,
    ) -> None:
        choices = setup.choices()  # may raise; no dialog is made then
        super().__init__(parent)
        self._setup = setup
        self._choose_language = choose_language
        self.choices = choices
        self._releasing = Releasing()
        self._theme = theme
        self.setModal(True)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * SPACE_PX, 2 * SPACE_PX, 3 * SPACE_PX, 2 * SPACE_PX)
        self._column.setSpacing(SPACE_PX)
        self._frame: QWidget | None = None
        self._index = 0
        self._first_run = self.choices.policy is None
        self._build()

    @property
    def page(self) -> WizardPage:
        """The page that is shown."""
        return self.pages[self._index]

    @property
    def index(self) -> int:
        """Its place, from 0."""
        return self._index

    def go_next(self) -> None:
        """Show the next page; on the last one store all and close."""
        if not self.page.complete:
            return
        self.choices = self.page.made(self.choices)
        if self._index == len(self.pages) - 1:
            self._finish()
            return
        self._turn(self._index + 1)

    def go_back(self) -> None:
        """Show the page before; what this one asks is kept."""
        if self._index:
            self.choices = self.page.made(self.choices)
            self._turn(self._index - 1)

    def skip(self) -> None:
        """Leave for the demo lesson; nothing is stored."""
        self.reject()
        self.demo_wanted.emit()

    def done(self, result: int) -> None:  # noqa: D102
        self.page.leave()
        for page in self.pages:
            page.shut()
        self._releasing.close()
        super().done(result)

    def _build(self) -> None:
        """Make all words; again when the language changes."""
        self.setWindowTitle(self.tr("Set up Classroom Analyzer"))
        if self._frame is not None:
            self._column.removeWidget(self._frame)
            self._frame.deleteLater()
        self._frame = QWidget()
        context = WizardContext(
            self._setup, self._theme, self._releasing, self._take_theme, self._take_language, self._first_run
        )
        self.pages: tuple[WizardPage, ...] = tuple(make(context) for make in _PAGES)
        self._title = label("", Role.TITLE, wrap=True)
        self._step = label("", Role.MUTED)
        self._steps = QProgressBar()
        self._steps.setRange(0, len(self.pages))
        self._steps.setTextVisible(False)
        self._steps.setFixedHeight(SPACE_PX // 2)
        self._stack = QStackedWidget()
        for page in self.pages:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setWidget(page)
            page.changed.connect(self._update)
            page.satisfied.connect(self._focus_next)
            self._stack.addWidget(area)
        self._error = label("", Role.BODY, wrap=True)
        self._error.hide()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._step)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addLayout(head)
        column.addWidget(self._steps)
        column.addWidget(self._stack, 1)
        column.addWidget(rule())
        column.addWidget(self._error)
        column.addLayout(self._make_buttons())
        self._column.addWidget(self._frame)
        self.next_button.setDefault(True)  # Enter goes on; only a button inside the dialog can be that
        self._turn(self._index)

    def _make_buttons(self) -> QHBoxLayout:
        self.skip_button = self._button(self.tr("Skip: play the demo lesson"), self.skip)
        self.back_button = self._button(self.tr("Back"), self.go_back)
        self.next_button = self._button(self.tr("Next"), self.go_next)
        self.next_button.setProperty("primary", True)
        row = QHBoxLayout()
        row.setSpacing(SPACE_PX)
        row.addWidget(self.skip_button)
        row.addStretch(1)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        return row

    def _button(self, name: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: press())
        return button

    def _turn(self, index: int) -> None:
        if index != self._index:
            self.page.leave()
        self._index = index
        page = self.page
        self._stack.setCurrentIndex(index)
        self._title.setText(page.title)
        self._step.setText(self.tr("Step {number} of {all}").format(number=index + 1, all=len(self.pages)))
        self._steps.setValue(index + 1)
        self._steps.setAccessibleName(self._step.text())
        self.back_button.setEnabled(index > 0)
        last = index == len(self.pages) - 1
        self.next_button.setText(self.tr("Finish") if last else self.tr("Next"))
        self.next_button.setAccessibleName(self.next_button.text())
        self._error.hide()
        page.enter(self.choices)
        self._update()
        # The page is shown by then, and only what is shown takes the keyboard.
        QTimer.singleShot(0, page, self._focus)

    def _focus(self) -> None:
        field = self.page.first_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_next(self) -> None:
        self.next_button.setFocus()

    def _update(self) -> None:
        self.next_button.setEnabled(self.page.complete)

    def _finish(self) -> None:
        try:
            self._setup.store(self.choices)
        except ClassroomAnalyzerError as error:
            self._error.setText(
                self.tr("The choices could not be stored: {reason}").format(reason=visible_text(str(error)))
            )
            self._error.show()
            return
        self.accept()
        self.stored.emit()

    def _take_theme(self, theme: str) -> None:
        self.choices = self.page.made(self.choices)
        self._theme.set_mode(Mode(theme))

    def _take_language(self, language: str) -> None:
        self.choices = self.page.made(self.choices)
        self._choose_language(language)
        # After the button that was pressed is done with its own click.
        QTimer.singleShot(0, self, self._build)
