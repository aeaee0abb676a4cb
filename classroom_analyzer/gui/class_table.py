"""The class line as a table, for those who do not read plots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from classroom_analyzer.gui.indicator_words import DASH
from classroom_analyzer.gui.sentences import status_text
from classroom_analyzer.gui.text import clock_text
from classroom_analyzer.gui.theme import SPACE_PX, Role

__all__ = ["ClassTable"]

_STEP_S = 15


class ClassTable(QDialog):
    """One row every 15 seconds of the last ten minutes, newest first, with the values that hover shows."""

    def __init__(
        self,
        estimates: Sequence[ClassEstimate],
        badge: str,
        parent: QWidget | None = None,
        *,
        columns: Mapping[str, Mapping[int, float]] | None = None,
    ) -> None:
        """Make the table.

        Args:
            estimates: Rows of the class line; none where there is no line or it may not be seen.
            badge: How far the line was validated.
            parent: Owner.
            columns: Further values, by name and second.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Last ten minutes as a table"))
        self.resize(900, 520)
        beside = dict(columns or {})
        by_second = {e.t_s: e for e in estimates}
        seconds = {t_s for t_s in by_second if t_s % _STEP_S == 0}
        seconds |= {t_s for values in beside.values() for t_s in values if t_s % _STEP_S == 0}
        rows = sorted(seconds, reverse=True)
        heads = [self.tr("Time")]
        if estimates:
            heads += [
                self.tr("Estimate, 0 to 1"),
                self.tr("Model range"),
                self.tr("Observed"),
                self.tr("State"),
            ]
        self.table = QTableWidget(len(rows), len(heads) + len(beside))
        self.table.setAccessibleName(self.tr("Last ten minutes, newest first"))
        self.table.setHorizontalHeaderLabels([*heads, *beside])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for row, t_s in enumerate(rows):
            cells = [clock_text(t_s)]
            if estimates:
                cells += _cells(by_second.get(t_s))
            cells += [_number(values.get(t_s)) for values in beside.values()]
            for place, text in enumerate(cells):
                self.table.setItem(row, place, QTableWidgetItem(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX, 2 * SPACE_PX)
        column.addWidget(label(badge, Role.CAPTION))
        column.addWidget(self.table)


def _cells(estimate: ClassEstimate | None) -> list[str]:
    if estimate is None:
        return [DASH, DASH, DASH, DASH]
    value, band = DASH, DASH
    if estimate.engagement is not None and estimate.low is not None and estimate.high is not None:
        value = f"{estimate.engagement:.2f}"
        band = f"{estimate.low:.2f} – {estimate.high:.2f}"
    observed = f"{100 * estimate.coverage:.0f} %"
    return [value, band, observed, status_text(estimate.status)]


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}"
