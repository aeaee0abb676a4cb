"""Slim strips of the last ten minutes below the class line, on its time axis; they fold into one line of values."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from classroom_analyzer.domain.policy import GROUP_MINIMUM_LIVE, Policy
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.class_series import SHOWN_S, axis_range_s
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.indicator_words import DASH, indicator_name
from classroom_analyzer.gui.indicators import FACING, KINDS, TALK, Kind, Shown, shown
from classroom_analyzer.gui.text import escaped_tooltip
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme, set_role

__all__ = ["Strip", "Strips", "axis_px", "least_and_most"]

_LEAST_AXIS_PX = 44
_DRAWN_PX = 16  # height of what is drawn
_GAP_PX = 2
_AXIS_GAP_PX = 12
_RING_PX = 3  # the class line stands inside its focus ring
_HEADROOM = 1.15
_MISSED_S = 6  # shorter than the window of every reading
_CHAT_READINGS = ("chat_rate.messages", "questions")


def axis_px() -> int:
    """Room left of every plot for the words of its axis, so that the times of all plots stand under each other."""
    metrics = QFontMetrics(QApplication.font())
    words = (QCoreApplication.translate("plots", "low"), QCoreApplication.translate("plots", "high"))
    return max(_LEAST_AXIS_PX, max(metrics.horizontalAdvance(word) for word in words) + _AXIS_GAP_PX)


def least_and_most(
    t_s: NDArray[np.float64], values: NDArray[np.float64], columns: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Thin a series out to at most two points a pixel: the least and the most of each column, in their order.

    Args:
        t_s: ``(n,)`` ascending times.
        values: ``(n,)``, NaN in gaps; a column that holds nothing else stays a gap.
        columns: Pixels that the whole series covers.

    Returns:
        Times and values, ``(m,)`` with m at most twice ``columns``; the series itself where it is short enough.
    """
    if len(t_s) <= 2 * columns or columns < 1:
        return t_s, values
    wide = -(-len(t_s) // columns)
    padded = np.full(-(-len(t_s) // wide) * wide, np.nan)
    padded[: len(values)] = values
    rows = padded.reshape(-1, wide)
    known = np.isfinite(rows)
    # In a column that holds nothing both places are its first, which is a gap.
    least = np.where(known, rows, np.inf).argmin(axis=1)
    most = np.where(known, rows, -np.inf).argmax(axis=1)
    places = np.concatenate([least, most]) + np.tile(np.arange(len(rows)) * wide, 2)
    index = np.unique(places)
    return t_s[index], values[index]


class Strip(QWidget):
    """One reading: its name and newest value, and below them its last ten minutes."""

    def __init__(self, theme: Theme, kind: Kind) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._name = indicator_name(kind.reading)
        self._last_t_s = 0
        self._marks: tuple[int, ...] = ()
        self._inset_px = (axis_px() + _RING_PX, _RING_PX)
        self.rows: deque[tuple[int, tuple[float, ...]]] = deque(maxlen=SHOWN_S)
        self.now = Shown((), DASH, "")
        set_role(self, Role.CAPTION)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_beside_axis(self, beside: bool) -> None:
        """Leave room at the left as the class line does for its axis, or none as the talk does."""
        self._inset_px = (axis_px() + _RING_PX, _RING_PX) if beside else (0, 0)
        self.update()

    def show_now(self, t_s: int, now: Shown) -> None:
        """Take the newest second; one that is there already only changes the words."""
        if not self.rows or t_s > self.rows[-1][0]:
            # A view that was late missed some seconds; the newest reading rests on them too, for its window is longer.
            if self.rows and t_s - self.rows[-1][0] <= _MISSED_S:
                self.rows.extend((missed_s, now.values) for missed_s in range(self.rows[-1][0] + 1, t_s))
            self.rows.append((t_s, now.values))
            self._last_t_s = t_s
            self.update()
        if now == self.now:
            return
        self.now = now
        self.setAccessibleName(
            self.tr("{name}: {value}, {note}").format(name=self._name, value=now.text, note=now.note)
        )
        escaped_tooltip(self, now.basis)
        self.update()

    def show_marks(self, at_s: tuple[int, ...]) -> None:
        """Draw the teacher's marks at these seconds."""
        self._marks = at_s
        self.update()

    def series(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times and values, each ``(n,)``; NaN where nothing was measured, and for seconds that are not there."""
        if not self.rows:
            return np.empty(0), np.empty(0)
        first = self.rows[0][0]
        t_s = np.arange(first, self.rows[-1][0] + 1, dtype=np.float64)
        values = np.full(len(t_s), np.nan)
        for at_s, parts in self.rows:
            if parts:
                values[at_s - first] = sum(parts)
        return t_s[-SHOWN_S:], values[-SHOWN_S:]

    @property
    def top(self) -> float:
        """Value at the upper edge."""
        if self._kind.top is not None:
            return self._kind.top
        most = max((sum(parts) for _, parts in self.rows if parts), default=0.0)
        return max(most * _HEADROOM, 1e-9)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(320, self.fontMetrics().height() + _GAP_PX + _DRAWN_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(axis_px() + 120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        self._paint_words(painter)
        left, right = self._inset_px
        area = QRectF(left, self.height() - _DRAWN_PX, self.width() - left - right, _DRAWN_PX)
        painter.fillRect(area, QColor(self._theme.tokens.raised))
        if not self.rows:
            return
        first_s, last_s = axis_range_s(self._last_t_s)
        per_s = area.width() / (last_s - first_s)
        if self._kind.reading == TALK:
            self._paint_parts(painter, area, first_s, per_s)
        else:
            self._paint_line(painter, area, first_s, per_s)
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 1))
        for t_s in self._marks:
            if first_s <= t_s:
                x = int(area.left() + (t_s - first_s) * per_s)
                painter.drawLine(x, int(area.top()), x, int(area.bottom()))

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        first_px = self._inset_px[0]
        line = QRect(first_px, 0, self.width() - first_px, self.fontMetrics().height())
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._name)
        left = line.left() + self.fontMetrics().horizontalAdvance(self._name) + SPACE_PX
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        value_line = QRect(left, 0, self.width() - left, line.height())
        metrics = QFontMetrics(bold)
        painter.drawText(
            value_line, 0, metrics.elidedText(self.now.text, Qt.TextElideMode.ElideRight, value_line.width())
        )
        left += metrics.horizontalAdvance(self.now.text) + SPACE_PX
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.muted))
        note = self.fontMetrics().elidedText(self.now.note, Qt.TextElideMode.ElideRight, max(self.width() - left, 0))
        painter.drawText(QRect(left, 0, self.width() - left, line.height()), Qt.AlignmentFlag.AlignRight, note)

    def _paint_line(self, painter: QPainter, area: QRectF, first_s: float, per_s: float) -> None:
        t_s, values = least_and_most(*self.series(), int(area.width()))
        x = area.left() + (t_s - first_s) * per_s
        y = area.bottom() - 1 - np.clip(values / self.top, 0, 1) * (area.height() - 2)
        tokens = self._theme.tokens
        of_chat = self._kind.reading in _CHAT_READINGS
        pen = QPen(QColor(tokens.chat if of_chat else tokens.video), 1)
        painter.setPen(pen)
        painter.setClipRect(area)
        run = QPolygonF()
        for place_x, place_y in zip(x.tolist(), y.tolist(), strict=True):
            if place_y == place_y:  # not NaN
                run.append(QPointF(place_x, place_y))
            elif not run.isEmpty():
                _draw_run(painter, run)
                run = QPolygonF()
        if not run.isEmpty():
            _draw_run(painter, run)
        painter.setClipping(False)

    def _paint_parts(self, painter: QPainter, area: QRectF, first_s: float, per_s: float) -> None:
        teacher, students, voice = talk_brushes(self._theme)
        for t_s, parts in self.rows:
            right = area.left() + (t_s - first_s) * per_s
            left = right - per_s
            if left < area.left() - per_s:
                continue
            bottom = area.bottom()
            fills = (teacher, students) if len(parts) == 2 else (voice,)
            for part, fill in zip(parts, fills, strict=False):
                height = part * area.height()
                column = QRect(int(left), round(bottom - height), int(right) - int(left), round(height))
                painter.fillRect(column, fill)
                bottom -= height


class Strips(Card):
    """All strips of a lesson.

    Attributes:
        toggle: Folds them up or out.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Indicators"))
        self.setAccessibleName(self.tr("Indicators of the last ten minutes"))
        self._strips = {kind.reading: Strip(theme, kind) for kind in KINDS}
        self._policy = Policy.ENGAGEMENT
        self.toggle = QPushButton()
        self.toggle.setCheckable(True)
        self.toggle.setChecked(True)
        self.toggle.toggled.connect(lambda _: self._fold())
        self.header.addWidget(self.toggle)
        self._values = {kind.reading: label("", Role.CAPTION) for kind in KINDS}
        self._line = QWidget()
        flow = FlowLayout(self._line, spacing_px=2 * SPACE_PX)
        flow.setContentsMargins(0, 0, 0, 0)
        for value in self._values.values():
            flow.addWidget(value)
        policy = self._line.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self._line.setSizePolicy(policy)
        self.body.setSpacing(SPACE_PX // 2)
        self.body.addWidget(self._line)
        for strip in self._strips.values():
            self.body.addWidget(strip)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fold()

    def show_readings(
        self, t_s: int, readings: Mapping[str, Reading], policy: Policy, group_minimum: int = GROUP_MINIMUM_LIVE
    ) -> None:
        """Show the newest readings as far as the policy lets them be seen."""
        if policy is not self._policy:
            self._policy = policy
            self._fold()
        for kind in KINDS:
            now = shown(kind, readings, policy, group_minimum)
            if not self._wanted(kind.reading):
                now = Shown((), DASH, "")
            strip = self._strips[kind.reading]
            if t_s > 0:
                strip.show_now(t_s, now)
            else:
                strip.now = now
            value = self._values[kind.reading]
            text = self.tr("{name} {value}").format(name=indicator_name(kind.reading), value=now.text)
            if text != value.text():
                value.setText(text)
                escaped_tooltip(value, now.note)

    def show_marks(self, at_s: tuple[int, ...]) -> None:
        """Draw the teacher's marks at these seconds."""
        for strip in self._strips.values():
            strip.show_marks(at_s)

    def one(self, reading: str) -> Strip:
        """The strip of a reading."""
        return self._strips[reading]

    def columns(self) -> dict[str, dict[int, float]]:
        """Values by second for each strip that may be seen, under the names that people read."""
        return {
            indicator_name(name): {t_s: sum(parts) for t_s, parts in strip.rows if parts}
            for name, strip in self._strips.items()
            if not (name == FACING and self._policy is Policy.OBSERVE)
        }

    def value_text(self, reading: str) -> str:
        """What the strip of a reading says now."""
        return self._strips[reading].now.text

    def _wanted(self, reading: str) -> bool:
        return not (reading == FACING and self._policy is Policy.OBSERVE)

    def _fold(self) -> None:
        out = self.toggle.isChecked()
        self.toggle.setText(self.tr("Fold up") if out else self.tr("Fold out"))
        self.toggle.setAccessibleName(self.tr("Fold the strips up") if out else self.tr("Fold the strips out"))
        self._line.setVisible(not out)
        for name, strip in self._strips.items():
            # Under observe the talk has the middle of the page to itself.
            strip.setVisible(out and self._wanted(name) and not (name == TALK and self._policy is Policy.OBSERVE))
            strip.set_beside_axis(self._policy is not Policy.OBSERVE)
            self._values[name].setVisible(self._wanted(name))


def talk_brushes(theme: Theme) -> tuple[QBrush, QBrush, QBrush]:
    """Fills of the teacher, of students, and of a voice that nobody's is known of: apart by colour and pattern."""
    tokens = theme.tokens
    teacher, students, voice = QColor(tokens.teacher), QColor(tokens.audio), QColor(tokens.audio)
    teacher.setAlphaF(0.8)
    voice.setAlphaF(0.6)
    return QBrush(teacher), QBrush(students, Qt.BrushStyle.Dense4Pattern), QBrush(voice)


def _draw_run(painter: QPainter, run: QPolygonF) -> None:
    if run.size() == 1:
        painter.drawPoint(run.first())
    else:
        painter.drawPolyline(run)
