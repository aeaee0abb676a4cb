"""The class line of the last ten minutes with its band, its coverage and one sentence; no digits but on hover."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.gui.cards import Card, label
from classroom_analyzer.gui.class_plot import LINE_PX, ClassPlot, band_brush, coverage_brush
from classroom_analyzer.gui.class_series import ClassHistory, ClassSeries
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.marks import Mark
from classroom_analyzer.gui.sentences import badge_text, class_sentence, phase_name, small_group_note, status_text
from classroom_analyzer.gui.strips import axis_px
from classroom_analyzer.gui.text import clock_text, escaped_tooltip
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["ClassLine"]


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
            painter.setPen(QPen(QColor(tokens.class_line), LINE_PX))
            painter.drawLine(0, 6, 22, 6)
        elif self._kind == "band":
            painter.fillRect(area, band_brush(self._theme))
        elif self._kind == "median":
            painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(0, 6, 22, 6)
        else:
            painter.fillRect(area, coverage_brush(self._theme))


class ClassLine(Card):
    """Plot, legend and sentence; nothing is drawn while nobody can see it.

    Attributes:
        plot: The drawing.
        badge: How far the line was validated.
        why: Asks about the second under the cursor, or the newest.

    Signals:
        why_asked: A second of the lesson that the teacher asks about.
    """

    why_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading.setText(self.tr("Class line"))
        self.setAccessibleName(self.tr("Class line"))
        self._theme = theme
        self._history = ClassHistory()
        self._estimates: tuple[ClassEstimate, ...] = ()
        self._stale = False  # new rows that were not drawn
        self.series: ClassSeries = self._history.series()
        self._phase = label("", Role.MUTED)
        self._small_group = label("", Role.MUTED)
        self.badge = label(badge_text(()), Role.CAPTION)
        self.badge.setObjectName("badge")
        self.why = QPushButton(self.tr("Why?"))
        self.why.setAccessibleName(self.tr("Why the class line is where it is"))
        escaped_tooltip(self.why, self.tr("Say what the line rests on; click the line to ask about any moment of it"))
        self.why.clicked.connect(self.ask_why)
        self.header.removeWidget(self.heading)
        head = QWidget()
        flow = FlowLayout(head, spacing_px=SPACE_PX, right=4)
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in (self.heading, self._small_group, self._phase, self.badge, self.why):
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        head.setSizePolicy(policy)
        self.header.takeAt(0)  # the stretch behind a heading
        self.header.addWidget(head, 1)
        self.plot = ClassPlot(theme, self.hover_text)
        self.plot.picked.connect(self.why_asked)
        self._sentence = label("", Role.HEADING, wrap=True)
        self._sentence.setAccessibleName(self.tr("Class line in words"))
        self._shown = QWidget()
        inside = QVBoxLayout(self._shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_PX // 2)
        inside.addWidget(self.plot, 1)
        inside.addWidget(self._legend())
        inside.addWidget(self._sentence)
        self._hidden = label("", Role.MUTED, wrap=True)
        self._hidden.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hidden.hide()
        self.body.addWidget(self._shown, 1)
        self.body.addWidget(self._hidden, 1)

    @property
    def line_visible(self) -> bool:
        """Whether the line is on the screen, as far as the window can tell."""
        return self.plot.isVisible() and not self.window().isMinimized()

    @property
    def hidden(self) -> bool:
        """Whether the line is kept from the teacher."""
        return not self._shown.isVisibleTo(self)

    def set_hidden(self, hidden: bool, labels: int = 0) -> None:
        """Keep the line from the teacher until the lesson is over, so that marks are blind.

        Args:
            hidden: Whether.
            labels: How many marks of this lesson are in force.
        """
        self._shown.setVisible(not hidden)
        self._hidden.setVisible(hidden)
        for widget in (self.why, self._phase):
            widget.setVisible(not hidden)
        self._hidden.setText(
            self.tr(
                "Calibration lesson: the class line is hidden until the end, so that your marks are your own.\n"
                "Press W when the class is with you and L when it is lost. Marks so far: {n}"
            ).format(n=labels)
        )

    def show_estimates(self, estimates: tuple[ClassEstimate, ...], *, paused: bool = False) -> None:
        """Take the newest rows; redraws only when there are new ones and somebody can see them."""
        self._estimates = estimates
        if not self._history.add(estimates, paused=paused):
            if not estimates:
                self._sentence.setText(class_sentence(estimates))
            return
        self.series = self._history.series()
        self._stale = True
        if self.plot.isVisible():
            self._draw()

    def ask_why(self) -> None:
        """Ask about the second under the cursor, or the newest one."""
        at_s = self.plot.cursor_s
        if at_s is None and self._estimates:
            at_s = self._estimates[-1].t_s
        if at_s is not None:
            self.why_asked.emit(at_s)

    def add_mark(self, mark: Mark) -> None:
        """Draw a mark at its second."""
        self.plot.add_mark(mark)

    def remove_mark(self, mark: Mark) -> None:
        """Take a mark away."""
        self.plot.remove_mark(mark)

    def sentence(self) -> str:
        """The sentence under the plot."""
        return self._sentence.text()

    def hover_text(self, t_s: float) -> str:
        """Numbers at one lesson time, as the files hold them."""
        at = next((e for e in reversed(self._estimates) if e.t_s == round(t_s)), None)
        if at is None:
            return ""
        if at.engagement is None or at.low is None or at.high is None:
            return self.tr("{time}  {reason}").format(time=clock_text(at.t_s), reason=status_text(at.status))
        return self.tr("{time}  {value:.2f}, model range {low:.2f} to {high:.2f}, coverage {coverage:.2f}").format(
            time=clock_text(at.t_s), value=at.engagement, low=at.low, high=at.high, coverage=at.coverage
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        if self._stale and not self.hidden:
            self._draw()

    def _draw(self) -> None:
        self._stale = False
        newest = self._estimates[-1]
        self.plot.draw(self.series, self._history.gaps())
        self._sentence.setText(class_sentence(self._estimates))
        self.setAccessibleDescription(self._sentence.text())
        self._phase.setText(phase_name(newest.phase))
        self._small_group.setText(small_group_note(newest))

    def _legend(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, spacing_px=SPACE_PX + 4)
        flow.setContentsMargins(axis_px(), 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        names = {
            "line": self.tr("class"),
            "band": self.tr("model range (80 %)"),
            "median": self.tr("this lesson's median"),
            "coverage": self.tr("share observed"),
        }
        for kind, name in names.items():
            pair = QWidget()
            inside = FlowLayout(pair, spacing_px=6)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(_Swatch(self._theme, kind))
            inside.addWidget(label(name, Role.CAPTION))
            flow.addWidget(pair)
        return row
