"""The first page: open a recording, play the demo lesson, or begin a live one where that exists."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.banner import Banner
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.icons import icon
from classroom_analyzer.gui.text import plain
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme, set_role

__all__ = ["StartPage"]

_COLUMN_PX = 520
_BUTTON_PX = 76


class _StartButton(QPushButton):
    """A large button with an icon, a name and a line that says what happens."""

    def __init__(self, theme: Theme, icon_name: str, name: str, what: str, *, primary: bool) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self.setObjectName("start")
        self.setProperty("primary", primary)
        self.setText(name)
        self.setAccessibleName(name.rstrip("…"))
        self.setAccessibleDescription(what)
        set_role(self, Role.HEADING)
        self.setIconSize(QSize(28, 28))
        self.setMinimumHeight(_BUTTON_PX)
        theme.changed.connect(self._colour)
        self._colour()

    def _colour(self) -> None:
        tokens = self._theme.tokens
        self.setIcon(icon(self._icon_name, tokens.on_accent if self.property("primary") else tokens.accent, 28))


class StartPage(QWidget):
    """What a person sees first.

    Signals:
        open_pressed: Choose a recording.
        demo_pressed: Play the bundled lesson.
        live_pressed: Begin a live lesson.
        policy_pressed: Choose the policy.
    """

    open_pressed = Signal()
    demo_pressed = Signal()
    live_pressed = Signal()
    policy_pressed = Signal()

    def __init__(self, theme: Theme, *, live: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner()
        column = QVBoxLayout()
        column.setSpacing(SPACE_PX + 4)
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
        self._add(column, theme, "open", self.tr("Open a recording…"),
                  self.tr("Plays a video or sound file as if it were live."), self.open_pressed, primary=True)  # fmt: skip
        self._add(column, theme, "demo", self.tr("Play the demo lesson"),
                  self.tr("A bundled lesson with drawn people; no camera is used."), self.demo_pressed)  # fmt: skip
        if live:
            self._add(column, theme, "live", self.tr("Start a live lesson…"),
                      self.tr("Camera and microphone of this computer."), self.live_pressed)  # fmt: skip
        column.addSpacing(SPACE_PX)
        self._policy = label("", Role.MUTED, wrap=True)
        column.addWidget(self._policy)
        self._policy_button = QPushButton(self.tr("Choose what may be computed…"))
        self._policy_button.setAccessibleName(self.tr("Choose what may be computed"))
        self._policy_button.clicked.connect(self.policy_pressed)
        column.addWidget(self._policy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._busy = plain(label("", Role.HEADING))
        column.addWidget(self._busy)
        box = QWidget()
        box.setLayout(column)
        box.setFixedWidth(_COLUMN_PX)
        page = QVBoxLayout(self)
        page.setContentsMargins(3 * SPACE_PX, 2 * SPACE_PX, 3 * SPACE_PX, 3 * SPACE_PX)
        page.addWidget(self.banner)
        page.addStretch(1)
        page.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(2)

    def show_policy(self, policy: Policy | None) -> None:
        """Say which policy holds."""
        if policy is None:
            self._policy.setText(self.tr("Nothing but the demo runs before you choose what may be computed."))
        else:
            self._policy.setText(self.tr("Policy: {name}").format(name=policy.value))

    def show_busy(self, text: str) -> None:
        """Say what is being done; an empty text means nothing is."""
        self._busy.setText(text)
        for button in (*self.buttons, self._policy_button):
            button.setEnabled(not text)

    def _add(self, column: QVBoxLayout, theme: Theme, icon_name: str, name: str, what: str, pressed, *, primary=False):
        button = _StartButton(theme, icon_name, "  " + name, what, primary=primary)
        button.setAccessibleName(name.rstrip("…"))
        button.clicked.connect(pressed)
        self.buttons.append(button)
        column.addWidget(button)
        hint = label(what, Role.CAPTION)
        hint.setContentsMargins(4, 0, 0, SPACE_PX)
        column.addWidget(hint)
