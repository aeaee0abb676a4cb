"""The bottom bar: recording lamp, time, one shape and word per device, mark and stop."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from classroom_analyzer.domain.live import Dashboard, DeviceHealth, SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.icons import icon
from classroom_analyzer.gui.sentences import modality_name, state_word
from classroom_analyzer.gui.text import clock_text, escaped_tooltip, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["DeviceBar"]

_LONGEST_NAME = 28  # characters


class StateShape(QWidget):
    """Disc: OK. Half disc: late. Triangle: lost. Square: ended. Ring: off."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state = SourceState.OFF
        self.setFixedSize(14, 14)
        theme.changed.connect(self.update)

    def show_state(self, state: SourceState) -> None:
        """Draw the shape of this state."""
        if state is not self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        area = QRectF(2, 2, 10, 10)
        colour = QColor(
            {
                SourceState.OK: tokens.video,
                SourceState.STALE: tokens.warning,
                SourceState.LOST: tokens.lamp,
                SourceState.RETRY: tokens.lamp,
            }.get(self._state, tokens.muted)
        )
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour)
        if self._state is SourceState.OK:
            painter.drawEllipse(area)
        elif self._state is SourceState.STALE:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(area)
            painter.setBrush(colour)
            painter.drawPie(area, 90 * 16, 180 * 16)
        elif self._state in (SourceState.LOST, SourceState.RETRY):
            if self._state is SourceState.RETRY:
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(
                QPolygonF([area.bottomLeft(), area.bottomRight(), QPointF(area.center().x(), area.top())])
            )
        elif self._state is SourceState.ENDED:
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(area)


class _Device(QWidget):
    def __init__(self, theme: Theme, modality: Modality) -> None:
        super().__init__()
        self._modality = modality
        self._shape = StateShape(theme)
        self._text = label("", Role.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_PX, 0, SPACE_PX, 0)
        row.setSpacing(6)
        row.addWidget(self._shape)
        row.addWidget(self._text)

    def show_health(self, health: DeviceHealth) -> None:
        self._shape.show_state(health.state)
        name = modality_name(health.modality)
        text = self.tr("{name}: {state}").format(name=name[:1].upper() + name[1:], state=state_word(health.state))
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleName(text)
        said = [visible_text(health.name)[:200], self.tr("Dropped: {n}").format(n=health.dropped)]
        if health.detail:
            said.append(visible_text(health.detail))
        tooltip = ". ".join(said)
        if tooltip != self.accessibleDescription():
            self.setAccessibleDescription(tooltip)
            escaped_tooltip(self, tooltip)


class _Lamp(QWidget):
    """A filled disc while a lesson is being written, an empty one after."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lit = False
        self.setFixedSize(QSize(16, 16))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._theme.tokens.lamp if self.lit else self._theme.tokens.muted)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if self.lit else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(2, 2, 12, 12))


class DeviceBar(QFrame):
    """State of the lesson and its devices.

    Signals:
        mark_pressed: The teacher wants a marker now.
        stop_pressed: The teacher wants to end the lesson.
    """

    mark_pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._devices: dict[tuple[Modality, str], _Device] = {}
        self._lamp = _Lamp(theme)
        self._lamp_word = label("", Role.HEADING)
        self.elapsed = label("0:00", Role.HEADING)
        self.elapsed.setAccessibleName(self.tr("Elapsed time"))
        self._device_row = QHBoxLayout()
        self._device_row.setSpacing(0)
        self.mark_button = QPushButton(self.tr("Mark"))
        self.mark_button.setAccessibleName(self.tr("Mark this moment"))
        escaped_tooltip(self.mark_button, self.tr("Mark this moment (M)"))
        self.mark_button.clicked.connect(self.mark_pressed)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop the lesson"))
        escaped_tooltip(self.stop_button, self.tr("Stop the lesson (Ctrl+R)"))
        self.stop_button.clicked.connect(self.stop_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, SPACE_PX)
        row.setSpacing(SPACE_PX)
        row.addWidget(self._lamp)
        row.addWidget(self._lamp_word)
        row.addWidget(self.elapsed)
        row.addSpacing(2 * SPACE_PX)
        row.addLayout(self._device_row)
        row.addStretch(1)
        row.addWidget(self.mark_button)
        row.addWidget(self.stop_button)
        theme.changed.connect(self._colour_icons)
        self._colour_icons()

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show the newest state."""
        now = clock_text(dashboard.t_s)
        if dashboard.duration_s is not None:
            now = self.tr("{now} of {length}").format(now=now, length=clock_text(dashboard.duration_s))
        self.elapsed.setText(now)
        running = not dashboard.finished
        if running != self._lamp.lit:
            self._lamp.lit = running
            self._lamp.update()
        word = self.tr("Ended")
        if running:
            word = self.tr("Recording") if dashboard.duration_s is None else self.tr("Playing")
        self._lamp_word.setText(word)
        self.setAccessibleName(self.tr("{state}, {time}").format(state=word, time=now))
        self.mark_button.setEnabled(running)
        self.stop_button.setEnabled(running)
        self._show_devices(dashboard)

    def device_texts(self) -> list[str]:
        """What each device says, in order."""
        return [d.accessibleName() for d in self._devices.values()]

    def _show_devices(self, dashboard: Dashboard) -> None:
        keys = [(h.modality, h.name) for h in dashboard.devices]
        if keys != list(self._devices):
            for device in self._devices.values():
                device.deleteLater()
            self._devices = {key: _Device(self._theme, key[0]) for key in keys}
            for device in self._devices.values():
                self._device_row.addWidget(device)
        for health in dashboard.devices:
            self._devices[health.modality, health.name].show_health(health)

    def _colour_icons(self) -> None:
        colour = self._theme.tokens.text
        self.mark_button.setIcon(icon("marker", colour))
        self.stop_button.setIcon(icon("stop", colour))
