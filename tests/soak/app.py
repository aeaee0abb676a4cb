"""The program as it is measured: the real window, drawn into memory, on a live lesson.

``python -m tests.soak.app JSON`` with the camera's address, the length and the folder; figures on the last line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, QTimer

from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.desktop import DesktopLessons
from classroom_analyzer.app.live import LiveSources, start_live
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.gui.application import make_application
from classroom_analyzer.gui.collector import GarbageCollector
from classroom_analyzer.gui.main_window import MainWindow
from classroom_analyzer.settings.paths import home
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.soak.figures import Figures, percentile
from tests.soak.processes import cpu_s, family, rss_mb
from tests.soak.watch import Heartbeat, PaintedEstimates, PaintedPreviews

FIRST_S = 60
QUIET_S = 1.5  # between the camera's last picture and the end, so that none is on its way
POLL_MS = 1000
END_WITHIN_S = 15


class Run(QObject):
    """One lesson from its first second to its end."""

    def __init__(self, window: MainWindow, session: Any, camera: str, seconds: int) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._camera = camera
        self._seconds = seconds
        self._first_s = min(FIRST_S, seconds // 2)
        self.rss: list[tuple[float, float]] = []
        self.processes = 0
        self.cpu_s = 0.0
        self.sent: list[int] = []
        self.dropped = 0
        self.timer = QTimer(self, interval=POLL_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        board = self._session.dashboard()
        if board.finished:
            self.timer.stop()
            if board.error is not None:
                raise SystemExit(board.error)
            self._window.close()
            return
        pids = family()
        self.rss.append((board.t_s, rss_mb(pids)))
        self.processes = len(pids)
        self.cpu_s = max(self.cpu_s, cpu_s(pids))
        if board.t_s >= self._seconds and not self.sent:
            self.sent = json.loads(urlopen(self._camera.replace("/camera.mjpg", "/end"), timeout=5).read())
            QTimer.singleShot(round(QUIET_S * 1000), self._stop)

    def _stop(self) -> None:
        self.dropped = next(d.dropped for d in self._session.dashboard().devices if d.modality is Modality.VISION)
        self._session.stop()
        QTimer.singleShot(END_WITHIN_S * 1000, lambda: sys.exit("the lesson does not end"))

    def rss_around(self, t_s: float) -> float:
        """Median memory of the five seconds up to a time."""
        near = [mb for at, mb in self.rss if t_s - 5 < at <= t_s] or [self.rss[-1][1]]
        return percentile(near, 50)

    @property
    def first_mb(self) -> float:
        """After the first minute, or half of a shorter run."""
        return self.rss_around(self._first_s)

    @property
    def end_mb(self) -> float:
        """At the end."""
        return self.rss_around(self._seconds)


def main(camera: str, seconds: int, busy: bool, out: str) -> None:
    """Hold the lesson and say its figures."""
    application, theme = make_application(["soak"])
    sources = LiveSources(camera=camera, microphone="", name="soak")
    session: Any = start_live(sources, demo_request(Settings(), Path(out)), home())
    try:
        now_ns = session._clock.now_ns
        previews = PaintedPreviews(now_ns)
        window = MainWindow(DesktopLessons(home()), theme)
        window.resize(1280, 720)
        window.show()
        heartbeat = Heartbeat(window)
        window.show_session(session)
        estimates = PaintedEstimates(window.live_page.class_line, now_ns)
        run = Run(window, session, camera, seconds)
        collector = GarbageCollector(application)
        began = time.monotonic()
        application.exec()
        took_s = time.monotonic() - began
        collector.close()
    finally:
        session.stop()
    summary = session.wait(5)
    counters = LessonReader.open(Path(summary.lesson)).counters()
    analysed = counters.get("analysed_vision")
    figures = Figures(
        seconds=seconds,
        busy=busy,
        preview_p95_ms=percentile(previews.age_ms, 95),
        preview_hz=len(previews.age_ms) / seconds,
        estimate_p95_s=percentile(estimates.age_s, 95),
        loop_p99_ms=percentile(heartbeat.late_ms, 99),
        loop_worst_ms=max(heartbeat.late_ms),
        rss_first_mb=run.first_mb,
        rss_end_mb=run.end_mb,
        analysed_hz=None if analysed is None else analysed / seconds,
        sent=run.sent[-1],
        counters=counters,
        dropped_shown=run.dropped,
        warnings=list(summary.warnings),
        processes=run.processes,
        cpu_cores=run.cpu_s / took_s,
    )
    sys.stdout.write("\n" + json.dumps(figures.to_json()) + "\n")


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
