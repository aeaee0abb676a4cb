"""Page 7: ten seconds that show whether all works together, told in plain words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from classroom_analyzer.domain.live import Preview
from classroom_analyzer.domain.setup import SelfTestResult, SelfTestStep, SetupChoices, SoundVerdict
from classroom_analyzer.errors import ClassroomAnalyzerError
from classroom_analyzer.gui.background import Background
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.flow import FlowLayout
from classroom_analyzer.gui.lessons import SelfTestRun
from classroom_analyzer.gui.preview import PreviewView
from classroom_analyzer.gui.text import visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role
from classroom_analyzer.gui.wizard.page import WizardContext, WizardPage

__all__ = ["SelfTestPage", "result_text"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

_POLL_MS = 50
_STEPS = 1000
_PREVIEW_HEIGHT_PX = 200


class SelfTestPage(WizardPage):
    """A trial lesson in a scratch folder; nothing of it is kept.

    Attributes:
        start_button: Begins it, or begins it again.
        cancel_button: Ends it early.
        bar: How far it is.
        said: What came of it.
    """

    def __init__(self, context: WizardContext) -> None:
        super().__init__(context)
        self.set_heading(
            self.tr("Self-test"),
            self.tr(
                "Ten seconds with the camera and the microphone that you chose. Say a few words while it runs. Nothing "
                "of it is kept."
            ),
        )
        self._choices = SetupChoices()
        self._run: SelfTestRun | None = None
        self._cancelled = False
        self._background = Background(self)
        self.start_button = QPushButton(self.tr("Start the test"))
        self.start_button.setAccessibleName(self.start_button.text())
        self.start_button.clicked.connect(self._start)
        self.cancel_button = QPushButton(self.tr("Cancel the test"))
        self.cancel_button.setAccessibleName(self.cancel_button.text())
        self.cancel_button.clicked.connect(self._cancel)
        self.cancel_button.hide()
        row = FlowLayout(spacing_px=SPACE_PX)
        row.addWidget(self.start_button)
        row.addWidget(self.cancel_button)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(SPACE_PX)
        self.bar.setAccessibleName(self.tr("Progress of the test"))
        self.bar.hide()
        self.preview = PreviewView(context.theme)
        self.preview.setFixedHeight(_PREVIEW_HEIGHT_PX)
        self.preview.hide()
        self.said = label("", Role.HEADING, wrap=True)
        self.column.addLayout(row)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self.preview)
        self.column.addStretch(1)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    def enter(self, choices: SetupChoices) -> None:
        """Get ready."""
        self._choices = choices
        self.start_button.setEnabled(choices.live.can_start)
        if not choices.live.can_start:
            self.said.setText(self.tr("No camera and no microphone was chosen, so there is nothing to test."))

    def leave(self) -> None:
        """End a test that runs."""
        self._cancel()

    def shut(self) -> None:
        """End it for good."""
        self._timer.stop()
        self._background.abandon()

    def first_field(self) -> QWidget:
        """The button that begins it."""
        return self.start_button

    def _start(self) -> None:
        if self._background.busy:
            return
        choices, setup, releasing = self._choices, self.context.setup, self.context.releasing

        def test() -> SelfTestResult:
            releasing.wait()  # the pages before may still be letting go of the same devices
            run = setup.self_test(choices)
            self._run = run
            if self._cancelled:
                run.cancel()
            return run.wait()

        self._cancelled = False
        self.said.setText(self.tr("Getting ready…"))
        self.bar.setValue(0)
        self.bar.show()
        self.start_button.hide()
        self.cancel_button.show()
        self.cancel_button.setFocus()
        self.preview.setVisible(choices.live.picture is not None)
        self._timer.start()
        self._background.run(test, self._show, self._failed)

    def _cancel(self) -> None:
        self._cancelled = True
        if self._run is not None:
            self._run.cancel()

    def _poll(self) -> None:
        run = self._run
        if run is None:
            return
        self.said.setText(self._step_text(run.step))
        self.bar.setValue(round(_STEPS * run.elapsed_s / run.duration_s))
        picture = run.picture()
        if picture is not None:
            self.preview.show_preview(Preview(0, picture, ()))

    def _step_text(self, step: SelfTestStep) -> str:
        return {
            SelfTestStep.LISTENING: self.tr("Listening. Say a few words."),
            SelfTestStep.LOADING: self.tr("Loading what a lesson needs…"),
            SelfTestStep.LOOKING: self.tr("Looking…"),
        }[step]

    def _show(self, result: SelfTestResult) -> None:
        self._over(result_text(result))

    def _failed(self, error: ClassroomAnalyzerError) -> None:
        self._over(visible_text(str(error)))

    def _over(self, text: str) -> None:
        self._run = None
        self._timer.stop()
        self.bar.hide()
        self.preview.clear()
        self.preview.hide()
        self.cancel_button.hide()
        self.start_button.setText(self.tr("Test again"))
        self.start_button.setAccessibleName(self.start_button.text())
        self.start_button.show()
        self.said.setText(text)
        self.satisfied.emit()


def result_text(result: SelfTestResult) -> str:
    """Say in plain words what the test gave."""
    said = []
    if result.faces is not None:
        said.append(
            translate("self_test", "%n faces found.", "", result.faces)
            if result.faces
            else translate("self_test", "No face found.")
        )
    if result.sound is not None:
        said.append(_sound_text(result.sound))
    if result.pictures_per_s is not None:
        said.append(
            translate("self_test", "About {rate} pictures a second are analysed on this computer.").format(
                rate=f"{result.pictures_per_s:.0f}" if result.pictures_per_s >= 1 else f"{result.pictures_per_s:.1f}"
            )
        )
    if result.faces is not None or result.pictures_per_s is not None:
        said.append(
            translate("self_test", "The estimate comes once a second.")
            if result.estimates
            else translate("self_test", "Nothing is estimated under this policy.")
        )
    if result.problem:
        said.append(visible_text(result.problem))
    return " ".join(said)


def _sound_text(verdict: SoundVerdict) -> str:
    return {
        SoundVerdict.NONE: translate("self_test", "No sound arrived."),
        SoundVerdict.SILENT: translate("self_test", "Only silence arrived; the microphone may be muted."),
        SoundVerdict.QUIET: translate("self_test", "The sound is very quiet; move the microphone closer."),
        SoundVerdict.GOOD: translate("self_test", "The sound is good."),
        SoundVerdict.LOUD: translate("self_test", "The sound is too loud; turn the microphone down."),
    }[verdict]
