"""What a lesson page says above its columns: the pause, troubles, hints, and the notes of the lesson."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from classroom_analyzer.domain.live import Dashboard
from classroom_analyzer.gui.banner import Banner
from classroom_analyzer.gui.live_troubles import troubles
from classroom_analyzer.gui.nudges import Nudges, nudge_text
from classroom_analyzer.gui.text import escaped_tooltip, plain, visible_text
from classroom_analyzer.gui.theme import Role, set_role

__all__ = ["NudgeBanner", "PauseBanner", "TroubleBanner", "WarningsLine"]

_NUDGE_SHOWN_MS = 60_000


class PauseBanner(Banner):
    """Says that a lesson is paused, with the way on."""

    def show_pause(self, go_on: Callable[[], None]) -> None:
        """Say it.

        Args:
            go_on: Ends the pause.
        """
        self.show_message(
            self.tr("Paused."),
            self.tr("Nothing is seen, heard or read. The gap stays a gap."),
            [(self.tr("Go on"), go_on)],
        )


class TroubleBanner(Banner):
    """One trouble at a time; one that was put away stays away until it is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._put_away: set[str] = set()

    def follow(self, dashboard: Dashboard) -> None:
        """Show the first trouble there is, or none."""
        found = troubles(dashboard)
        self._put_away &= {trouble.key for trouble in found}
        shown = next((trouble for trouble in found if trouble.key not in self._put_away), None)
        if shown is None:
            self.hide()
        elif self.isHidden() or shown.key != self._key:
            self._key = shown.key
            self.show_message(shown.headline, shown.text, [(self.tr("Close"), self._close)])

    def _close(self) -> None:
        self._put_away.add(self._key)
        self.hide()


class NudgeBanner(Banner):
    """Shows a hint for a minute."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nudges = Nudges()
        self._timer = QTimer(self, singleShot=True, interval=_NUDGE_SHOWN_MS)
        self._timer.timeout.connect(self.hide)

    def set_group_minimum(self, group_minimum: int) -> None:
        """Rest hints about seen people on so many of them at least."""
        self._nudges.set_group_minimum(group_minimum)

    def follow(self, dashboard: Dashboard, *, line_allowed: bool, seen_by_others: bool) -> None:
        """Show a hint when there is one.

        Args:
            dashboard: Newest snapshot.
            line_allowed: Whether the class line may be spoken of.
            seen_by_others: Whether students can read along; nothing is shown then.
        """
        nudge = self._nudges.consider(dashboard, line_allowed=line_allowed)
        if nudge is None or seen_by_others:
            return
        self.show_message(nudge_text(nudge), "", [(self.tr("Close"), self.hide)])
        self._timer.start()


class WarningsLine(QLabel):
    """The notes that the lesson's summary will hold, in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plain(self).setWordWrap(True)
        set_role(self, Role.CAPTION)
        self.hide()

    def show_warnings(self, warnings: tuple[str, ...]) -> None:
        """Show them; the line goes where there are none."""
        text = "; ".join(visible_text(w) for w in warnings)
        if text != self.accessibleName():
            self.setAccessibleName(text)
            self.setText(self.tr("Note: {text}").format(text=text))
            self.setVisible(bool(text))
            escaped_tooltip(self, text)
