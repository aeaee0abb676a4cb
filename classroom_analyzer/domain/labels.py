"""What a teacher or an observer says of the class at a time: the marks that the estimate is compared and fitted with.

A label covers the 30 seconds before it (VALIDITY section 5). Only labels that were given while the line was hidden
count; whoever sees the line agrees with it too easily.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classroom_analyzer.errors import UsageError

__all__ = ["CALIBRATED_BADGE", "LABEL_SPAN_S", "MAX_LEVEL", "SAMPLED", "Label", "LabelKind", "LabelSource"]

CALIBRATED_BADGE = "calibrated on your class, agreement"  # and the figures
LABEL_SPAN_S = 30
MAX_LEVEL = 3
MIDDLE = 0.5  # scores from here on are on the side of "with me"


class LabelKind(StrEnum):
    """What was said."""

    WITH_ME = "with_me"
    LOST = "lost"
    LEVEL = "level"


class LabelSource(StrEnum):
    """How it came to be said."""

    PRESS = "press"  # a key during the lesson, at a moment that the teacher chose
    PROMPTED = "prompted"  # the program asked
    REVIEW = "review"  # afterwards, at a moment that a person chose
    PULSE = "pulse"  # asked of everybody at a fixed time


SAMPLED = frozenset({LabelSource.PROMPTED, LabelSource.PULSE})
"""Sources whose moments nobody chose; the others are called pressed. They are reported apart."""

_VALUES = {LabelKind.WITH_ME: range(1, 2), LabelKind.LOST: range(1), LabelKind.LEVEL: range(MAX_LEVEL + 1)}


@dataclass(frozen=True, slots=True)
class Label:
    """One judgement.

    Attributes:
        t_s: Second on the lesson clock at which it was given; it covers the 30 s before.
        kind: What was said.
        value: 1 for ``with_me``, 0 for ``lost``, 0 to 3 for a level.
        estimate_visible: Whether the line could be seen when it was given.
        source: How it came to be said.
        seat: Number of the seat it is about; None for the whole class.

    Raises:
        UsageError: The value does not fit the kind, the time lies before the lesson, or there is no such seat number.
    """

    t_s: int
    kind: LabelKind
    value: int
    estimate_visible: bool
    source: LabelSource
    seat: int | None = None

    def __post_init__(self) -> None:
        allowed = _VALUES[self.kind]
        if self.value not in allowed:
            raise UsageError(f"{self.value} is no {self.kind}; it is {allowed.start} to {allowed.stop - 1}")
        if self.t_s < 0:
            raise UsageError(f"a label cannot be given before the lesson begins ({self.t_s} s)")
        if self.seat is not None and self.seat < 1:
            raise UsageError(f"{self.seat} is no seat's number; seats are counted from 1")

    @property
    def score(self) -> float:
        """On the scale of the estimate: with me 1, lost 0, a level over 3."""
        return self.value / MAX_LEVEL if self.kind is LabelKind.LEVEL else float(self.value)

    @property
    def is_with_me(self) -> bool:
        """Which side it is on: with me and levels 2 and 3, or lost and levels 0 and 1."""
        return self.score >= MIDDLE

    @property
    def is_blind(self) -> bool:
        """Whether it was given with the line hidden, so that it counts for agreement and calibration."""
        return not self.estimate_visible

    @property
    def is_sampled(self) -> bool:
        """Whether nobody chose its moment."""
        return self.source in SAMPLED
