"""What of a lesson page may be seen: by the policy, by what the teacher wants, and where a class sees the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.compact_strip import CompactStrip
from classroom_analyzer.gui.live_layout import LiveLayout
from classroom_analyzer.gui.strip_window import StripWindow
from classroom_analyzer.gui.theme import Theme

__all__ = ["LiveVisibility"]


class LiveVisibility(LiveLayout):
    """The layout with its parts shown and hidden; until the policy is known, as under one that allows an estimate.

    Signals:
        preview_wanted_changed: Whether anybody can see the picture.
    """

    preview_wanted_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._policy: Policy | None = None
        self._projector_safe = False
        self._wants_tiles = False
        self._wants_preview = True
        self._told_preview = True
        self._strip = StripWindow(theme, self)

    @property
    def wants_preview(self) -> bool:
        """Whether anybody can see the picture."""
        return not (self.projector_safe or self.student_visible or self.strip_shown) and self._wants_preview

    @property
    def projector_safe(self) -> bool:
        """Whether chat, picture and tiles are hidden."""
        return self._projector_safe

    @property
    def student_visible(self) -> bool:
        """Whether only lamp and notice are shown."""
        return self.pages.currentWidget() is self.student

    @property
    def strip_shown(self) -> bool:
        """Whether the small window is on the screen."""
        return self._strip.shown

    @property
    def strip(self) -> CompactStrip | None:
        """The small window, None before it is first shown."""
        return self._strip.strip

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
        policy = self._policy
        estimates = policy is None or policy.allows_estimate
        seats = policy is not None and policy.keeps_seat_rows
        self.class_line.setVisible(estimates)
        self.contribution_card.setVisible(estimates and not self.class_line.hidden)
        self.talk.setVisible(not estimates)
        self.tiles.setVisible(seats and self._wants_tiles and not self._projector_safe)
        self.preview.set_numbered(seats)
        self.preview_card.setVisible(self._wants_preview and not self._projector_safe)
        self.side.setVisible(not self._projector_safe)
        if self._projector_safe:
            self.side.setCurrentWidget(self.chat)
        if not self.wants_preview:
            self.preview.clear()
        if self.wants_preview != self._told_preview:
            self._told_preview = self.wants_preview
            self.preview_wanted_changed.emit(self._told_preview)
