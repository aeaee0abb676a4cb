"""What the lesson page is made of and where its parts stand; what they do stays with the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from classroom_analyzer.gui.banner import Banner
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.chat_pane import ChatPane
from classroom_analyzer.gui.class_line import ClassLine
from classroom_analyzer.gui.contribution import ContributionBars
from classroom_analyzer.gui.device_bar import DeviceBar
from classroom_analyzer.gui.live_banners import NudgeBanner, PauseBanner, TroubleBanner, WarningsLine
from classroom_analyzer.gui.note_line import NoteLine
from classroom_analyzer.gui.preview import PreviewView
from classroom_analyzer.gui.seat_tiles import SeatTiles
from classroom_analyzer.gui.strips import Strips
from classroom_analyzer.gui.student_view import StudentView
from classroom_analyzer.gui.talk_share import TalkShare
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme
from classroom_analyzer.gui.why_panel import WhyPanel

__all__ = ["LiveLayout"]

_GAP_PX = SPACE_PX + 4
_SIDE_PX = 264  # least width of the columns left and right


class LiveLayout(QWidget):
    """Picture left, class line or talk in the middle, chat or ``why`` right, devices below; and what students may see.

    Where the window is too narrow for three columns, what else stands left comes below the line.

    Attributes:
        pages: The whole page and the notice for students, one of them shown.
        side: Chat and ``why``, one of them shown.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner, self.paused_banner, self.trouble_banner = Banner(), PauseBanner(), TroubleBanner()
        self.nudge_banner = NudgeBanner()
        self.warnings = WarningsLine()
        self.class_line = ClassLine(theme)
        self.talk = TalkShare(theme)
        self.strips = Strips(theme)
        self.tiles = SeatTiles()
        self.preview = PreviewView(theme)
        self.chat = ChatPane(theme)
        self.why = WhyPanel(theme)
        self.contribution = ContributionBars(theme)
        self.devices = DeviceBar(theme)
        self.note_line = NoteLine()
        self.student = StudentView(theme)
        self.preview_card = Card(self.tr("Picture"))
        self.preview_card.body.addWidget(self.preview)
        self.contribution_card = Card(self.tr("What goes with it"))
        self.contribution_card.body.addWidget(self.contribution)
        self._footer = label(
            self.tr("Built on observable participation. Not a measure of attention, understanding or ability."),
            Role.CAPTION,
            wrap=True,
        )
        self.side = QStackedWidget()
        self.side.addWidget(self.chat)
        self.side.addWidget(self.why)
        self.whole = QWidget()
        self.pages = QStackedLayout(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._left, self._centre = QVBoxLayout(), QVBoxLayout()
        self._fill_left()
        centre = self._centre
        centre.addWidget(self.class_line, 1)
        centre.addWidget(self.talk, 1)
        centre.addWidget(self.strips)
        least = max(_SIDE_PX, self.contribution.minimumSizeHint().width() + 8 * SPACE_PX)
        columns = QHBoxLayout()
        columns.setSpacing(_GAP_PX)
        self._left_side = _scrolled(self._left)
        self._left_side.setMinimumWidth(least)
        self.side.setMinimumWidth(_SIDE_PX)
        columns.addWidget(self._left_side, 4)
        columns.addWidget(_scrolled(centre), 7)
        columns.addWidget(self.side, 3)
        page = QVBoxLayout()
        page.setContentsMargins(2 * SPACE_PX, _GAP_PX, 2 * SPACE_PX, SPACE_PX)
        page.setSpacing(SPACE_PX)
        for widget in (self.banner, self.paused_banner, self.trouble_banner, self.nudge_banner, self.warnings):
            page.addWidget(widget)
        page.addLayout(columns, 1)
        page.addWidget(self._footer)
        page.addWidget(self.note_line)
        whole = QVBoxLayout(self.whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(page, 1)
        whole.addWidget(self.devices)
        self.pages.addWidget(self.whole)
        self.pages.addWidget(self.student)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        narrow = self.width() < self._left_side.minimumWidth() + 2 * _SIDE_PX + 6 * _GAP_PX
        if narrow == self._left_side.isHidden():
            return
        self._left_side.setHidden(narrow)
        if narrow:  # as on a small screen at twice its scale
            for part in (self.preview_card, self.contribution_card, self.tiles):
                self._centre.addWidget(part)
        else:
            self._fill_left()

    def _fill_left(self) -> None:
        while self._left.takeAt(0) is not None:
            pass
        self._left.addWidget(self.preview_card)
        self._left.addWidget(self.contribution_card)
        self._left.addWidget(self.tiles, 100)  # all that is left, where tiles are shown
        self._left.addStretch(1)


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    """A column that scrolls where the window is too low for it, or the text too large."""
    inside = QWidget()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(_GAP_PX)
    inside.setLayout(column)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(inside)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)  # setWidget switched it on
    return scroll
