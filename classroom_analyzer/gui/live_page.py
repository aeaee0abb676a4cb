"""The page of a running lesson: picture left, class line or talk in the middle, chat right, devices below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from classroom_analyzer.domain.live import Dashboard, Preview
from classroom_analyzer.gui.banner import Banner
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.chat_pane import ChatPane
from classroom_analyzer.gui.class_line import ClassLine
from classroom_analyzer.gui.contribution import ContributionBars
from classroom_analyzer.gui.device_bar import DeviceBar
from classroom_analyzer.gui.indicators import IndicatorStrip
from classroom_analyzer.gui.preview import PreviewView
from classroom_analyzer.gui.seat_tiles import SeatTiles
from classroom_analyzer.gui.sentences import badge_text
from classroom_analyzer.gui.talk_share import TalkShare
from classroom_analyzer.gui.text import escaped_tooltip, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["LivePage"]

_GAP_PX = SPACE_PX + 4
_SIDE_PX = 264  # least width of the columns left and right


class LivePage(QWidget):
    """Shows one lesson; a new lesson gets a new page.

    Attributes:
        banner: Messages with buttons.
        devices: Bottom bar with mark and stop.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._projector_safe = False
        self._wants_tiles = False
        self._wants_preview = True
        self._dashboard: Dashboard | None = None
        self.banner = Banner()
        self.warnings = label("", Role.CAPTION, wrap=True)
        self.warnings.hide()
        self.class_line = ClassLine(theme)
        self.talk = TalkShare(theme)
        self.indicators = IndicatorStrip()
        self.tiles = SeatTiles()
        self.preview = PreviewView(theme)
        self.chat = ChatPane(theme)
        self.contribution = ContributionBars(theme)
        self.devices = DeviceBar(theme)
        self.preview_card = Card(self.tr("Picture"))
        self.preview_card.body.addWidget(self.preview)
        self.contribution_card = Card(self.tr("What goes with it"))
        self.contribution_card.body.addWidget(self.contribution)
        self._footer = label(
            self.tr("Built on observable participation. Not a measure of attention, understanding or ability."),
            Role.CAPTION,
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that no control is in focus before Tab is pressed
        self._lay_out()
        self._apply_visibility()

    def show_preview(self, preview: Preview) -> None:
        """Paint the newest picture, where it may be seen."""
        if self.preview.isVisible():
            self.preview.show_preview(preview)

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show the newest numbers."""
        first = self._dashboard is None
        self._dashboard = dashboard
        if first:
            self._apply_visibility()
        if dashboard.policy.allows_estimate:
            self.class_line.show_estimates(dashboard.estimates)
            if dashboard.estimates:
                self.contribution.show_contribution(dashboard.estimates[-1].contribution)
            if self.tiles.isVisible():
                self.tiles.show_seats(dashboard.seats)
        else:
            self.talk.show_readings(dashboard.t_s, dashboard.readings)
        self.indicators.show_readings(dashboard.readings, dashboard.policy)
        if self.chat.isVisible():
            self.chat.show_messages(dashboard.chat)
        self.devices.show_dashboard(dashboard)
        self._show_warnings(dashboard.warnings)
        self.class_line.badge.setText(badge_text(dashboard.warnings))

    @property
    def wants_preview(self) -> bool:
        """Whether anybody can see the picture."""
        return self._wants_preview and not self._projector_safe

    @property
    def projector_safe(self) -> bool:
        """Whether chat, picture and tiles are hidden."""
        return self._projector_safe

    def set_projector_safe(self, safe: bool) -> None:
        """Hide everything that tells about single people, or show it again."""
        self._projector_safe = safe
        self._apply_visibility()

    def set_tiles_wanted(self, wanted: bool) -> None:
        """Show seat tiles where the policy keeps seats."""
        self._wants_tiles = wanted
        self._apply_visibility()

    def set_preview_wanted(self, wanted: bool) -> None:
        """Show the picture."""
        self._wants_preview = wanted
        self._apply_visibility()

    def _apply_visibility(self) -> None:
        policy = self._dashboard.policy if self._dashboard is not None else None
        estimates = policy is None or policy.allows_estimate
        seats = policy is not None and policy.keeps_seat_rows
        self.class_line.setVisible(estimates)
        self.contribution_card.setVisible(estimates)
        self.talk.setVisible(not estimates)
        self.tiles.setVisible(seats and self._wants_tiles and not self._projector_safe)
        self.preview.set_numbered(seats)
        self.preview_card.setVisible(self.wants_preview)
        self.chat.setVisible(not self._projector_safe)
        if not self.wants_preview:
            self.preview.clear()

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        text = "; ".join(visible_text(w) for w in warnings)
        if text != self.warnings.accessibleName():
            self.warnings.setAccessibleName(text)
            self.warnings.setText(self.tr("Note: {text}").format(text=text))
            self.warnings.setVisible(bool(text))
            escaped_tooltip(self.warnings, text)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(_GAP_PX)
        left.addWidget(self.preview_card)
        left.addWidget(self.contribution_card)
        left.addWidget(self.tiles, 100)  # all that is left, where tiles are shown
        left.addStretch(1)
        centre = QVBoxLayout()
        centre.setSpacing(_GAP_PX)
        centre.addWidget(self.class_line, 1)
        centre.addWidget(self.talk, 1)
        centre.addWidget(self.indicators)
        for side in (self.preview_card, self.contribution_card, self.tiles, self.chat):
            side.setMinimumWidth(_SIDE_PX)
        columns = QHBoxLayout()
        columns.setSpacing(_GAP_PX)
        columns.addLayout(left, 4)
        columns.addLayout(centre, 7)
        columns.addWidget(self.chat, 3)
        page = QVBoxLayout()
        page.setContentsMargins(2 * SPACE_PX, _GAP_PX, 2 * SPACE_PX, SPACE_PX)
        page.setSpacing(SPACE_PX)
        page.addWidget(self.banner)
        page.addWidget(self.warnings)
        page.addLayout(columns, 1)
        page.addWidget(self._footer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(page, 1)
        whole.addWidget(self.devices)
