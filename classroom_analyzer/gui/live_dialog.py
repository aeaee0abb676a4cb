"""A live lesson before it begins: what it watches, hears and reads, of which class, and what people were told."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.class_names import MAX_CLASS_NAME, clean_class_name
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.setup import DEFAULT_KEEP_DAYS, Devices, KeepMedia, LiveChoice, SetupChoices
from classroom_analyzer.errors import UsageError
from classroom_analyzer.gui.cards import label, rule
from classroom_analyzer.gui.check_line import CheckLine
from classroom_analyzer.gui.source_fields import DeviceField, FileField, PictureField
from classroom_analyzer.gui.text import escaped_tooltip, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, TARGET_PX, Role

__all__ = ["LiveDialog"]

_SIZE = QSize(720, 700)
_MOST_PEOPLE = 999
_SEATS = re.compile(r"\s*\d{1,3}(?:[\s,;]+\d{1,3})*[\s,;]*", re.ASCII)


class LiveDialog(QDialog):
    """Begins with what was chosen last; recording is asked for anew each time.

    Args:
        devices: What is there now.
        choices: What was chosen last.
        look_again: Lists the devices anew and calls back with them; None where nobody can.
        parent: The window.

    Attributes:
        picture: Camera, window or screen.
        microphone: Microphone.
        call_sound: Sound of a call.
        chat: Chat file.
        class_name: Name of the class.
        class_size: People in it; 0 is unknown.
        attendance: Attendance file.
        voice: Sample of the teacher's voice.
        masked: Numbers of seats that stay masked.
        record: Whether video and sound are kept.
        screen_faces_class: Whether the class sees this screen.
        calibration: Whether the line is hidden.
        attested: Whether those concerned were told, or agreed.
        start_button: Enabled when all that is needed is there.
    """

    def __init__(
        self,
        devices: Devices,
        choices: SetupChoices,
        look_again: Callable[[Callable[[Devices], None]], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self.setWindowTitle(self.tr("Live lesson"))
        self.setModal(True)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._make_fields()
        self._reason = label("", Role.MUTED, wrap=True)
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setAccessibleName(self.tr("Start the live lesson"))
        self.start_button.setProperty("primary", True)
        self.start_button.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAccessibleName(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.refresh_button = QPushButton(self.tr("Look again"))
        self.refresh_button.setAccessibleName(self.tr("Look again for cameras and microphones"))
        self.refresh_button.setAutoDefault(False)
        self.refresh_button.setVisible(look_again is not None)
        if look_again is not None:
            self.refresh_button.clicked.connect(partial(look_again, self.show_devices))
        self._more_button = QPushButton()
        self._more_button.setAutoDefault(False)
        self._more_button.setCheckable(True)
        self._more_button.toggled.connect(self._show_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE_PX, 2 * SPACE_PX, 3 * SPACE_PX, 2 * SPACE_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(label(self.tr("Start a live lesson"), Role.TITLE, wrap=True))
        column.addWidget(self._make_body(), 1)
        column.addWidget(rule())
        column.addWidget(self.attested)
        column.addWidget(self._reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_PX)
        buttons.addWidget(self.refresh_button)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.start_button)
        column.addLayout(buttons)
        self._show_choices()
        self.show_devices(devices)
        self.start_button.setDefault(True)
        self.picture.setFocus()

    @property
    def choice(self) -> LiveChoice:
        """The lesson that was asked for."""
        name = self.class_name.text().strip()
        microphone = self.microphone.choice
        return LiveChoice(
            picture=self.picture.choice,
            microphone=microphone,
            call_sound=self.call_sound.choice if microphone is not None else None,
            chat=self.chat.path,
            attendance=self.attendance.path,
            class_name=clean_class_name(name) if name else None,
            class_size=self.class_size.value() or None,
            record=self.record.isChecked(),
            teacher_voice=self.voice.path,
            screen_faces_class=self.screen_faces_class.isChecked(),
            calibration=self.calibration.isChecked(),
            excluded_seats=self._masked_seats() or frozenset(),
            attested=self.attested.isChecked(),
        )

    def show_devices(self, devices: Devices) -> None:
        """Offer these; what is chosen stays."""
        self.picture.set_devices(devices)
        self.microphone.set_names(devices.microphones)
        self.call_sound.set_names(devices.call_sounds)
        escaped_tooltip(self.call_sound, devices.call_sound_problem)
        self._update()

    def _make_fields(self) -> None:
        self.picture = PictureField()
        self.microphone = DeviceField(
            self.tr("Microphone"), self.tr("No microphone"), self.tr("The system's microphone")
        )
        self.call_sound = DeviceField(self.tr("Sound of the call"), self.tr("No call, or heard by the microphone"))
        self.chat = FileField(
            self.tr("Chat file"),
            self.tr("None; lines can be pasted during the lesson"),
            self.tr("Choose the chat file"),
        )
        self.attendance = FileField(
            self.tr("Attendance file"), self.tr("None"), self.tr("Choose the attendance file of the meeting")
        )
        self.voice = FileField(
            self.tr("Sample of your voice"), self.tr("None; your talk is not told from the class's"),
            self.tr("Choose a sound file in which only you speak"),
        )  # fmt: skip
        self.class_name = self._line(self.tr("Name of the class"), self.tr("For example 7b; finds its calibration"))
        self.class_name.setMaxLength(MAX_CLASS_NAME)
        self.class_size = QSpinBox()
        self.class_size.setRange(0, _MOST_PEOPLE)
        self.class_size.setSpecialValueText(self.tr("unknown"))
        self.class_size.setMinimumHeight(TARGET_PX)
        self.class_size.setAccessibleName(self.tr("People in the class"))
        self.masked = self._line(self.tr("Seats that stay masked"), self.tr("Numbers, for example 3, 7"))
        self.record = CheckLine(self._record_text())
        self.screen_faces_class = CheckLine(self.tr("The class can see this screen: show only the lamp and the notice"))
        self.calibration = CheckLine(self.tr("Calibration lesson: hide the line, so that my marks are not led by it"))
        self.attested = CheckLine(self._attested_text())
        self.calibration.setVisible(self._choices.policy is not Policy.OBSERVE)

    def _make_body(self) -> QWidget:
        people = QHBoxLayout()
        people.setSpacing(SPACE_PX)
        people.addWidget(self.class_name, 1)
        people.addWidget(label(self.tr("People"), Role.BODY))
        people.addWidget(self.class_size)
        first = _form()
        first.addRow(label(self.tr("Picture"), Role.BODY), self.picture)
        first.addRow(label(self.tr("Microphone"), Role.BODY), self.microphone)
        first.addRow(label(self.tr("Chat file"), Role.BODY), self.chat)
        first.addRow(label(self.tr("Class"), Role.BODY), people)
        self._more = QWidget()
        more = _form(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.addRow(label(self.tr("Sound of the call"), Role.BODY), self.call_sound)
        more.addRow(label(self.tr("Attendance"), Role.BODY), self.attendance)
        more.addRow(label(self.tr("Your voice"), Role.BODY), self.voice)
        more.addRow(label(self.tr("Masked seats"), Role.BODY), self.masked)
        more.addRow(
            label(
                self.tr(
                    "Seats get their numbers when the lesson begins, so mask a person who opted out by a click on the "
                    "picture as soon as it shows; numbers given here hold from the first second."
                ),
                Role.CAPTION,
                wrap=True,
            )
        )
        more.addRow(self.screen_faces_class)
        more.addRow(self.calibration)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE_PX, 0)
        column.setSpacing(SPACE_PX)
        column.addLayout(first)
        column.addWidget(self.record)
        column.addWidget(self._more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        for signal in (
            self.picture.changed, self.microphone.currentIndexChanged, self.call_sound.currentIndexChanged,
            self.chat.changed, self.class_name.textChanged, self.masked.textChanged, self.attested.toggled,
            self.picture.address.textChanged,
        ):  # fmt: skip
            signal.connect(self._update)
        return area

    def _show_choices(self) -> None:
        live = self._choices.live
        self.picture.set_choice(live.picture)
        self.microphone.set_choice(live.microphone)
        self.call_sound.set_choice(live.call_sound)
        self.chat.set_path(live.chat)
        self.voice.set_path(live.teacher_voice)
        self.class_name.setText(live.class_name or "")
        self.class_size.setValue(live.class_size or 0)
        self.screen_faces_class.setChecked(live.screen_faces_class)
        self._more_button.setChecked(live.call_sound is not None or live.screen_faces_class)
        self._show_more(self._more_button.isChecked())

    def _show_more(self, on: bool) -> None:
        self._more.setVisible(on)
        self._more_button.setText(self.tr("Fewer options") if on else self.tr("More options"))
        self._more_button.setAccessibleName(self._more_button.text())

    def _record_text(self) -> str:
        if self._choices.keep_media is KeepMedia.DAYS:
            return self.tr("Keep video and sound, encrypted, for %n days", "", self._choices.keep_days)
        return self.tr(
            "Keep video and sound, encrypted, until I have checked the lesson, %n days at most", "", DEFAULT_KEEP_DAYS
        )

    def _attested_text(self) -> str:
        if self._choices.policy is Policy.OBSERVE:
            return self.tr("Everyone concerned was told, and whoever opted out is masked")
        return self.tr("Everyone in view agreed to an estimate, and whoever did not is masked")

    def _masked_seats(self) -> frozenset[int] | None:
        """The numbers typed; None where they are none."""
        text = self.masked.text()
        if not text.strip():
            return frozenset()
        if _SEATS.fullmatch(text) is None:
            return None
        seats = frozenset(int(number) for number in re.findall(r"\d+", text))
        return None if 0 in seats else seats

    def _missing(self) -> str:
        """Why it cannot start yet, empty when it can."""
        if self.picture.incomplete:
            return self.picture.incomplete
        if self._masked_seats() is None:
            return self.tr("Masked seats are numbers with commas between them, for example 3, 7.")
        try:
            choice = self.choice
        except UsageError as error:
            return visible_text(str(error))
        if not choice.can_start:
            return self.tr("Choose a picture, a microphone or a chat file.")
        if not self.attested.isChecked():
            return self.tr("Tick the line above to start; the lamp stays lit while the lesson runs.")
        return ""

    def _update(self) -> None:
        missing = self._missing()
        self._reason.setText(missing or self.tr("The lamp stays lit while the lesson runs."))
        self.start_button.setEnabled(not missing)
        self.call_sound.setEnabled(self.microphone.choice is not None)

    def _line(self, name: str, hint: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.setMinimumHeight(TARGET_PX)
        return line


def _form(parent: QWidget | None = None) -> QFormLayout:
    form = QFormLayout(parent) if parent is not None else QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setSpacing(SPACE_PX)
    return form
