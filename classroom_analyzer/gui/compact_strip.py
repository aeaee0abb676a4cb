"""A small window that stays above slides: lamp, class line, and the two marks one click away.

It never takes the keyboard from the slides by itself. ``take_keyboard`` gives it the keyboard; as soon as another
window has it again the strip goes back to leaving it alone.
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from classroom_analyzer.domain.live import Dashboard
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.class_series import ClassSeries, axis_range_s
from classroom_analyzer.gui.icons import icon
from classroom_analyzer.gui.lamp import Lamp, lamp_word
from classroom_analyzer.gui.strips import least_and_most
from classroom_analyzer.gui.text import clock_text, escaped_tooltip
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["CompactStrip"]

SIZE = QSize(360, 64)
UNDO_SHOWN_MS = 6000
_BUTTON_PADDING_PX = 6
_WORDS_DIGITS = 15  # width of "With me at 1:23:45" in digits
_MARGIN_PX = 12  # from the corner of the screen


class _Spark(QWidget):
    """The class line without words: band, line, gaps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._series: ClassSeries | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_series(self, series: ClassSeries | None) -> None:
        if series is not self._series:
            self._series = series
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.raised))
        series = self._series
        if series is None or not len(series.t_s):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = axis_range_s(float(series.t_s[-1]))
        columns = max(self.width(), 1)
        band = QColor(tokens.class_line)
        band.setAlpha(50)
        low, high = (self._points(series.t_s, v, first, last, columns) for v in (series.low, series.high))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        for lower, upper in zip(low, high, strict=False):
            painter.drawPolygon(QPolygonF([*lower, *reversed(upper)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.class_line), 1.5))
        for run in self._points(series.t_s, series.engagement, first, last, columns):
            painter.drawPolyline(QPolygonF(run))

    def _points(
        self, t_s: np.ndarray, values: np.ndarray, first: float, last: float, columns: int
    ) -> list[list[QPointF]]:
        """Runs of points without a gap, in pixels of the widget."""
        times, thinned = least_and_most(t_s, values, columns)
        runs: list[list[QPointF]] = [[]]
        for at_s, value in zip(times.tolist(), thinned.tolist(), strict=True):
            if math.isnan(value):
                if runs[-1]:
                    runs.append([])
                continue
            x = (at_s - first) / (last - first) * self.width()
            runs[-1].append(QPointF(x, 2 + (1 - value) * (self.height() - 4)))
        return [run for run in runs if run]


class CompactStrip(QFrame):
    """The strip. Its owner shows and closes it; closing it by itself asks for the whole window.

    Attributes:
        with_me_button: Says that the class is with the teacher.
        lost_button: Says that it is lost.
        window_button: Goes back to the whole window.
        undo_button: Takes the newest press back; stands in the place of the line for a while after a press.

    Signals:
        with_me_pressed: The class is with the teacher.
        lost_pressed: The class is lost.
        undo_pressed: Take the newest press back.
        left: The teacher wants the whole window.
    """

    with_me_pressed = Signal()
    lost_pressed = Signal()
    undo_pressed = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setObjectName("choice")
        self.setWindowTitle(self.tr("Classroom Analyzer, strip"))
        self.setAccessibleName(self.tr("Lesson strip"))
        self._theme = theme
        self._drag_from: QPoint | None = None
        self._line_hidden = False
        self.lamp = Lamp(theme)
        self.elapsed = label("0:00", Role.CAPTION)
        self._spark = _Spark(theme)
        self._words = label("", Role.CAPTION, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.undo_button = QPushButton()
        self.undo_button.clicked.connect(self.undo_pressed)
        self.undo_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._middle = QStackedWidget()
        for widget in (self._spark, self._words, self.undo_button):
            self._middle.addWidget(widget)
        self.with_me_button = QPushButton(self.tr("With me"))
        self.with_me_button.setAccessibleName(self.tr("The class is with me"))
        self.with_me_button.clicked.connect(self.with_me_pressed)
        self.lost_button = QPushButton(self.tr("Lost"))
        self.lost_button.setAccessibleName(self.tr("The class is lost"))
        self.lost_button.clicked.connect(self.lost_pressed)
        self.window_button = QPushButton()
        self.window_button.setAccessibleName(self.tr("Back to the whole window"))
        escaped_tooltip(self.window_button, self.tr("Back to the whole window"))
        self.window_button.clicked.connect(self.left)
        for button in (self.with_me_button, self.lost_button, self.window_button, self.undo_button):
            # Narrower than elsewhere, so that all fits above a slide; as high as everywhere.
            button.setStyleSheet(
                f"QPushButton {{ padding: 0 {_BUTTON_PADDING_PX}px; }}"
                f"QPushButton:focus {{ padding: 0 {_BUTTON_PADDING_PX - 1}px; }}"
            )
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.lamp, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addWidget(self.elapsed, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_PX, SPACE_PX // 2, SPACE_PX, SPACE_PX // 2)
        row.setSpacing(SPACE_PX // 2 + 2)
        row.addLayout(left)
        row.addWidget(self._middle, 1)
        for button in (self.with_me_button, self.lost_button, self.window_button):
            row.addWidget(button)
        metrics = self.undo_button.fontMetrics()  # room for what was kept and for how to take it back
        words_px = _WORDS_DIGITS * metrics.horizontalAdvance("0") + 2 * _BUTTON_PADDING_PX
        self._middle.setMinimumSize(words_px, 2 * metrics.lineSpacing() + 4)
        self._undo_timer = QTimer(self, singleShot=True, interval=UNDO_SHOWN_MS)
        self._undo_timer.timeout.connect(self._show_line)
        theme.changed.connect(self._colour)
        self._colour()
        self.resize(SIZE.expandedTo(self.minimumSizeHint()))
        self._to_corner()

    @property
    def line_visible(self) -> bool:
        """Whether the class line can be seen in it."""
        return self.isVisible() and not self._line_hidden

    def show_dashboard(self, dashboard: Dashboard, series: ClassSeries | None, words: str) -> None:
        """Show the newest state.

        Args:
            dashboard: Newest snapshot.
            series: What to draw; None where the line may not be seen or there is none.
            words: What to say in place of a line, for instance that it is hidden.
        """
        self.lamp.show_state(lit=not dashboard.finished, paused=dashboard.paused)
        self.elapsed.setText(clock_text(dashboard.t_s))
        self.setAccessibleDescription(f"{lamp_word(dashboard)}, {self.elapsed.text()}")
        for button in (self.with_me_button, self.lost_button):
            button.setEnabled(not dashboard.finished)
        self._line_hidden = series is None
        if words != self._words.text():
            self._words.setText(words)
        self._spark.show_series(series)
        if not self._undo_timer.isActive():
            self._show_line()

    def show_pressed(self, text: str) -> None:
        """Say what was kept, on a button that takes it back."""
        self.undo_button.setAccessibleName(self.tr("{what}. Undo").format(what=text))
        room_px = self._middle.width() - 2 * _BUTTON_PADDING_PX - 2
        short = self.undo_button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room_px)
        # An ampersand in the name of an own marker is no key of the button.
        self.undo_button.setText("\n".join((short.replace("&", "&&"), self.tr("Undo"))))
        self._middle.setCurrentWidget(self.undo_button)
        self._undo_timer.start()

    def show_said(self, text: str) -> None:
        """Say something that cannot be undone."""
        self._words.setText(text)
        self._middle.setCurrentWidget(self._words)
        self._undo_timer.start()

    def take_keyboard(self) -> None:
        """Give the strip the keyboard, until another window takes it."""
        self.show()
        window = self.windowHandle()
        if window is not None:
            window.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
        self.activateWindow()
        self.with_me_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        window = self.windowHandle()
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and window is not None:
            window.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        self._undo_timer.stop()
        super().closeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._drag_from = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self._drag_from is not None:
            self.move(event.globalPosition().toPoint() - self._drag_from)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._drag_from = None

    def shown_text(self) -> str:
        """What stands in the middle in words; empty while the line stands there."""
        current = self._middle.currentWidget()
        if current is self.undo_button:
            return self.undo_button.accessibleName()
        return self._words.text() if current is self._words else ""

    def _show_line(self) -> None:
        self._middle.setCurrentWidget(self._words if self._line_hidden else self._spark)

    def _to_corner(self) -> None:
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            area = screen.availableGeometry()
            self.move(area.right() - self.width() - _MARGIN_PX, area.top() + _MARGIN_PX)

    def _colour(self) -> None:
        colour = self._theme.tokens.text
        self.window_button.setIcon(icon("window", colour))
