"""The lamp that says whether a lesson runs, in shape, colour and word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from classroom_analyzer.domain.live import Dashboard
from classroom_analyzer.gui.theme import Theme

__all__ = ["Lamp", "lamp_word"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def lamp_word(dashboard: Dashboard) -> str:
    """What the lamp says in a word or two; whether video is kept is told apart from it."""
    if dashboard.finished:
        return translate("lamp", "Ended")
    if dashboard.paused:
        return translate("lamp", "Paused")
    return translate("lamp", "Lesson runs") if dashboard.duration_s is None else translate("lamp", "Playing")


class Lamp(QWidget):
    """A filled disc while a lesson runs, two bars while it is paused, an empty ring after."""

    def __init__(self, theme: Theme, size_px: int = 16) -> None:
        super().__init__()
        self._theme = theme
        self._lit = False
        self._paused = False
        self.setFixedSize(QSize(size_px, size_px))
        theme.changed.connect(self.update)

    def show_state(self, *, lit: bool, paused: bool) -> None:
        """Show whether the lesson runs and whether it is paused."""
        if (lit, paused) != (self._lit, self._paused):
            self._lit, self._paused = lit, paused
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self.width()
        colour = QColor(self._theme.tokens.lamp if self._lit else self._theme.tokens.muted)
        painter.setPen(QPen(colour, size / 10))
        painter.setBrush(colour if self._lit else Qt.BrushStyle.NoBrush)
        edge = size / 8
        if self._lit and self._paused:
            bar = QRectF(edge + size / 10, edge, size / 6, size - 2 * edge)
            painter.drawRect(bar)
            painter.drawRect(bar.translated(size * 0.36, 0))
            return
        painter.drawEllipse(QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
