"""Notes when the window paints: the pictures, the class line, and how late its event loop is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QGraphicsView

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.gui.class_line import ClassLine
from classroom_analyzer.gui.preview import PreviewView

__all__ = ["Heartbeat", "PaintedEstimates", "PaintedPreviews"]

BEAT_MS = 10


class Heartbeat(QObject):
    """A timer of the event loop that notes how late it is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late_ms: list[float] = []
        self._last = time.monotonic()
        timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._beat)
        timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now


class PaintedPreviews:
    """How old each picture was when it had been painted. Make it before the window."""

    def __init__(self, now_ns: Callable[[], int]) -> None:
        self.age_ms: list[float] = []
        newest: dict[int, int] = {}
        show, paint = PreviewView.show_preview, PreviewView.paintEvent

        def show_preview(view: PreviewView, preview: Any) -> None:
            newest[id(view)] = preview.t_ns
            show(view, preview)

        def paint_event(view: PreviewView, event: Any) -> None:
            paint(view, event)
            t_ns = newest.pop(id(view), None)
            if t_ns is not None:
                self.age_ms.append((now_ns() - t_ns) / 1e6)

        PreviewView.show_preview, PreviewView.paintEvent = show_preview, paint_event  # type: ignore[method-assign]


class PaintedEstimates(QObject):
    """How long after its end each second's estimate had been painted."""

    def __init__(self, line: ClassLine, now_ns: Callable[[], int]) -> None:
        super().__init__(line)
        self.age_s: list[float] = []
        self._now_ns = now_ns
        self._shown_s = 0
        self._waiting: list[int] = []
        self._line = line
        line.findChild(QGraphicsView).viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            newest = int(self._line.series.t_s[-1]) if len(self._line.series.t_s) else 0
            if newest > self._shown_s:
                self._waiting += range(self._shown_s + 1, newest + 1)
                self._shown_s = newest
                QTimer.singleShot(0, self._painted)  # comes after the painting
        return False

    def _painted(self) -> None:
        now_s = to_s(self._now_ns())
        self.age_s += [now_s - t_s for t_s in self._waiting]
        self._waiting.clear()
