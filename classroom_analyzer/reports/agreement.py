"""What a report says of the teacher's marks: agreement with the line in figures, or that nothing was compared."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_analyzer.domain.agreement import AgreementFigure, ClassAgreement, MarkAgreement
from classroom_analyzer.domain.labels import CALIBRATED_BADGE, LABEL_SPAN_S
from classroom_analyzer.reports.figures import DASH, Figure
from classroom_analyzer.reports.speech import noted, say
from classroom_analyzer.reports.wording import EXPERIMENTAL_BADGE

__all__ = ["NOTHING_COMPARED", "agreement_figures", "agreement_notes", "badge", "collecting"]

NOTHING_COMPARED = noted("No mark of this lesson was compared with its line.")


def badge(warnings: Sequence[str]) -> str:
    """Return the badge of a lesson with estimates: what it was calibrated with, or that it is experimental."""
    return next((w for w in warnings if w.startswith(CALIBRATED_BADGE)), EXPERIMENTAL_BADGE)


def collecting(agreement: ClassAgreement | None, warnings: Sequence[str]) -> str | None:
    """Return ``collecting: 23 of 60 marks``; None once the gate has enough of them, or the line is calibrated."""
    if agreement is None or agreement.collected >= agreement.needed or badge(warnings) != EXPERIMENTAL_BADGE:
        return None
    return say("collecting: {n} of {needed} marks", n=agreement.collected, needed=agreement.needed)


def agreement_figures(agreement: ClassAgreement | None) -> list[Figure]:
    """Return a line per way of marking and coefficient that has any marks; none where nothing was compared."""
    if agreement is None:
        return []
    return [
        *_rows(say("With me or lost, pressed"), say("Levels 0 to 3, pressed"), agreement.pressed),
        *_rows(say("With me or lost, sampled"), say("Levels 0 to 3, sampled"), agreement.sampled),
    ]


def agreement_notes(agreement: ClassAgreement | None) -> list[str]:
    """Return what was left out of the comparison, and what is still needed, as sentences."""
    if agreement is None:
        return []
    notes = []
    if agreement.visible:
        notes.append(say("%n mark(s) not compared: the line could be seen.", n=agreement.visible))
    if agreement.without_estimate:
        notes.append(
            say("%n mark(s) not compared: there was too little of the line beside them.", n=agreement.without_estimate)
        )
    if not agreement.has_class:
        notes.append(say("The lesson names no class (--class), so marks of other lessons are not counted with these."))
    return notes


def _rows(label: str, levels_label: str, found: MarkAgreement) -> list[Figure]:
    rows = []
    if found.kappa.n:
        kappa = say("Cohen's kappa: 1 is agreement, 0 what chance gives; the line counts as with me from its middle on")
        rows.append(_figure(label, found.kappa, kappa))
    if found.ccc.n:
        concordance = say("concordance: 1 is the same level each time, 0 is none")
        rows.append(_figure(levels_label, found.ccc, concordance))
    return rows


def _figure(label: str, figure: AgreementFigure, note: str) -> Figure:
    if figure.value is None:
        one_sided = say("All marks, or all estimates beside them, are on one side.")
        return Figure(label, f"{DASH} (n = {figure.n})", one_sided)
    text = f"{figure.value:.2f}"
    if figure.low is not None and figure.high is not None:
        text = say("{value}, {low} to {high}", value=text, low=f"{figure.low:.2f}", high=f"{figure.high:.2f}")
    covers = say("{note}; each mark covers {seconds} s", note=note, seconds=LABEL_SPAN_S)
    return Figure(label, f"{text} (n = {figure.n})", covers)
