"""How loud it is at the microphone: a bar that always moves, a mark for the newest peak, and the words for both."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_analyzer.gui.theme import Theme

__all__ = ["LevelMeter"]

LOWEST_DBFS = -60.0
QUIET_DBFS = -50.0
LOUD_DBFS = -6.0
FALL_DB_PER_S = 30.0
PEAK_HOLD_S = 1.5
SILENT_AFTER_S = 1.0


class LevelMeter(QWidget):
    """Rises at once and falls slowly, as people know meters."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = LOWEST_DBFS
        self._peak = LOWEST_DBFS
        self._peak_s = 0.0
        self._heard_s: float | None = None
        self._began_s = self._shown_s = time.monotonic()
        self.setAccessibleName(self.tr("Level of the sound"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def restart(self) -> None:
        """Forget what was heard: another device."""
        self._level = self._peak = LOWEST_DBFS
        self._heard_s = None
        self._began_s = time.monotonic()
        self.update()

    def show_level(self, level_dbfs: float | None) -> None:
        """Show the newest level; None where nothing came since the last call."""
        now_s = time.monotonic()
        fallen = self._level - FALL_DB_PER_S * (now_s - self._shown_s)
        self._shown_s = now_s
        if level_dbfs is not None:
            self._heard_s = now_s
        self._level = max(LOWEST_DBFS, fallen, level_dbfs if level_dbfs is not None else LOWEST_DBFS)
        if self._level >= self._peak or now_s - self._peak_s > PEAK_HOLD_S:
            self._peak, self._peak_s = self._level, now_s
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """What the level means, one sentence."""
        if self._heard_s is None or self._shown_s - self._heard_s > SILENT_AFTER_S:
            waited_s = self._shown_s - (self._heard_s if self._heard_s is not None else self._began_s)
            if waited_s <= SILENT_AFTER_S:
                return self.tr("Listening…")
            return self.tr("No sound arrives.")
        if self._peak <= LOWEST_DBFS:
            return self.tr("Only silence arrives; the microphone may be muted.")
        if self._peak < QUIET_DBFS:
            return self.tr("Very quiet. Speak, or move the microphone closer.")
        if self._peak > LOUD_DBFS:
            return self.tr("Too loud. Turn the microphone down.")
        return self.tr("The level is good.")

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(240, 22)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(tokens.border))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(area, 4, 4)
        inner = area.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = tokens.warning if not QUIET_DBFS <= self._level <= LOUD_DBFS else tokens.video
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(inner.x(), inner.y(), inner.width() * _share(self._level), inner.height()), 2, 2)
        painter.setBrush(QColor(tokens.text))
        painter.drawRect(QRectF(inner.x() + (inner.width() - 2) * _share(self._peak), inner.y(), 2, inner.height()))
        painter.setBrush(QColor(tokens.muted))
        for edge in (QUIET_DBFS, LOUD_DBFS):
            painter.drawRect(QRectF(inner.x() + inner.width() * _share(edge), inner.bottom() - 4, 1, 4))


def _share(level_dbfs: float) -> float:
    return (min(level_dbfs, 0.0) - LOWEST_DBFS) / -LOWEST_DBFS
