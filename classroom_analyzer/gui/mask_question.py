"""Asks once before a seat is masked, because there is no way back within the lesson."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from classroom_analyzer.gui.text import plain

__all__ = ["ask_to_mask"]

translate = QCoreApplication.translate  # under this name lupdate finds the sentences


def ask_to_mask(parent: QWidget, seat: int, mask: Callable[[], None]) -> None:
    """Ask over the page and go on; the lesson does not wait for the answer.

    Args:
        parent: What the question is about.
        seat: Number of the seat.
        mask: Called when the teacher says yes.
    """
    title = translate("mask_question", "Classroom Analyzer")
    box = plain(QMessageBox(QMessageBox.Icon.Question, title, "", parent=parent))
    box.setText(translate("mask_question", "Mask seat {n}?").format(n=seat))
    box.setInformativeText(
        translate(
            "mask_question",
            "From now on the seat is hidden in picture, figures and recording. "
            "It cannot be shown again in this lesson.",
        )
    )
    accept = box.addButton(translate("mask_question", "Mask this seat"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("mask_question", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    accept.clicked.connect(mask)
    box.open()
