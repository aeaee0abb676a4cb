"""Teaches the program the teacher's voice: 20 seconds of it, kept encrypted, compared on this computer only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.lessons import Setup, SoundTrial
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["SAMPLE_S", "VoiceLesson"]

SAMPLE_S = 20


class VoiceLesson(QWidget):
    """A button that records from the microphone on trial, and what came of it.

    Attributes:
        button: Starts, and stops, the recording.
        forget_button: Leaves the sample out.
        said: How it stands.
    """

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup
        self._trial: SoundTrial | None = None
        self._recording = False
        self._path: Path | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        self.forget_button = QPushButton(self.tr("Do not use it"))
        self.forget_button.setAccessibleName(self.tr("Do not use the sample of my voice"))
        self.forget_button.clicked.connect(lambda: self.set_path(None))
        self.said = label("", Role.CAPTION, wrap=True)
        row = FlowLayout(spacing_px=SPACE_PX)
        row.addWidget(self.button)
        row.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX // 2)
        column.addLayout(row)
        column.addWidget(self.said)
        self.setFocusProxy(self.button)
        self._show()

    @property
    def path(self) -> Path | None:
        """Where the sample is kept, None without one."""
        return self._path

    def set_path(self, path: Path | None) -> None:
        """Use a sample that was made before, or none."""
        self._path = path
        self._show()

    def set_trial(self, trial: SoundTrial | None) -> None:
        """Listen to this microphone from now on; a recording that runs is given up."""
        self._trial = trial
        self._recording = False
        self._show()

    def poll(self) -> None:
        """Look how far the recording is."""
        if not self._recording or self._trial is None:
            return
        kept_s = self._trial.kept_s
        if kept_s < SAMPLE_S:
            self.said.setText(
                self.tr("Go on speaking: {seconds} of {all} seconds.").format(seconds=int(kept_s), all=SAMPLE_S)
            )
            return
        self._recording = False
        try:
            self._path = self._setup.keep_voice(self._trial)
        except ClassroomAnalyzerError as error:
            self._show()
            self.said.setText(visible_text(str(error)))
        else:
            self._show()

    def _press(self) -> None:
        if self._trial is None:
            return
        self._recording = not self._recording
        if self._recording:
            self._trial.keep(SAMPLE_S)
        self._show()

    def _show(self) -> None:
        name = self.tr("Teach it your voice (20 s)")
        if self._recording:
            name = self.tr("Stop recording")
        elif self._path is not None:
            name = self.tr("Teach it again (20 s)")
        self.button.setText(name)
        self.button.setAccessibleName(name)
        self.button.setEnabled(self._trial is not None)
        self.forget_button.setVisible(self._path is not None and not self._recording)
        if self._recording:
            self.said.setText(self.tr("Read something aloud, alone and without a break."))
        elif self._path is not None:
            self.said.setText(self.tr("It knows your voice. Lessons tell your talk from the class's."))
        else:
            self.said.setText(
                self.tr("Adds your share of the talk, questions and wait time. Without it, they stay a dash.")
            )
