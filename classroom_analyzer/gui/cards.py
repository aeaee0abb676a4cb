"""The frame that every part of the lesson page sits in: a heading, a place for a note, the content."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from classroom_analyzer.gui.text import plain
from classroom_analyzer.gui.theme import SPACE_PX, Role, set_role

__all__ = ["Card", "label", "rule"]


def label(text: str, role: Role, *, wrap: bool = False) -> QLabel:
    """Return a plain-text label in a role of the type hierarchy."""
    made = plain(QLabel(text))
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def rule() -> QFrame:
    """Return a thin line across, between what scrolls and what stays."""
    line = QFrame()
    line.setObjectName("bar")  # of which only the upper border is high enough to be seen
    line.setFixedHeight(1)
    return line


class Card(QFrame):
    """A rounded frame with a heading.

    Attributes:
        header: Row of the heading; further widgets go to its right end.
        body: Column below it.
    """

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(heading)
        self.heading = label(heading, Role.HEADING)
        self.heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.header = QHBoxLayout()
        self.header.setSpacing(SPACE_PX)
        self.header.addWidget(self.heading)
        self.header.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, SPACE_PX + 4, 2 * SPACE_PX, SPACE_PX + 4)
        column.setSpacing(SPACE_PX)
        column.addLayout(self.header)
        column.addLayout(self.body, 1)
