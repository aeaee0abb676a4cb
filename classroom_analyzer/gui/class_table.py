"""The class line as a table, for those who do not read plots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.gui.cards import label
from classroom_analyzer.gui.sentences import status_text
from classroom_analyzer.gui.text import clock_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["ClassTable"]

_STEP_S = 15


class ClassTable(QDialog):
    """One row every 15 seconds of the last ten minutes, newest first, with the values that hover shows."""

    def __init__(self, estimates: Sequence[ClassEstimate], badge: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Class line as a table"))
        self.resize(760, 520)
        rows = [e for e in reversed(estimates) if e.t_s % _STEP_S == 0]
        heads = [
            self.tr("Time"),
            self.tr("Estimate, 0 to 1"),
            self.tr("Model range"),
            self.tr("Observed"),
            self.tr("State"),
        ]
        self.table = QTableWidget(len(rows), len(heads))
        self.table.setAccessibleName(self.tr("Class line, newest first"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for row, estimate in enumerate(rows):
            for place, text in enumerate(_cells(estimate)):
                self.table.setItem(row, place, QTableWidgetItem(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        column.addWidget(label(badge, Role.CAPTION))
        column.addWidget(self.table)


def _cells(estimate: ClassEstimate) -> tuple[str, ...]:
    value, band = "–", "–"
    if estimate.engagement is not None and estimate.low is not None and estimate.high is not None:
        value = f"{estimate.engagement:.2f}"
        band = f"{estimate.low:.2f} – {estimate.high:.2f}"
    observed = f"{100 * estimate.coverage:.0f} %"
    return clock_text(estimate.t_s), value, band, observed, status_text(estimate.status)
