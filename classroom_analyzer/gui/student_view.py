"""What students may see of a lesson: that it runs, what is looked at and kept, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from classroom_analyzer.domain.live import Dashboard, RecordingState
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.lamp import Lamp, lamp_word
from classroom_analyzer.gui.theme import SPACE_PX, Role, Theme

__all__ = ["StudentView", "notice_text"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences

_WIDEST_PX = 1000
_LAMP_PX = 40


def notice_text(dashboard: Dashboard) -> str:
    """The notice, for people who are being observed: what is taken in, what is made of it, what is kept."""
    parts = []
    if dashboard.paused:
        parts.append(translate("student_view", "Paused: nothing is seen, heard or read at the moment."))
    parts.append(
        translate(
            "student_view",
            "Classroom Analyzer takes in what anyone in the room can see or hear: sound, talk, chat, presence.",
        )
    )
    if dashboard.policy is Policy.OBSERVE:
        parts.append(translate("student_view", "It counts for the whole class and makes no estimate of anybody."))
    else:
        parts.append(
            translate(
                "student_view",
                "It makes an estimate of how the class takes part. It can be wrong about any person. "
                "It is not used for grades, discipline or ranking.",
            )
        )
    if dashboard.policy is Policy.RESEARCH:
        parts.append(translate("student_view", "An approved study takes part; you were asked about it separately."))
    if dashboard.recording.state is RecordingState.ON:
        parts.append(translate("student_view", "Picture and sound of this lesson are kept, encrypted."))
    else:
        parts.append(translate("student_view", "No picture and no sound are kept."))
    parts.append(translate("student_view", "Everything stays on this computer. You can ask to be left out."))
    return "\n\n".join(parts)


class StudentView(QFrame):
    """Lamp and notice.

    Signals:
        left: The teacher wants the whole page.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Notice for students"))
        self._lamp = Lamp(theme, _LAMP_PX)
        self._word = label("", Role.TITLE)
        self._notice = label("", Role.FIGURE, wrap=True)
        self._notice.setMaximumWidth(_WIDEST_PX)
        self.leave_button = QPushButton(self.tr("Teacher's view"))
        self.leave_button.setAccessibleName(self.tr("Back to the teacher's view"))
        self.leave_button.clicked.connect(self.left)
        top = QHBoxLayout()
        top.setSpacing(2 * SPACE_PX)
        top.addStretch(1)
        top.addWidget(self._lamp)
        top.addWidget(self._word)
        top.addStretch(1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(self._notice, 8)
        middle.addStretch(1)
        inside = QWidget()
        inside.setLayout(middle)
        scroll = QScrollArea()  # for large text on a small screen
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)  # setWidget switched it on
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE_PX, 3 * SPACE_PX, 3 * SPACE_PX, 2 * SPACE_PX)
        column.setSpacing(3 * SPACE_PX)
        column.addLayout(top)
        column.addWidget(scroll, 1)
        column.addLayout(bottom)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_dashboard(self, dashboard: Dashboard) -> None:
        """Show whether the lesson runs, and the notice."""
        self._lamp.show_state(lit=not dashboard.finished, paused=dashboard.paused)
        self._word.setText(lamp_word(dashboard))
        text = notice_text(dashboard)
        if text != self._notice.text():
            self._notice.setText(text)

    def texts(self) -> tuple[str, str]:
        """The word beside the lamp and the notice."""
        return self._word.text(), self._notice.text()
