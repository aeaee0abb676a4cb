"""How far a job beside the window is: its step, a bar, the time left, and Cancel."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.text import clock_text, visible_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["JobProgress", "ProgressPanel"]

_POLL_MS = 100
_SHOW_AFTER_S = 1.0
_TELL_LEFT_AFTER_S = 10.0
_STEPS = 1000


@dataclass(frozen=True, slots=True)
class _Told:
    step: str
    completed: float
    total: float | None


class JobProgress:
    """What a job told last; ``Progress`` of the job, read by the window.

    Attributes:
        token: Cancels the job.
    """

    def __init__(self) -> None:
        self.token = CancelToken()
        self.began_s = time.monotonic()
        self._told = _Told("", 0.0, None)

    def __call__(self, step: str, completed: float, total: float | None) -> None:
        """Take what the job reports; called in its thread."""
        self._told = _Told(step, completed, total)  # one assignment, so that a reader sees all of it or nothing

    @property
    def newest(self) -> tuple[str, float, float | None]:
        """Step, units done, units in all."""
        told = self._told
        return told.step, told.completed, told.total


class ProgressPanel(QFrame):
    """Shown from one second on; says the time left from ten seconds on.

    Attributes:
        cancel_button: Asks the job to stop.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: JobProgress | None = None
        self._words = label("", Role.BODY, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(SPACE_PX)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        column = QVBoxLayout()
        column.setSpacing(SPACE_PX // 2)
        column.addWidget(self._words)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column, 1)
        row.addWidget(self.cancel_button)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def follow(self, job: JobProgress) -> None:
        """Show this job from now on."""
        self._job = job
        self.cancel_button.setEnabled(True)
        self._words.clear()
        self._timer.start()

    def clear(self) -> None:
        """The job is over."""
        self._job = None
        self._timer.stop()
        self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.token.cancel()
            self.cancel_button.setEnabled(False)
            self._words.setText(self.tr("Stopping…"))

    def _poll(self) -> None:
        job = self._job
        if job is None:
            return
        ran_s = time.monotonic() - job.began_s
        if ran_s < _SHOW_AFTER_S:
            return
        step, completed, total = job.newest
        share = completed / total if total else None
        self.bar.setRange(0, _STEPS if share is not None else 0)
        if share is not None:
            self.bar.setValue(round(_STEPS * min(share, 1.0)))
        if not job.token.cancelled:
            text = visible_text(step)
            if share and ran_s > _TELL_LEFT_AFTER_S:
                left = clock_text(ran_s / share - ran_s)
                text = self.tr("{step}, {time} left").format(step=text, time=left)
            self._words.setText(text)
            self.bar.setAccessibleName(text)
        self.show()
