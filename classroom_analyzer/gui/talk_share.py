"""Talk and sound of the room as a stacked bar and its last ten minutes: the centre of the page under ``observe``."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.class_series import SHOWN_S, axis_range_s
from classroom_analyzer.gui.marks import Mark
from classroom_analyzer.gui.text import clock_text
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["TalkShare"]

Shares = tuple[float | None, float | None, float | None]  # one voice, several voices, quiet
_LETTER_S = 15  # letters of marks closer than this stand below each other
_SHORT_S = 180  # up to here there is a time every half minute
_READINGS = ("sound_mode.single", "sound_mode.multiple", "sound_mode.none")


class _ShareBar(QWidget):
    """The three shares of the newest window, with a legend that carries the figures."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shares: Shares = (None, None, None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, 44 + self.fontMetrics().height() * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        bar = QRectF(0, 0, self.width(), 32)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(bar, 6, 6)
        names = (self.tr("One voice"), self.tr("Several voices"), self.tr("Quiet"))
        left = 0.0
        column = self.width() / 3
        height = self.fontMetrics().height()
        wrap = Qt.TextFlag.TextWordWrap
        for index, (name, share, brush) in enumerate(zip(names, self.shares, brushes(self._theme), strict=True)):
            if share is not None and share > 0:
                width = share * bar.width()
                painter.setBrush(brush)
                painter.setPen(QPen(QColor(tokens.surface), 2))
                painter.drawRect(QRectF(left, 0, width, bar.height()))
                left += width
            swatch = QRectF(index * column, 32 + 12, 14, 14)
            painter.setBrush(brush)
            painter.setPen(QPen(QColor(tokens.muted), 1))
            painter.drawRoundedRect(swatch, 3, 3)
            painter.setPen(QColor(tokens.text))
            value = "–" if share is None else f"{100 * share:.0f}\u00a0%"
            painter.drawText(QRectF(swatch.right() + 8, 32 + 10, column - 24, 2 * height), wrap, f"{name}  {value}")


class _TalkStrip(QWidget):
    """One thin column a second: how much of the window held one voice, several, or none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.columns: deque[tuple[int, Shares]] = deque(maxlen=SHOWN_S)
        self.marks: list[Mark] = []
        self.setMinimumHeight(90)
        self.setAccessibleName(self.tr("Sound of the last ten minutes"))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        height = self.height() - self.fontMetrics().height() - 6
        painter.setPen(QColor(tokens.border))
        painter.drawRect(QRectF(0, 0, self.width() - 1, height))
        if not self.columns:
            return
        first_t_s, last_t_s = axis_range_s(self.columns[-1][0])
        per_s = self.width() / (last_t_s - first_t_s)
        fills = brushes(self._theme)
        for t_s, shares in self.columns:
            top = float(height)
            for share, fill in zip(shares, fills, strict=True):
                if share:
                    top -= share * height
                    left = (t_s - first_t_s - 1) * per_s
                    painter.fillRect(
                        QRect(int(left), int(top), int(left + per_s) - int(left), int(share * height) + 1), fill
                    )
        painter.setPen(QColor(tokens.muted))
        tick_s = 120 if last_t_s - first_t_s > _SHORT_S else 30
        wide_px = self.fontMetrics().horizontalAdvance("0:00:00")
        for t_s in range(math.ceil(first_t_s / tick_s) * tick_s, int(last_t_s), tick_s):
            place = QRectF((t_s - first_t_s) * per_s, height + 4, wide_px, self.fontMetrics().height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, clock_text(t_s))
        painter.setPen(QPen(QColor(tokens.accent), 1))
        for index, mark in enumerate(self.marks):
            if mark.t_s >= first_t_s:
                x = int((mark.t_s - first_t_s) * per_s)
                painter.drawLine(x, 0, x, height)
                wide = self.fontMetrics().horizontalAdvance(mark.letter) + 3
                beside = x + 3 if x + wide < self.width() else x - wide
                near = sum(abs(earlier.t_s - mark.t_s) < _LETTER_S for earlier in self.marks[:index])
                line_px = self.fontMetrics().height()
                painter.drawText(beside, self.fontMetrics().ascent() + 2 + near % 3 * line_px, mark.letter)


class TalkShare(Card):
    """Who can be heard, without words and without identity."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Talk and sound"))
        self.setAccessibleName(self.tr("Talk and sound"))
        self._bar = _ShareBar(theme)
        self._strip = _TalkStrip(theme)
        self._sentence = label("", Role.BODY, wrap=True)
        self.header.addWidget(label(self.tr("no estimate is made"), Role.CAPTION))
        self.body.addWidget(self._bar)
        self.body.addWidget(label(self.tr("Last 10 minutes"), Role.CAPTION))
        self.body.addWidget(self._strip, 1)
        self.body.addWidget(self._sentence)
        self.body.setSpacing(SPACE_PX)

    def show_readings(self, t_s: int, readings: Mapping[str, Reading]) -> None:
        """Take the newest sound modes; a second that was shown already is not added again."""
        values = [readings[n].value if n in readings else None for n in _READINGS]
        shares: Shares = (values[0], values[1], values[2])
        strip = self._strip
        if strip.columns and strip.columns[-1][0] == t_s:
            return
        strip.columns.append((t_s, shares))
        self._bar.shares = shares
        self._sentence.setText(self._say(shares))
        self.setAccessibleDescription(self._sentence.text())
        self._bar.update()
        strip.update()

    def add_mark(self, mark: Mark) -> None:
        """Draw a mark at its second."""
        self._strip.marks.append(mark)
        self._strip.update()

    def remove_mark(self, mark: Mark) -> None:
        """Take a mark away."""
        if mark in self._strip.marks:
            self._strip.marks.remove(mark)
            self._strip.update()

    def sentence(self) -> str:
        """The sentence under the strip."""
        return self._sentence.text()

    def _say(self, shares: Shares) -> str:
        if all(s is None for s in shares):
            return self.tr("No sound has been heard yet.")
        words = (self.tr("Mostly one voice."), self.tr("Mostly several voices."), self.tr("Mostly quiet."))
        largest = max(range(3), key=lambda i: shares[i] or 0.0)
        return words[largest] if (shares[largest] or 0.0) > 0.5 else self.tr("One voice, several voices and quiet mix.")


def brushes(theme: Theme) -> tuple[QBrush, QBrush, QBrush]:
    """Fills of one voice, several voices and quiet: apart by colour and by pattern, and calm as areas."""
    tokens = theme.tokens
    one, several = QColor(tokens.video), QColor(tokens.audio)
    one.setAlphaF(0.75)
    several.setAlphaF(0.85)
    return QBrush(one), QBrush(several, Qt.BrushStyle.Dense4Pattern), QBrush(QColor(tokens.raised))
