"""How many were in a call and for how long, without their names."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from classroom_analyzer.domain.chat import ChatProblem

__all__ = ["AttendanceImport", "Attendee"]


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person.

    Attributes:
        minutes: In the call, all stays added up; None when the file does not say.
        organiser: Whether the file names them as who held the call; False also where it names nobody's role.
    """

    minutes: float | None
    organiser: bool


@dataclass(frozen=True, slots=True)
class AttendanceImport:
    """What an attendance file gave.

    Attributes:
        shape: Name of the format, for example ``teams attendance``.
        people: By first appearance.
        problems: Rows that could not be read; kept and counted, never dropped silently.
        date_rule: How its dates were read, or that they were not, one sentence for people.
        date_order_unknown: Whether its dates may have the day or the month first: ``2/7/26`` is two different days.
    """

    shape: str
    people: tuple[Attendee, ...]
    problems: tuple[ChatProblem, ...]
    date_rule: str
    date_order_unknown: bool = False

    @property
    def organisers(self) -> int:
        """People whom the file names as who held the call."""
        return sum(person.organiser for person in self.people)

    @property
    def class_size(self) -> int:
        """People without those who held the call."""
        return len(self.people) - self.organisers

    @property
    def median_minutes(self) -> float | None:
        """Median stay of those without a part in holding the call; None when no stay is known."""
        stays = [p.minutes for p in self.people if p.minutes is not None and not p.organiser]
        return median(stays) if stays else None
