"""The first page: open a recording, play the demo lesson, or begin a live one where that exists."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.banner import Banner
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.icons import icon
from classroom_analyzer.gui.sentences import policy_name
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme, set_role

__all__ = ["StartPage"]

_COLUMN_PX = 520  # at the usual size of text
_COLUMN_LETTERS = 64
_ICON_PX = 30


class _StartButton(QPushButton):
    """A large button with an icon, a name and a line that says what happens."""

    def __init__(self, theme: Theme, icon_name: str, name: str, what: str, *, primary: bool) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._name = name
        self._what = what
        self._primary = primary
        self.setObjectName("start")
        self.setProperty("primary", primary)
        self.setAccessibleName(name.rstrip("…"))
        self.setAccessibleDescription(what)
        set_role(self, Role.HEADING)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = self._theme.tokens
        name_colour = tokens.on_accent if self._primary else tokens.text
        what_colour = tokens.on_accent if self._primary else tokens.muted
        icon_colour = tokens.on_accent if self._primary else tokens.accent
        if not self.isEnabled():
            name_colour = what_colour = icon_colour = tokens.muted
        painter = QPainter(self)
        icon(self._icon_name, icon_colour, _ICON_PX).paint(
            painter, 22, (self.height() - _ICON_PX) // 2, _ICON_PX, _ICON_PX
        )
        left = 22 + _ICON_PX + 18
        metrics = self.fontMetrics()
        small = QFont(QApplication.font())
        small.setWeight(QFont.Weight.Normal)  # said outright, else the painter keeps the button's
        top = (self.height() - metrics.height() - QFontMetrics(small).height() - 2) // 2
        width = self.width() - left - 16
        painter.setPen(QColor(name_colour))
        painter.drawText(left, top, width, metrics.height(), Qt.AlignmentFlag.AlignLeft, self._name)
        painter.setFont(small)
        painter.setPen(QColor(what_colour))
        below = top + metrics.height() + 2
        painter.drawText(left, below, width, metrics.height() + 4, Qt.AlignmentFlag.AlignLeft, self._what)


class _Unfinished(QFrame):
    """Says how many lessons were cut off.

    Attributes:
        button: Shows them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._text = label("", Role.BODY, wrap=True)
        self.button = QPushButton(self.tr("Look at them…"))
        self.button.setAccessibleName(self.tr("Look at the lessons that were cut off"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE_PX, SPACE_PX, SPACE_PX, SPACE_PX)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many there are."""
        self._text.setText(self.tr("%n lessons were cut off and can be recovered.", "", count))
        self.setVisible(count > 0)


class StartPage(QWidget):
    """What a person sees first.

    Signals:
        open_pressed: Choose a recording.
        demo_pressed: Play the bundled lesson.
        live_pressed: Begin a live lesson.
        policy_pressed: Choose the policy.
        recovery_pressed: Look at the lessons that were cut off.

    Attributes:
        banner: Messages across the page.
        unfinished: What says that lessons were cut off.
    """

    open_pressed = Signal()
    demo_pressed = Signal()
    live_pressed = Signal()
    policy_pressed = Signal()
    recovery_pressed = Signal()

    def __init__(self, theme: Theme, *, live: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        self._column = column = QVBoxLayout()
        column.setSpacing(SPACE_PX + 4)
        self.unfinished = _Unfinished()
        self.unfinished.button.clicked.connect(self.recovery_pressed)
        column.addWidget(self.unfinished)
        column.addWidget(label(self.tr("Classroom Analyzer"), Role.TITLE))
        column.addWidget(
            label(
                self.tr(
                    "See how a lesson went from what anyone could see, hear and read. All of it stays on this computer."
                ),
                Role.MUTED,
                wrap=True,
            )
        )
        column.addSpacing(2 * SPACE_PX)
        self.buttons: list[QPushButton] = []
        self._add(
            theme, "open", self.tr("Open a recording…"), self.tr("Plays a video or sound file as if it were live."),
            self.open_pressed, primary=True,
        )  # fmt: skip
        self._add(
            theme, "demo", self.tr("Play the demo lesson"),
            self.tr("A bundled lesson with drawn people; no camera is used."), self.demo_pressed,
        )  # fmt: skip
        if live:
            self._add(
                theme, "live", self.tr("Start a live lesson…"),
                self.tr("Uses the camera and the microphone of this computer."), self.live_pressed,
            )  # fmt: skip
        column.addSpacing(SPACE_PX)
        self._policy = label("", Role.MUTED, wrap=True)
        column.addWidget(self._policy)
        self._policy_button = QPushButton(self.tr("Choose what may be computed…"))
        self._policy_button.setAccessibleName(self.tr("Choose what may be computed"))
        self._policy_button.clicked.connect(self.policy_pressed)
        column.addWidget(self._policy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._busy = label("", Role.HEADING)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)  # how long it takes is not known
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(SPACE_PX)
        column.addSpacing(SPACE_PX)
        column.addWidget(self._busy)
        column.addWidget(self._progress)
        self.show_busy("")
        self._box = QWidget()
        self._box.setLayout(column)
        self._fit()
        theme.changed.connect(self._fit)
        middle = QWidget()
        around = QVBoxLayout(middle)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        row = QHBoxLayout()  # an alignment would take the height of wrapped lines for that of one
        row.addStretch(1)
        row.addWidget(self._box)
        row.addStretch(1)
        around.addLayout(row)
        around.addStretch(2)
        scroll = QScrollArea()  # large text needs more room than a small screen has
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(middle)
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * SPACE_PX, 2 * SPACE_PX, 3 * SPACE_PX, 3 * SPACE_PX)
        page.addWidget(self.banner)
        page.addWidget(scroll, 1)

    def show_unfinished(self, count: int) -> None:
        """Say on top how many lessons were cut off; nothing is said of none."""
        self.unfinished.show_count(count)

    def show_policy(self, policy: Policy | None) -> None:
        """Say which policy holds."""
        if policy is None:
            self._policy.setText(self.tr("Nothing but the demo runs before you choose what may be computed."))
        else:
            self._policy.setText(self.tr("Policy: {name}").format(name=policy_name(policy)))

    def show_busy(self, text: str) -> None:
        """Say what is being done; an empty text means nothing is."""
        self._busy.setText(text)
        self._progress.setVisible(bool(text))
        self._progress.setAccessibleName(text)
        for button in (*self.buttons, self._policy_button):
            button.setEnabled(not text)

    def _fit(self) -> None:
        self._box.setFixedWidth(max(_COLUMN_PX, _COLUMN_LETTERS * self._policy.fontMetrics().averageCharWidth()))

    def _add(
        self, theme: Theme, icon_name: str, name: str, what: str, pressed: SignalInstance, *, primary: bool = False
    ) -> None:
        button = _StartButton(theme, icon_name, name, what, primary=primary)
        button.clicked.connect(pressed)
        self.buttons.append(button)
        self._column.addWidget(button)
