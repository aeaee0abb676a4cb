"""The bottom bar: lamp, time, what is kept, one shape and word per device, disk left, and all that can be pressed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from classroom_analyzer.domain.live import Dashboard, DeviceHealth, RecordingHealth, RecordingState, SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.icons import icon
from classroom_analyzer.gui.lamp import Lamp, lamp_word
from classroom_analyzer.gui.sentences import device_word, left_text, modality_name
from classroom_analyzer.gui.text import clock_text, escaped_tooltip, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["DeviceBar"]

_LONGEST_NAME = 28  # characters
_LATE_S = 3.0  # estimates that come later than this are told


class StateShape(QWidget):
    """Disc: OK. Half disc: late, muted or frozen. Triangle: lost. Square: ended. Ring: off."""

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
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shape = StateShape(theme)
        self._text = label("", Role.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._shape)
        row.addWidget(self._text)

    def show_health(self, health: DeviceHealth, analysed_fps: float | None, *, twins: bool) -> None:
        word = device_word(health)
        limps = health.state is SourceState.OK and word != device_word(_well(health))
        self._shape.show_state(SourceState.STALE if limps else health.state)
        name = modality_name(health.modality)
        name = name[:1].upper() + name[1:]
        if twins:
            # Several sources of one kind, such as a microphone and a call, are told apart by their names.
            name = _shortened(visible_text(health.name))
        text = self.tr("{name}: {state}").format(name=name, state=word)
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleName(text)
        said = [visible_text(health.name)[:200], self.tr("Dropped: {n}").format(n=health.dropped)]
        if health.modality is Modality.VISION and analysed_fps is not None:
            said.append(self.tr("Analysed: {n:.1f} pictures a second").format(n=analysed_fps))
        if health.detail:
            said.append(visible_text(health.detail))
        tooltip = ". ".join(said)
        if tooltip != self.accessibleDescription():
            self.setAccessibleDescription(tooltip)
            escaped_tooltip(self, tooltip)


class _Keeping(QWidget):
    """Whether picture and sound are kept: apart from the lamp, which only says that the lesson runs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state = RecordingState.OFF
        self._text = label("", Role.BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 0, 0)
        row.addWidget(self._text)
        theme.changed.connect(self.update)
        self.hide()

    def show_recording(self, recording: RecordingHealth) -> None:
        self._state = recording.state
        self.setVisible(recording.state is not RecordingState.OFF)
        kept = recording.state is RecordingState.ON
        text = self.tr("Keeping video") if kept else self.tr("Video stopped")
        said = [visible_text(recording.detail)] if recording.detail else []
        if recording.dropped:
            said.append(self.tr("Pictures not kept: {n}").format(n=recording.dropped))
        tooltip = ". ".join(said)
        if text != self._text.text() or tooltip != self.accessibleDescription():
            self._text.setText(text)
            self.setAccessibleName(text)
            self.setAccessibleDescription(tooltip)
            escaped_tooltip(self, tooltip)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        kept = self._state is RecordingState.ON
        painter.setPen(QPen(QColor(tokens.lamp if kept else tokens.warning), 1.6))
        middle = self.height() / 2
        frame = QRectF(1, middle - 5, 14, 10)
        painter.drawRoundedRect(frame, 2, 2)
        if kept:
            painter.setBrush(QColor(tokens.lamp))
            painter.drawEllipse(frame.center(), 2, 2)
        else:
            painter.drawLine(frame.bottomLeft(), frame.topRight())


class DeviceBar(QFrame):
    """State of the lesson and its devices; it takes a second line where the window is narrow.

    Attributes:
        with_me_button: Says that the class is with the teacher.
        lost_button: Says that it is lost.
        mark_button: Sets a marker.
        note_button: Begins a note.
        pause_button: Pauses and goes on.
        stop_button: Ends the lesson.

    Signals:
        mark_pressed: The teacher wants a marker now.
        note_pressed: The teacher wants to write a note.
        with_me_pressed: The class is with the teacher.
        lost_pressed: The class is lost.
        pause_pressed: Pause or go on.
        stop_pressed: The teacher wants to end the lesson.
        height_changed: How high the bar is.
    """

    mark_pressed = Signal()
    note_pressed = Signal()
    with_me_pressed = Signal()
    lost_pressed = Signal()
    pause_pressed = Signal()
    stop_pressed = Signal()
    height_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._theme = theme
        self._devices: dict[tuple[Modality, str], _Device] = {}
        self._paused = False
        self.lamp = Lamp(theme)
        self._lamp_word = label("", Role.HEADING)
        self.elapsed = label("0:00", Role.HEADING)
        self.elapsed.setAccessibleName(self.tr("Elapsed time"))
        self._keeping = _Keeping(theme)
        self._disk = label("", Role.BODY)
        self._disk.hide()
        status = QWidget()
        row = QHBoxLayout(status)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX)
        for widget in (self.lamp, self._lamp_word, self.elapsed):
            row.addWidget(widget)
        devices = QWidget()
        self._device_flow = FlowLayout(devices, spacing_px=SPACE_PX + 4)
        self._device_flow.setContentsMargins(0, 0, 0, 0)
        self._make_buttons()
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_PX - 2)
        for button in self.buttons():
            # A little narrower than elsewhere, so that all stand in one line of a small screen.
            button.setStyleSheet("QPushButton { padding: 0 9px; } QPushButton:focus { padding: 0 8px; }")
            row.addWidget(button)
        flow = FlowLayout(self, spacing_px=SPACE_PX + 4, right=1)
        flow.setContentsMargins(2 * SPACE_PX, SPACE_PX, 2 * SPACE_PX, SPACE_PX)
        for part in (status, self._keeping, devices, self._disk, self._buttons):
            flow.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._colour_icons)
        self._colour_icons()

    def buttons(self) -> tuple[QPushButton, ...]:
        """All that can be pressed, from the left."""
        return (
            self.with_me_button, self.lost_button, self.mark_button, self.note_button, self.pause_button,
            self.stop_button,
        )  # fmt: skip

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show the newest state."""
        now = clock_text(dashboard.t_s)
        if dashboard.duration_s is not None:
            now = self.tr("{now} of {length}").format(now=now, length=clock_text(dashboard.duration_s))
        self.elapsed.setText(now)
        late = dashboard.behind_s is not None and dashboard.behind_s > _LATE_S
        said = self.tr("The newest figures came {n:.0f} s late.").format(n=dashboard.behind_s) if late else ""
        escaped_tooltip(self.elapsed, said)
        running = not dashboard.finished
        self.lamp.show_state(lit=running, paused=dashboard.paused)
        word = lamp_word(dashboard)
        self._lamp_word.setText(word)
        self.setAccessibleName(self.tr("{state}, {time}").format(state=word, time=now))
        for button in self.buttons():
            button.setEnabled(running)
        if dashboard.paused != self._paused:
            self._paused = dashboard.paused
            self._name_pause()
        self._keeping.show_recording(dashboard.recording)
        self._show_disk(dashboard.recording)
        self._show_devices(dashboard)

    def device_texts(self) -> list[str]:
        """What each device says, in order."""
        return [d.accessibleName() for d in self._devices.values()]

    def lamp_text(self) -> str:
        """The word beside the lamp."""
        return self._lamp_word.text()

    def keeping_text(self) -> str:
        """What is said of the recording; empty when none was asked for."""
        return self._keeping.accessibleName() if self._keeping.isVisibleTo(self) else ""

    def disk_text(self) -> str:
        """What is said of the disk; empty when there is nothing to say."""
        return self._disk.text() if self._disk.isVisibleTo(self) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.height_changed.emit(self.height())

    def _make_buttons(self) -> None:
        def button(text: str, name: str, tip: str, pressed: SignalInstance) -> QPushButton:
            made = QPushButton(text)
            made.setAccessibleName(name)
            escaped_tooltip(made, tip)
            made.clicked.connect(pressed)
            return made

        self.with_me_button = button(
            self.tr("With me"), self.tr("The class is with me"), self.tr("The class is with me (W)"),
            self.with_me_pressed,
        )  # fmt: skip
        self.lost_button = button(
            self.tr("Lost"), self.tr("The class is lost"), self.tr("The class is lost (L)"), self.lost_pressed
        )
        self.mark_button = button(
            self.tr("Mark"), self.tr("Mark this moment"), self.tr("Mark this moment (M)"), self.mark_pressed
        )
        self.note_button = button(
            self.tr("Note"), self.tr("Write a note for this moment"), self.tr("Write a note for this moment (N)"),
            self.note_pressed,
        )  # fmt: skip
        self.pause_button = button("", "", "", self.pause_pressed)
        self.stop_button = button(
            self.tr("Stop"), self.tr("Stop the lesson"), self.tr("Stop the lesson (Ctrl+R)"), self.stop_pressed
        )
        self._name_pause()

    def _name_pause(self) -> None:
        if self._paused:
            self.pause_button.setText(self.tr("Go on"))
            self.pause_button.setAccessibleName(self.tr("Go on with the lesson"))
            escaped_tooltip(self.pause_button, self.tr("Look, listen and read again"))
        else:
            self.pause_button.setText(self.tr("Pause"))
            self.pause_button.setAccessibleName(self.tr("Pause the lesson"))
            escaped_tooltip(self.pause_button, self.tr("Look, listen and read nothing for a while"))
        self._colour_icons()

    def _show_disk(self, recording: RecordingHealth) -> None:
        text = ""
        if recording.state is RecordingState.ON and recording.left_s is not None:
            text = self.tr("Disk: {left}").format(left=left_text(recording.left_s))
        elif recording.disk_low and recording.free_bytes is not None:
            text = self.tr("Disk: {gb:.1f} GB left").format(gb=recording.free_bytes / 1e9)
        if recording.disk_low and text:
            text = self.tr("Low. {text}").format(text=text)
        if text != self._disk.text():
            self._disk.setText(text)
            self._disk.setAccessibleName(text)
            if recording.free_bytes is not None:
                escaped_tooltip(self._disk, self.tr("{gb:.1f} GB free").format(gb=recording.free_bytes / 1e9))
        self._disk.setVisible(bool(text))

    def _show_devices(self, dashboard: Dashboard) -> None:
        keys = [(h.modality, h.name) for h in dashboard.devices]
        if keys != list(self._devices):
            for device in self._devices.values():
                self._device_flow.removeWidget(device)
                device.hide()
                device.deleteLater()
            self._devices = {key: _Device(self._theme) for key in keys}
            for device in self._devices.values():
                self._device_flow.addWidget(device)
                device.show()
        kinds = Counter(h.modality for h in dashboard.devices)
        for health in dashboard.devices:
            twins = kinds[health.modality] > 1
            device = self._devices[health.modality, health.name]
            device.show_health(health, dashboard.analysed_fps, twins=twins)

    def _colour_icons(self) -> None:
        colour = self._theme.tokens.text
        self.with_me_button.setIcon(icon("with_me", colour))
        self.lost_button.setIcon(icon("lost", colour))
        self.mark_button.setIcon(icon("marker", colour))
        self.note_button.setIcon(icon("note", colour))
        self.pause_button.setIcon(icon("resume" if self._paused else "pause", colour))
        self.stop_button.setIcon(icon("stop", colour))


def _well(health: DeviceHealth) -> DeviceHealth:
    return replace(health, detail="")


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
