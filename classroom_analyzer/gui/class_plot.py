"""The drawing of the class line: band, line, median, coverage, gaps with their reason, the teacher's marks, a cursor.

Any second can be picked with the pointer or, when the plot has the focus, with the arrow keys and Enter.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from classroom_analyzer.gui.class_series import ClassSeries, Gap, axis_range_s, shown_range_s
from classroom_analyzer.gui.marks import Mark
from classroom_analyzer.gui.sentences import gap_text
from classroom_analyzer.gui.strips import axis_px
from classroom_analyzer.gui.text import clock_text, plain
from classroom_analyzer.gui.theme import Role, Theme, set_role

__all__ = ["LINE_PX", "ClassPlot", "band_brush", "coverage_brush"]

LINE_PX = 2  # a smooth line of 600 points may be two wide
_COVERAGE_PX = 26
_LEAST_PX = 100
_TICK_S = 60
_TICK_ROOM = 1.2  # times the width of a time
_SHORT_S = 180  # up to here there is a time every half minute
_LEAST_GAP_PX = 18  # narrower gaps get no words
_LETTER_S = 15
_MOST_LETTERS = 5  # below each other; the next one begins at the top again
_STEP_S = 5
_FINE_STEP_S = 1  # with Shift


class _TimeAxis(pg.AxisItem):  # type: ignore[misc]
    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [clock_text(v) if v >= 0 else "" for v in values]


class _Graphics(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    def sizeHint(self) -> QSize:
        return QSize(400, self.minimumHeight())  # as low as may be: it grows with the page


def band_brush(theme: Theme) -> QBrush:
    """Hatching: the range comes from models that disagree, not from measured errors."""
    colour = QColor(theme.tokens.class_line)
    colour.setAlpha(110)
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)


def coverage_brush(theme: Theme) -> QBrush:
    """Fill of the coverage strip."""
    colour = QColor(theme.tokens.muted)
    colour.setAlpha(130)
    return QBrush(colour)


class ClassPlot(QFrame):
    """Draws what it is given; asks ``hover_text`` for the words of a second.

    Signals:
        picked: A second of the lesson that the teacher asks about.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme, hover_text: Callable[[float], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hover_text = hover_text
        self._last_t_s = 0.0
        self._cursor_s: int | None = None
        self._gaps: list[Gap] = []
        self._gap_words: list[pg.TextItem] = []
        self._marks: list[tuple[Mark, pg.InfiniteLine]] = []
        self.setObjectName("ring")
        self._make_plots()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.graphics)
        self._hover = plain(QLabel(self.graphics))
        self._hover.setObjectName("hover")
        set_role(self._hover, Role.CAPTION)
        self._hover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hover.hide()
        theme.changed.connect(self._colour)
        self._colour()

    @property
    def cursor_s(self) -> int | None:
        """Second under the cursor, None without one."""
        return self._cursor_s

    def draw(self, series: ClassSeries, gaps: list[Gap]) -> None:
        """Draw these ten minutes; items stay, only their data change."""
        self.line.setData(series.t_s, series.engagement)
        # The band follows its second curve; setting low first keeps the two in step.
        self.low.setData(series.t_s, series.low)
        self.high.setData(series.t_s, series.high)
        self._coverage.setData(series.t_s, series.coverage)
        known = np.isfinite(series.engagement)
        beside = np.zeros_like(known)
        beside[1:] |= known[:-1]
        beside[:-1] |= known[1:]
        lone = known & ~beside
        self._lone.setData(series.t_s[lone], series.engagement[lone])
        end = known.copy()
        end[:-1] = False
        self._newest.setData(series.t_s[end], series.engagement[end])
        self._median.setVisible(math.isfinite(series.median))
        if math.isfinite(series.median):
            self._median.setPos(series.median)
        self._last_t_s = float(series.t_s[-1])
        first, last = shown_range_s(self._last_t_s)
        self._plot.setXRange(*axis_range_s(self._last_t_s), padding=0)
        tick_s = self._tick_s(last - first)
        self._strip.getAxis("bottom").setTickSpacing(tick_s, tick_s)
        self._gaps = gaps
        self._straighten()
        for mark, item in list(self._marks):
            if mark.t_s < first:
                self._drop(mark, item)

    def add_mark(self, mark: Mark) -> None:
        """Draw a mark at its second, with the letter of its key."""
        item = pg.InfiniteLine(pos=mark.t_s, angle=90, pen=self._mark_pen(mark))
        text = pg.InfLineLabel(item, "", color=self._theme.tokens.accent, anchors=[(0, 0), (0, 0)], movable=False)
        text.setPlainText(mark.letter)
        item.label = text
        self._marks.append((mark, item))
        self._plot.addItem(item, ignoreBounds=True)
        self._place_letters()

    def remove_mark(self, mark: Mark) -> None:
        """Take a mark away."""
        for known, item in reversed(self._marks):
            if known == mark:
                self._drop(known, item)
                break

    def marks(self) -> tuple[Mark, ...]:
        """The marks that are drawn."""
        return tuple(mark for mark, _ in self._marks)

    def set_cursor(self, t_s: int | None) -> None:
        """Put the cursor at a second and show its words, or take it away."""
        text = self._hover_text(t_s) if t_s is not None else ""
        self._cursor_s = t_s if text else None
        self._cursor.setVisible(bool(text))
        self._hover.setVisible(bool(text))
        if t_s is None or not text:
            return
        self._cursor.setPos(t_s)
        self._hover.setText(text)
        self._hover.adjustSize()
        x = self._plot.getViewBox().mapViewToScene(QPointF(t_s, 0)).x()
        self._hover.move(max(min(int(x) + 12, self.graphics.width() - self._hover.width() - 4), 0), 4)
        self.graphics.setAccessibleDescription(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if watched is self.graphics:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._show_focus()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._straighten()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        super().leaveEvent(event)
        if not self.graphics.hasFocus():
            self.set_cursor(None)

    def _make_plots(self) -> None:
        self.graphics = _Graphics()
        self.graphics.setMinimumHeight(_LEAST_PX + 3 * self.fontMetrics().height())
        self.graphics.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.graphics.setAccessibleName(
            self.tr("Plot of the class line, last ten minutes. Arrow keys move the cursor, Enter says why.")
        )
        self.graphics.setFrameShape(self.graphics.Shape.NoFrame)
        self.graphics.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.graphics.installEventFilter(self)
        layout = self.graphics.ci.layout
        layout.setContentsMargins(0, self.fontMetrics().height() // 4, 0, 0)
        layout.setSpacing(2)
        self._plot = self.graphics.addPlot(row=0, col=0)
        self._strip = self.graphics.addPlot(row=1, col=0, axisItems={"bottom": _TimeAxis("bottom")})
        self._strip.setMaximumHeight(_COVERAGE_PX + self.fontMetrics().height() + 8)
        self._strip.setXLink(self._plot)
        for plot in (self._plot, self._strip):
            plot.setMouseEnabled(x=False, y=False)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setYRange(0.0, 1.0, padding=0.03)
            plot.getAxis("left").setWidth(axis_px())
            plot.getAxis("left").setStyle(tickLength=0)
        self._plot.hideAxis("bottom")
        self._plot.setXRange(*axis_range_s(0), padding=0)
        self._plot.getAxis("left").setTicks(
            [[(0.03, QCoreApplication.translate("plots", "low")), (0.97, QCoreApplication.translate("plots", "high"))]]
        )
        self._strip.getAxis("left").setTicks([[]])
        self._strip.getAxis("bottom").setTickSpacing(_TICK_S, _TICK_S)
        # One item of each kind for good; only their data change.
        self.low = pg.PlotCurveItem(connect="finite", antialias=True)
        self.high = pg.PlotCurveItem(connect="finite", antialias=True)
        self.band = pg.FillBetweenItem(self.low, self.high)
        self.line = pg.PlotCurveItem(connect="finite", antialias=True)
        self._lone = pg.ScatterPlotItem(size=4, pen=None)
        self._newest = pg.ScatterPlotItem(size=9, pen=None)
        self._median = pg.InfiniteLine(angle=0)
        self._median.hide()
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.hide()
        self._coverage = pg.PlotCurveItem(pen=None, fillLevel=0.0, stepMode="right")
        for item in (self.band, self.low, self.high, self._median, self.line, self._lone, self._newest):
            self._plot.addItem(item)
        self._plot.addItem(self._cursor, ignoreBounds=True)
        self._strip.addItem(self._coverage)
        self._plot.getViewBox().sigResized.connect(self._place_letters)
        self.graphics.scene().sigMouseMoved.connect(self._mouse_moved)
        self.graphics.scene().sigMouseClicked.connect(self._mouse_clicked)

    def _tick_s(self, span_s: float) -> float:
        """Distance of the times below the plot, so wide that they do not touch each other."""
        tick_s = _TICK_S if span_s > _SHORT_S else _TICK_S / 2
        needed_px = self.fontMetrics().horizontalAdvance("00:00") * _TICK_ROOM
        px_per_s = max(self.graphics.width() - axis_px(), 1) / span_s
        while tick_s * px_per_s < needed_px and tick_s < span_s:
            tick_s *= 2
        return tick_s

    def _straighten(self) -> None:
        # Hatching is drawn in plot units; undo their scale so that its lines stay one pixel.
        pixel_x, pixel_y = self._plot.getViewBox().viewPixelSize()
        brush = band_brush(self._theme)
        brush.setTransform(QTransform.fromScale(pixel_x, pixel_y))
        self.band.setBrush(brush)
        self._say_gaps(pixel_x)

    def _say_gaps(self, second_per_px: float) -> None:
        """Write the reason into each gap that has room for it, upwards."""
        first, _ = shown_range_s(self._last_t_s)
        wide = [g for g in self._gaps if g.end_s + 1 - max(g.start_s, first) >= _LEAST_GAP_PX * second_per_px]
        for words in self._gap_words[len(wide) :]:
            words.hide()
        while len(self._gap_words) < len(wide):
            words = pg.TextItem(anchor=(0.5, 0.5), angle=90, color=self._theme.tokens.muted)
            self._gap_words.append(words)
            self._plot.addItem(words, ignoreBounds=True)
        room_px = int(self._plot.getViewBox().height()) - 8
        for gap, words in zip(wide, self._gap_words, strict=False):
            reason = gap_text(gap.status, paused=gap.paused)
            text = self.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, room_px)
            if text != words.textItem.toPlainText():
                words.setText(text)
            words.setPos((max(gap.start_s, first) + gap.end_s) / 2, 0.5)
            words.show()

    def gap_words(self) -> list[str]:
        """What is written into gaps now."""
        return [words.textItem.toPlainText() for words in self._gap_words if words.isVisible()]

    def _colour(self) -> None:
        tokens = self._theme.tokens
        self.graphics.setBackground(tokens.surface)
        for plot in (self._plot, self._strip):
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setTextPen(tokens.muted)
                axis.setPen(tokens.border)
        self.line.setPen(pg.mkPen(tokens.class_line, width=LINE_PX))
        edge = QColor(tokens.class_line)
        edge.setAlpha(70)
        self.low.setPen(pg.mkPen(edge, width=1))
        self.high.setPen(pg.mkPen(edge, width=1))
        self._lone.setBrush(tokens.class_line)
        self._newest.setBrush(tokens.class_line)
        self._median.setPen(pg.mkPen(tokens.muted, width=1, style=Qt.PenStyle.DashLine))
        self._cursor.setPen(pg.mkPen(tokens.muted, width=1))
        self._coverage.setBrush(coverage_brush(self._theme))
        for words in self._gap_words:
            words.setColor(tokens.muted)
        self._straighten()
        for mark, item in self._marks:
            item.setPen(self._mark_pen(mark))
            item.label.setColor(tokens.accent)
        self._show_focus()

    def _show_focus(self) -> None:
        tokens = self._theme.tokens
        colour = tokens.accent if self.graphics.hasFocus() else "transparent"
        self.setStyleSheet(f"QFrame#ring {{ border: 2px solid {colour}; border-radius: 4px; }}")

    def _mark_pen(self, mark: Mark) -> QPen:
        pen = QPen(QColor(self._theme.tokens.accent), 1)
        pen.setCosmetic(True)
        return pen

    def _drop(self, mark: Mark, item: pg.InfiniteLine) -> None:
        self._plot.removeItem(item)
        self._marks.remove((mark, item))
        self._place_letters()

    def _place_letters(self) -> None:
        """Put the letters of marks close together below each other, a line of text apart however low the plot is."""
        height_px = self._plot.getViewBox().height()
        if height_px <= 0:
            return
        step = self.fontMetrics().height() / height_px
        rows = min(max(int(1 / step), 1), _MOST_LETTERS)
        for index, (mark, item) in enumerate(self._marks):
            beside = sum(abs(known.t_s - mark.t_s) < _LETTER_S for known, _ in self._marks[:index])
            item.label.setPosition(1.0 - step * (beside % rows))

    def _second_at(self, position: QPointF) -> int | None:
        box = self._plot.getViewBox()
        below = self._strip.getViewBox()
        if not (box.sceneBoundingRect().contains(position) or below.sceneBoundingRect().contains(position)):
            return None
        return round(float(box.mapSceneToView(position).x()))

    def _mouse_moved(self, position: QPointF) -> None:
        self.set_cursor(self._second_at(position))

    def _mouse_clicked(self, click: object) -> None:
        at_s = self._second_at(click.scenePos())  # type: ignore[attr-defined]
        if at_s is not None and self._hover_text(at_s):
            self.picked.emit(at_s)

    def _key(self, event: QKeyEvent) -> bool:
        step = _FINE_STEP_S if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP_S
        first, _ = shown_range_s(self._last_t_s)
        last = int(self._last_t_s)
        at_s = self._cursor_s if self._cursor_s is not None else last
        moves: dict[int, int] = {
            Qt.Key.Key_Left: at_s - step if self._cursor_s is not None else last,
            Qt.Key.Key_Right: at_s + step,
            Qt.Key.Key_Home: int(first),
            Qt.Key.Key_End: last,
        }
        if event.key() in moves:
            self.set_cursor(min(max(moves[event.key()], int(first) + 1), last))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cursor_s is not None:
            self.picked.emit(self._cursor_s)
        elif event.key() == Qt.Key.Key_Escape and self._cursor_s is not None:
            self.set_cursor(None)
        else:
            return False
        return True
