"""The class line of the last ten minutes with its band, its coverage and one sentence; no digits but on hover."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.class_series import ClassHistory, ClassSeries, shown_range_s
from classroom_analyzer.gui.sentences import badge_text, class_sentence, phase_name, small_group_note, status_text
from classroom_analyzer.gui.text import clock_text, plain
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme, set_role

__all__ = ["ClassLine"]

_AXIS_PX = 44  # same for both plots, so that their times stand under each other
_COVERAGE_PX = 26
_LINE_PX = 2  # a smooth line of 600 points may be two wide
_TICK_S = 60
_SHORT_S = 180  # up to here there is a time every half minute


class _TimeAxis(pg.AxisItem):  # type: ignore[misc]
    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [clock_text(v) if v >= 0 else "" for v in values]


class _Swatch(QWidget):
    """A sample of one way of drawing, for the legend."""

    def __init__(self, theme: Theme, kind: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self.setFixedSize(QSize(22, 12))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        area = QRectF(0, 1, 22, 10)
        if self._kind == "line":
            painter.setPen(QPen(QColor(tokens.class_line), _LINE_PX))
            painter.drawLine(0, 6, 22, 6)
        elif self._kind == "band":
            painter.fillRect(area, band_brush(self._theme))
        elif self._kind == "median":
            painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(0, 6, 22, 6)
        else:
            painter.fillRect(area, coverage_brush(self._theme))


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


class ClassLine(Card):
    """Plot, legend and sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Class line"))
        self.setAccessibleName(self.tr("Class line"))
        self._theme = theme
        self._history = ClassHistory()
        self._estimates: tuple[ClassEstimate, ...] = ()
        self.series: ClassSeries = self._history.series()
        self._phase = label("", Role.MUTED)
        self._small_group = label("", Role.MUTED)
        self.badge = label(badge_text(()), Role.CAPTION)
        self.badge.setObjectName("badge")
        self.header.addWidget(self._small_group)
        self.header.addWidget(self._phase)
        self.header.addWidget(self.badge)
        self._sentence = label("", Role.HEADING, wrap=True)
        self._sentence.setAccessibleName(self.tr("Class line in words"))
        self._make_plots()
        self.body.addWidget(self._graphics, 1)
        self.body.addLayout(self._legend())
        self.body.addWidget(self._sentence)
        self._hover = plain(QLabel(self._graphics))
        self._hover.setObjectName("hover")
        set_role(self._hover, Role.CAPTION)
        self._hover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hover.hide()
        theme.changed.connect(self._colour)
        self._colour()

    def show_estimates(self, estimates: tuple[ClassEstimate, ...]) -> None:
        """Take the newest rows; redraws only when there are new ones."""
        self._estimates = estimates
        if not self._history.add(estimates):
            if not estimates:
                self._sentence.setText(class_sentence(estimates))
            return
        self.series = self._history.series()
        newest = estimates[-1]
        self._draw()
        self._sentence.setText(class_sentence(estimates))
        self.setAccessibleDescription(self._sentence.text())
        self._phase.setText(phase_name(newest.phase))
        self._small_group.setText(small_group_note(newest))

    def add_mark(self, t_s: int) -> None:
        """Draw a marker at this lesson time."""
        line = pg.InfiniteLine(pos=t_s, angle=90, pen=self._mark_pen(), label="M", labelOpts=self._mark_label())
        self._marks.append(line)
        self._plot.addItem(line, ignoreBounds=True)

    def sentence(self) -> str:
        """The sentence under the plot."""
        return self._sentence.text()

    def hover_text(self, t_s: float) -> str:
        """Numbers at one lesson time, as the files hold them."""
        at = next((e for e in self._estimates if e.t_s == round(t_s)), None)
        if at is None:
            return ""
        if at.engagement is None or at.low is None or at.high is None:
            return self.tr("{time}  {reason}").format(time=clock_text(at.t_s), reason=status_text(at.status))
        return self.tr("{time}  {value:.2f}, model range {low:.2f} to {high:.2f}, coverage {coverage:.2f}").format(
            time=clock_text(at.t_s), value=at.engagement, low=at.low, high=at.high, coverage=at.coverage
        )

    def _make_plots(self) -> None:
        self._graphics = pg.GraphicsLayoutWidget()
        self._graphics.setMinimumHeight(150)
        self._graphics.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._graphics.setAccessibleName(self.tr("Plot of the class line, last ten minutes"))
        self._graphics.setFrameShape(self._graphics.Shape.NoFrame)
        layout = self._graphics.ci.layout
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._plot = self._graphics.addPlot(row=0, col=0)
        self._strip = self._graphics.addPlot(row=1, col=0, axisItems={"bottom": _TimeAxis("bottom")})
        self._strip.setMaximumHeight(_COVERAGE_PX + 24)
        self._strip.setXLink(self._plot)
        for plot in (self._plot, self._strip):
            plot.setMouseEnabled(x=False, y=False)
            plot.setMenuEnabled(False)
            plot.hideButtons()
            plot.setYRange(0.0, 1.0, padding=0.03)
            plot.getAxis("left").setWidth(_AXIS_PX)
            plot.getAxis("left").setStyle(tickLength=0)
        self._plot.hideAxis("bottom")
        self._plot.setXRange(*shown_range_s(0), padding=0)
        self._plot.getAxis("left").setTicks([[(0.03, self.tr("low")), (0.97, self.tr("high"))]])
        self._strip.getAxis("left").setTicks([[]])
        self._strip.getAxis("bottom").setTickSpacing(_TICK_S, _TICK_S)
        # One item of each kind for good; only their data change.
        self._low = pg.PlotCurveItem(connect="finite", antialias=True)
        self._high = pg.PlotCurveItem(connect="finite", antialias=True)
        self._band = pg.FillBetweenItem(self._low, self._high)
        self._line = pg.PlotCurveItem(connect="finite", antialias=True)
        self._lone = pg.ScatterPlotItem(size=4, pen=None)
        self._newest = pg.ScatterPlotItem(size=9, pen=None)
        self._median = pg.InfiniteLine(angle=0)
        self._median.hide()
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.hide()
        self._coverage = pg.PlotCurveItem(pen=None, fillLevel=0.0, stepMode="right")
        self._marks: list[pg.InfiniteLine] = []
        for item in (self._band, self._low, self._high, self._median, self._line, self._lone, self._newest):
            self._plot.addItem(item)
        self._plot.addItem(self._cursor, ignoreBounds=True)
        self._strip.addItem(self._coverage)
        self._graphics.scene().sigMouseMoved.connect(self._mouse_moved)

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_AXIS_PX, 0, 0, 0)
        row.setSpacing(6)
        names = {
            "line": self.tr("class"),
            "band": self.tr("model range (80 %)"),
            "median": self.tr("this lesson's median"),
            "coverage": self.tr("share observed"),
        }
        for kind, name in names.items():
            row.addWidget(_Swatch(self._theme, kind))
            row.addWidget(label(name, Role.CAPTION))
            row.addSpacing(SPACE_PX)
        row.addStretch(1)
        return row

    def _draw(self) -> None:
        series = self.series
        self._line.setData(series.t_s, series.engagement)
        # The band follows its second curve; setting low first keeps the two in step.
        self._low.setData(series.t_s, series.low)
        self._high.setData(series.t_s, series.high)
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
        first, last = shown_range_s(float(series.t_s[-1]))
        margin_s = (last - first) / 100  # for the dot at the newest point
        self._plot.setXRange(first, last + margin_s, padding=0)
        tick_s = _TICK_S if last - first > _SHORT_S else _TICK_S / 2
        self._strip.getAxis("bottom").setTickSpacing(tick_s, tick_s)
        self._straighten_hatching()

    def _straighten_hatching(self) -> None:
        # Hatching is drawn in plot units; undo their scale so that its lines stay one pixel.
        pixel_x, pixel_y = self._plot.getViewBox().viewPixelSize()
        brush = band_brush(self._theme)
        brush.setTransform(QTransform.fromScale(pixel_x, pixel_y))
        self._band.setBrush(brush)

    def _colour(self) -> None:
        tokens = self._theme.tokens
        self._graphics.setBackground(tokens.surface)
        for plot in (self._plot, self._strip):
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setTextPen(tokens.muted)
                axis.setPen(tokens.border)
        self._line.setPen(pg.mkPen(tokens.class_line, width=_LINE_PX))
        edge = QColor(tokens.class_line)
        edge.setAlpha(70)
        self._low.setPen(pg.mkPen(edge, width=1))
        self._high.setPen(pg.mkPen(edge, width=1))
        self._lone.setBrush(tokens.class_line)
        self._newest.setBrush(tokens.class_line)
        self._median.setPen(pg.mkPen(tokens.muted, width=1, style=Qt.PenStyle.DashLine))
        self._cursor.setPen(pg.mkPen(tokens.muted, width=1))
        self._coverage.setBrush(coverage_brush(self._theme))
        self._straighten_hatching()
        for mark in self._marks:
            mark.setPen(self._mark_pen())
            mark.label.setColor(tokens.accent)

    def _mark_pen(self) -> QPen:
        pen = QPen(QColor(self._theme.tokens.accent), 1)
        pen.setCosmetic(True)
        return pen

    def _mark_label(self) -> dict[str, object]:
        return {"position": 0.95, "color": self._theme.tokens.accent, "anchors": [(0, 0.5), (0, 0.5)]}

    def _mouse_moved(self, position: QPointF) -> None:
        box = self._plot.getViewBox()
        inside = box.sceneBoundingRect().contains(position)
        text = ""
        if inside:
            t_s = box.mapSceneToView(position).x()
            text = self.hover_text(t_s)
            self._cursor.setPos(round(t_s))
        self._cursor.setVisible(bool(text))
        self._hover.setVisible(bool(text))
        if text:
            self._hover.setText(text)
            self._hover.adjustSize()
            x = min(int(position.x()) + 12, self._graphics.width() - self._hover.width() - 4)
            self._hover.move(max(x, 0), 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._straighten_hatching()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        super().leaveEvent(event)
        self._cursor.hide()
        self._hover.hide()
