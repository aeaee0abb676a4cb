"""Page 3: camera, call window or screen, with a live preview that says how many faces are large enough."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from classroom_analyzer.domain.live import Preview, SourceState
from classroom_analyzer.domain.setup import Devices, FacesSeen, SetupChoices
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.check_line import CheckLine
from classroom_analyzer.gui.lessons import PictureTrial
from classroom_analyzer.gui.permissions import Access, ask
from classroom_analyzer.gui.preview import PreviewView
from classroom_analyzer.gui.source_fields import PictureField
from classroom_analyzer.gui.theme import SPACE_PX, Role
from classroom_analyzer.gui.trouble import Trouble
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage

__all__ = ["PicturePage"]

_POLL_MS = 50
_PREVIEW_HEIGHT_PX = 230


class PicturePage(WizardPage):
    """Opens the chosen source while it is shown and lets go of it when it is left.

    Attributes:
        field: What is looked at.
        screen_box: Whether the screen faces the class.
        trouble: What is wrong with the source.
        preview: Its picture.
        faces: What was found in it, in words.
    """

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("Camera"),
            self.tr("A camera in the room, the window of a video call, or a part of the screen. You can go without."),
        )
        self._trial: PictureTrial | None = None
        self._listed = False
        self._shown = False
        self._background = Background(self)
        self.field = PictureField()
        self.refresh_button = QPushButton(self.tr("Look again"))
        self.refresh_button.setAccessibleName(self.tr("Look again for cameras, windows and screens"))
        self.refresh_button.clicked.connect(self._list)
        row = QHBoxLayout()
        row.setSpacing(SPACE_PX)
        row.addWidget(self.field, 1)
        row.addWidget(self.refresh_button)
        self.trouble = Trouble(Access.CAMERA)
        self.trouble.try_again.connect(self._list)
        self.preview = PreviewView(context.theme)
        self.preview.setAccessibleName(self.tr("Picture of the source"))
        self.preview.setFixedHeight(_PREVIEW_HEIGHT_PX)
        self.faces = label("", Role.BODY, wrap=True)
        self.screen_box = CheckLine(
            self.tr("The screen of this computer faces the class: start lessons with the lamp and the notice only")
        )
        self.column.addLayout(row)
        self.column.addWidget(self.trouble)
        self.column.addWidget(self.preview)
        self.column.addWidget(self.faces)
        self.column.addWidget(self.screen_box)
        self.column.addStretch(1)
        self.field.changed.connect(self._reopen)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    def enter(self, choices: SetupChoices) -> None:
        """List the sources, then open the chosen one."""
        self._shown = True
        self.field.set_choice(choices.live.picture)
        self.screen_box.setChecked(choices.live.screen_faces_class)
        self._list()

    def leave(self) -> None:
        """Let go of the source."""
        self._shown = False
        self._release()

    def shut(self) -> None:
        """Drop a list that is being made."""
        self._background.abandon()

    def made(self, choices: SetupChoices) -> SetupChoices:
        """Take the source, and whether the screen faces the class."""
        return replace(
            choices,
            live=replace(
                choices.live, picture=self.field.choice, screen_faces_class=self.screen_box.isChecked()
            ),
        )  # fmt: skip

    def first_field(self) -> QWidget:
        """The list of sources."""
        return self.field

    def _list(self) -> None:
        self._release()
        self.faces.setText(self.tr("Looking for cameras…"))
        ask(Access.CAMERA, self, self._allowed)

    def _allowed(self, granted: bool) -> None:
        if not self._shown:
            return
        if not granted:
            self.faces.clear()
            self.trouble.show_denied()
            return
        self._background.run(self.context.setup.devices, self._show_devices, self._failed)

    def _show_devices(self, devices: Devices) -> None:
        self.field.set_devices(devices)
        if self.context.first_run and not self._listed and self.field.choice is None and devices.cameras:
            self.field.choose_first()
        self._listed = True
        self._reopen()
        if devices.camera_blocked:
            self.trouble.show_denied()

    def _failed(self, error: ClassroomAnalyzerError) -> None:
        self.faces.clear()
        self.trouble.show_problem(str(error))

    def _reopen(self) -> None:
        self._release()
        if not self._shown:
            return
        choice = self.field.choice
        if choice is None:
            self.faces.setText(self.field.incomplete or self.tr("Without a picture, nobody is seen."))
            return
        self.faces.setText(self.tr("Opening…"))
        self._trial = self.context.setup.open_picture(choice)
        self._timer.start()

    def _release(self) -> None:
        self._timer.stop()
        self.trouble.clear()
        self.preview.clear()
        trial, self._trial = self._trial, None
        if trial is not None:
            self.context.releasing.stop(trial)

    def _poll(self) -> None:
        trial = self._trial
        if trial is None:
            return
        picture = trial.picture()
        if picture is not None:
            self.preview.show_preview(Preview(0, picture, ()))
            if trial.faces is None:
                self.faces.setText(self.tr("Looking for faces…"))
        if trial.state in (SourceState.LOST, SourceState.RETRY) and trial.detail:
            self.faces.clear()
            self.trouble.show_problem(trial.detail)
            return
        if self.trouble.isVisible() and trial.state is SourceState.OK:
            self.trouble.clear()
        if trial.faces is not None:
            self.faces.setText(self._faces_text(trial.faces))

    def _faces_text(self, seen: FacesSeen) -> str:
        size = self.tr("The picture has {width} x {height} pixels.").format(width=seen.width_px, height=seen.height_px)
        if not seen.found:
            said = self.tr("No face found yet. Let somebody look into the camera.")
        elif seen.large_enough == seen.found:
            said = self.tr("%n faces found, all large enough.", "", seen.found)
        elif 2 * seen.large_enough >= seen.found:
            said = self.tr("%n faces found, {large} of them large enough to tell where they face.", "", seen.found)
        else:
            said = self.tr(
                "%n faces found, only {large} of them large enough. Move the camera closer or use a sharper one.",
                "",
                seen.found,
            )
        return f"{said.format(large=seen.large_enough)} {size}"
