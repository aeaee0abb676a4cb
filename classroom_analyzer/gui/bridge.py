"""The only place that turns polling of a lesson into Qt signals: pictures at 30 Hz, numbers at 5 Hz."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from classroom_analyzer.domain.live import LiveSession

__all__ = ["DASHBOARD_INTERVAL_MS", "PREVIEW_INTERVAL_MS", "SessionBridge"]

PREVIEW_INTERVAL_MS = 33  # 30 Hz
DASHBOARD_INTERVAL_MS = 200  # 5 Hz


class SessionBridge(QObject):
    """Polls one lesson until it is finished.

    Signals:
        preview_ready: A ``Preview`` that is newer than the last.
        dashboard_ready: A ``Dashboard``, whether or not it differs from the last.
        finished: The last ``Dashboard``; nothing follows it.
    """

    preview_ready = Signal(object)
    dashboard_ready = Signal(object)
    finished = Signal(object)

    def __init__(self, session: LiveSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._preview_timer = QTimer(self, interval=PREVIEW_INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._preview_timer.timeout.connect(self._poll_preview)
        self._dashboard_timer = QTimer(self, interval=DASHBOARD_INTERVAL_MS)
        self._dashboard_timer.timeout.connect(self._poll_dashboard)

    def start(self) -> None:
        """Begin polling; the first numbers come at once."""
        self._preview_timer.start()
        self._dashboard_timer.start()
        self._poll_dashboard()

    def stop(self) -> None:
        """End polling; the lesson itself goes on."""
        self._preview_timer.stop()
        self._dashboard_timer.stop()

    def set_preview_wanted(self, wanted: bool) -> None:
        """Poll pictures only while somebody can see them."""
        if wanted and self._dashboard_timer.isActive():
            self._preview_timer.start()
        else:
            self._preview_timer.stop()

    def _poll_preview(self) -> None:
        preview = self._session.preview()
        if preview is not None:
            self.preview_ready.emit(preview)

    def _poll_dashboard(self) -> None:
        dashboard = self._session.dashboard()
        self.dashboard_ready.emit(dashboard)
        if dashboard.finished:
            self.stop()
            self.finished.emit(dashboard)
