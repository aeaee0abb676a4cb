"""What a report says of the teacher's marks: agreement with the line in figures, or that nothing was compared."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_analyzer.domain.agreement import AgreementFigure, ClassAgreement, MarkAgreement
from classroom_analyzer.domain.labels import CALIBRATED_BADGE, LABEL_SPAN_S
from classroom_analyzer.reports.figures import DASH, Figure
from classroom_analyzer.reports.wording import EXPERIMENTAL_BADGE

__all__ = ["NOTHING_COMPARED", "agreement_figures", "agreement_notes", "badge", "collecting"]

NOTHING_COMPARED = "No mark of this lesson was compared with its line."
_KAPPA = "Cohen's kappa: 1 is agreement, 0 what chance gives; the line counts as with me from its middle on"
_CCC = "concordance: 1 is the same level each time, 0 is none"
_UNDEFINED = "All marks, or all estimates beside them, are on one side."


def badge(warnings: Sequence[str]) -> str:
    """Return the badge of a lesson with estimates: what it was calibrated with, or that it is experimental."""
    return next((w for w in warnings if w.startswith(CALIBRATED_BADGE)), EXPERIMENTAL_BADGE)


def collecting(agreement: ClassAgreement | None, warnings: Sequence[str]) -> str | None:
    """Return ``collecting: 23 of 60 marks``; None once the gate has enough of them, or the line is calibrated."""
    if agreement is None or agreement.collected >= agreement.needed or badge(warnings) != EXPERIMENTAL_BADGE:
        return None
    return f"collecting: {agreement.collected} of {agreement.needed} marks"


def agreement_figures(agreement: ClassAgreement | None) -> list[Figure]:
    """Return a line per way of marking and coefficient that has any marks; none where nothing was compared."""
    if agreement is None:
        return []
    return [
        *_rows("pressed", agreement.pressed),
        *_rows("sampled", agreement.sampled),
    ]


def agreement_notes(agreement: ClassAgreement | None) -> list[str]:
    """Return what was left out of the comparison, and what is still needed, as sentences."""
    if agreement is None:
        return []
    notes = []
    if agreement.visible:
        notes.append(f"{_marks(agreement.visible)} not compared: the line could be seen.")
    if agreement.without_estimate:
        notes.append(f"{_marks(agreement.without_estimate)} not compared: there was too little of the line beside it.")
    if not agreement.has_class:
        notes.append("The lesson names no class (--class), so marks of other lessons are not counted with these.")
    return notes


def _rows(how: str, found: MarkAgreement) -> list[Figure]:
    rows = []
    if found.kappa.n:
        rows.append(_figure(f"With me or lost, {how}", found.kappa, _KAPPA))
    if found.ccc.n:
        rows.append(_figure(f"Levels 0 to 3, {how}", found.ccc, _CCC))
    return rows


def _figure(label: str, figure: AgreementFigure, note: str) -> Figure:
    if figure.value is None:
        return Figure(label, f"{DASH} (n = {figure.n})", _UNDEFINED)
    band = "" if figure.low is None or figure.high is None else f", {figure.low:.2f} to {figure.high:.2f}"
    return Figure(label, f"{figure.value:.2f}{band} (n = {figure.n})", f"{note}; each mark covers {LABEL_SPAN_S} s")


def _marks(n: int) -> str:
    return "1 mark was" if n == 1 else f"{n} marks were"
