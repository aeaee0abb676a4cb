"""What each modality does to the newest class estimate, as signed bars with words; no digits, no colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.gui.sentences import modality_name
from classroom_analyzer.gui.theme import LINE_STYLES, Theme

__all__ = ["ContributionBars"]

FULL_BAR = 0.25  # Shapley value, on the 0-1 scale, that fills half the width
HARDLY = 0.01  # below this the word is "hardly matters"
_BAR_PX = 8
_BAR_GAP_PX = 4
_ROW_GAP_PX = 12
_FILLS = {
    Modality.VISION: Qt.BrushStyle.SolidPattern,
    Modality.AUDIO: Qt.BrushStyle.Dense3Pattern,
    Modality.TEXT: Qt.BrushStyle.Dense5Pattern,
}


class ContributionBars(QWidget):
    """One row a modality: its name, words, and a bar to the left (goes with lower) or right of a middle line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values: tuple[float | None, ...] = (None, None, None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.show_contribution((None, None, None))

    def show_contribution(self, values: tuple[float | None, float | None, float | None]) -> None:
        """Show the Shapley values of vision, audio, text; None for a modality that was not used."""
        self._values = values
        said = [f"{modality_name(m)}: {self.word(v)}" for m, v in zip(MODALITIES, values, strict=True)]
        self.setAccessibleName(self.tr("What goes with the class line: {list}").format(list="; ".join(said)))
        self.update()

    def word(self, value: float | None) -> str:
        """The value in words."""
        if value is None:
            return self.tr("not used")
        if abs(value) < HARDLY:
            return self.tr("hardly matters")
        return self.tr("goes with higher") if value > 0 else self.tr("goes with lower")

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(280, 3 * self._row_px() - _ROW_GAP_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        names = max(self.fontMetrics().horizontalAdvance(modality_name(m)) for m in MODALITIES)
        words = max(self.fontMetrics().horizontalAdvance(self.word(v)) for v in (None, 0.0, 1.0, -1.0))
        return QSize(names + words + _BAR_PX, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, (modality, value) in enumerate(zip(MODALITIES, self._values, strict=True)):
            self._paint_row(painter, row * self._row_px(), modality, value)

    def _row_px(self) -> int:
        return self.fontMetrics().height() + _BAR_GAP_PX + _BAR_PX + _ROW_GAP_PX

    def _paint_row(self, painter: QPainter, top: int, modality: Modality, value: float | None) -> None:
        tokens = self._theme.tokens
        metrics = self.fontMetrics()
        name = modality_name(modality)
        name = name[:1].upper() + name[1:]
        words = QRectF(0, top, self.width(), metrics.height())
        painter.setPen(QColor(tokens.text if value is not None else tokens.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, self.word(value))
        track = QRectF(0, top + metrics.height() + _BAR_GAP_PX, self.width(), _BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(track, 4, 4)
        middle = track.center().x()
        if value is not None:
            colour = QColor(tokens.modality(modality))
            length = min(abs(value) / FULL_BAR, 1.0) * track.width() / 2
            bar = QRectF(middle if value >= 0 else middle - length, track.y(), length, track.height())
            painter.setBrush(QBrush(colour, _FILLS[modality]))
            painter.setPen(QPen(colour, 1, LINE_STYLES[modality]))
            painter.drawRect(bar)
        painter.setPen(QPen(QColor(tokens.muted), 1))
        painter.drawLine(int(middle), int(track.top()) - 2, int(middle), int(track.bottom()) + 2)
