"""Page 4: microphone with a level meter, the sound of a call, the chat file, and the teacher's voice."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QWidget

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.setup import Devices, SetupChoices
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.lessons import SoundTrial
from classroom_analyzer.gui.level_meter import LevelMeter
from classroom_analyzer.gui.permissions import Access, ask
from classroom_analyzer.gui.source_fields import DeviceField, FileField
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role
from classroom_analyzer.gui.trouble import Trouble
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage
from classroom_analyzer.gui.wizard.voice_lesson import VoiceLesson

__all__ = ["SoundPage"]

_POLL_MS = 50


class SoundPage(WizardPage):
    """Listens while it is shown and lets go when it is left.

    Attributes:
        microphones: What is listened to.
        call_sounds: What carries the call's own sound.
        chat: Chat file.
        meter: Level of the microphone.
        call_meter: Level of the call's sound.
        voice: Sample of the teacher's voice.
        trouble: What is wrong.
    """

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("Microphone and chat"),
            self.tr("Say a few words and watch the bar. Sound tells talk from silence; words are not kept."),
        )
        self._trial: SoundTrial | None = None
        self._call_trial: SoundTrial | None = None
        self._listed = False
        self._shown = False
        self._background = Background(self)
        self.microphones = DeviceField(
            self.tr("Microphone"), self.tr("No microphone"), self.tr("The system's microphone")
        )
        self.refresh_button = QPushButton(self.tr("Look again"))
        self.refresh_button.setAccessibleName(self.tr("Look again for microphones"))
        self.refresh_button.clicked.connect(self._list)
        microphone_row = QHBoxLayout()
        microphone_row.setSpacing(SPACE_PX)
        microphone_row.addWidget(self.microphones, 1)
        microphone_row.addWidget(self.refresh_button)
        self.meter = LevelMeter(context.theme)
        self.level = label("", Role.BODY, wrap=True)
        self.trouble = Trouble(Access.MICROPHONE)
        self.trouble.try_again.connect(self._list)
        self.call_sounds = DeviceField(self.tr("Sound of the call"), self.tr("No call, or heard by the microphone"))
        self.call_meter = LevelMeter(context.theme)
        self.call_meter.setAccessibleName(self.tr("Level of the call's sound"))
        self.call_meter.hide()
        self.call_help = label("", Role.CAPTION, wrap=True)
        self.call_help.hide()
        self.chat = FileField(
            self.tr("Chat file"), self.tr("None; lines can be pasted during a lesson"), self.tr("Choose the chat file")
        )
        self.voice = VoiceLesson(context.setup)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(SPACE_PX)
        form.addRow(label(self.tr("Microphone"), Role.BODY), microphone_row)
        form.addRow(label("", Role.BODY), self.meter)
        form.addRow(label("", Role.BODY), self.level)
        form.addRow(label(self.tr("Sound of the call"), Role.BODY), self.call_sounds)
        form.addRow(label("", Role.BODY), self.call_meter)
        form.addRow(label("", Role.BODY), self.call_help)
        form.addRow(label(self.tr("Chat file"), Role.BODY), self.chat)
        form.addRow(label(self.tr("Your voice"), Role.BODY), self.voice)
        self.column.addLayout(form)
        self.column.addWidget(self.trouble)
        self.column.addStretch(1)
        self.microphones.currentIndexChanged.connect(self._reopen)
        self.call_sounds.currentIndexChanged.connect(self._reopen_call)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    def enter(self, choices: SetupChoices) -> None:
        """List the microphones, then listen to the chosen one."""
        self._shown = True
        self.microphones.set_choice(choices.live.microphone)
        self.call_sounds.set_choice(choices.live.call_sound)
        self.chat.set_path(choices.live.chat)
        self.voice.set_path(choices.live.teacher_voice)
        self._list()

    def leave(self) -> None:
        """Let go of the microphone."""
        self._shown = False
        self._release()
        self._release_call()

    def shut(self) -> None:
        """Drop a list that is being made."""
        self._background.abandon()

    def made(self, choices: SetupChoices) -> SetupChoices:
        """Take microphone, call sound, chat file and voice."""
        microphone = self.microphones.choice
        live = replace(
            choices.live,
            microphone=microphone,
            call_sound=self.call_sounds.choice if microphone is not None else None,
            chat=self.chat.path,
            teacher_voice=self.voice.path,
        )
        return replace(choices, live=live)

    def first_field(self) -> QWidget:
        """The list of microphones."""
        return self.microphones

    def _list(self) -> None:
        self._release()
        self._release_call()
        self.level.setText(self.tr("Looking for microphones…"))
        ask(Access.MICROPHONE, self, self._allowed)

    def _allowed(self, granted: bool) -> None:
        if not self._shown:
            return
        if not granted:
            self.level.clear()
            self.trouble.show_denied()
            return
        self._background.run(self.context.setup.devices, self._show_devices, self._failed)

    def _show_devices(self, devices: Devices) -> None:
        self.microphones.set_names(devices.microphones)
        self.call_sounds.set_names(devices.call_sounds)
        self.call_help.setText(visible_text(devices.call_sound_problem))
        self.call_help.setVisible(bool(devices.call_sound_problem))
        if self.context.first_run and not self._listed and self.microphones.choice is None and devices.microphones:
            self.microphones.set_choice("")
        self._listed = True
        self._reopen()
        self._reopen_call()
        if devices.microphone_blocked:
            self.trouble.show_denied()
        elif devices.problem:
            self.trouble.show_problem(devices.problem)

    def _failed(self, error: ClassroomAnalyzerError) -> None:
        self.level.clear()
        self.trouble.show_problem(str(error))

    def _reopen(self) -> None:
        self._release()
        name = self.microphones.choice
        if not self._shown:
            return
        if name is None:
            self.level.setText(self.tr("Without a microphone, talk and silence are not measured."))
            return
        self._trial = self.context.setup.open_sound(name)
        self.meter.restart()
        self.voice.set_trial(self._trial)
        self._timer.start()

    def _reopen_call(self) -> None:
        self._release_call()
        name = self.call_sounds.choice
        if not self._shown or name is None:
            return
        self._call_trial = self.context.setup.open_sound(name, call_sound=True)
        self.call_meter.restart()
        self.call_meter.show()
        self._timer.start()

    def _release(self) -> None:
        self.trouble.clear()
        self.voice.set_trial(None)
        trial, self._trial = self._trial, None
        if trial is not None:
            self.context.releasing.stop(trial)
        if self._call_trial is None:
            self._timer.stop()

    def _release_call(self) -> None:
        self.call_meter.hide()
        trial, self._call_trial = self._call_trial, None
        if trial is not None:
            self.context.releasing.stop(trial)
        if self._trial is None:
            self._timer.stop()

    def _poll(self) -> None:
        if self._call_trial is not None:
            self.call_meter.show_level(self._call_trial.level_dbfs())
        trial = self._trial
        if trial is None:
            return
        self.meter.show_level(trial.level_dbfs())
        self.voice.poll()
        self.level.setText(self.meter.words())
        if trial.state in (SourceState.LOST, SourceState.RETRY) and trial.detail:
            self.trouble.show_problem(trial.detail)
        elif self.trouble.isVisible() and trial.state is SourceState.OK:
            self.trouble.clear()
