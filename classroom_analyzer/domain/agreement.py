"""How far marks and estimate agree, as reports print it. Figures, no verdicts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AgreementFigure", "ClassAgreement", "MarkAgreement"]


@dataclass(frozen=True, slots=True)
class AgreementFigure:
    """One coefficient.

    Attributes:
        n: Marks it rests on.
        value: None where it cannot be computed: no marks, or all of one kind on both sides.
        low: Lower end of the 95 % interval; None where nothing could be drawn.
        high: Upper end.
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class MarkAgreement:
    """Blind marks of one way of giving them, against the estimate of the 30 s before each.

    Attributes:
        kappa: Cohen's kappa of with me / lost and of the estimate on either side of 1/2.
        ccc: Concordance of levels over 3 and the estimate.
    """

    kappa: AgreementFigure
    ccc: AgreementFigure


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """What the report of a lesson says of its marks.

    Attributes:
        pressed: Marks at moments that a person chose.
        sampled: Marks at moments that nobody chose.
        visible: Marks that do not count because the line could be seen.
        without_estimate: Blind marks at times without an estimate.
        collected: Marks that count so far, in all lessons of this class with this bundle; of this lesson alone
            where it has no class.
        needed: Marks that the local gate asks for.
        has_class: Whether the lesson belongs to a named class.
    """

    pressed: MarkAgreement
    sampled: MarkAgreement
    visible: int
    without_estimate: int
    collected: int
    needed: int
    has_class: bool

    @property
    def compared(self) -> int:
        """Marks that the figures rest on."""
        return sum(f.n for of in (self.pressed, self.sampled) for f in (of.kappa, of.ccc))
