"""The group minimum: what may be told of how few people (TRUST.md section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from classroom_analyzer.domain.policy import GROUP_MINIMUM_EXPORT, Policy
from classroom_analyzer.reports.speech import noted, say

__all__ = ["SMALL_GROUP_MARK", "GroupRule"]

SMALL_GROUP_MARK = noted("small group: read as individuals")
CLAMP_LOW, CLAMP_HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class GroupRule:
    """How the group minimum binds one report.

    Attributes:
        people: Class size, else the most seats seen or chat authors; None when nothing is known.
        seats: Most seats seen at one time; None without a picture.
        binds: Whether figures are suppressed and clamped: under ``observe``, and in copies that are shared.
        shared: Whether the report is to leave the lesson folder.
        minimum: People that a figure must be about.
    """

    people: int | None
    seats: int | None
    binds: bool
    shared: bool
    minimum: int = GROUP_MINIMUM_EXPORT

    @classmethod
    def of(cls, summary: dict[str, Any], policy: Policy, *, share: bool) -> GroupRule:
        """Return the rule for a lesson's summary."""
        known = [n for n in (summary["seats"]["expected"], summary["chat"]["participants"]) if n]
        seats = summary["seats"]["max"]
        return cls(max(known, default=None), seats, share or policy is Policy.OBSERVE, share)

    @property
    def is_small(self) -> bool:
        """Whether the class is, or may be, below the minimum."""
        return self.people is None or self.people < self.minimum

    def hides_people(self) -> str | None:
        """Return why figures about people present (chat, presence) are not shown; None when they are."""
        return self._why_class() if self.binds else None

    def hides_seats(self) -> str | None:
        """Return why figures from the picture are not shown; None when they are."""
        return self._why_picture() if self.binds else None

    def hides_sound(self) -> str | None:
        """Return why figures of the whole room's sound are not shown; inside the lesson folder they always are."""
        return self._why_class() if self.shared else None

    def share_text(self, share: float) -> str:
        """Return a share in per cent; at the ends it says no more than it must."""
        if self.binds and share < CLAMP_LOW:
            return say("under {share}", share=f"{CLAMP_LOW:.0%}")
        if self.binds and share > CLAMP_HIGH:
            return say("over {share}", share=f"{CLAMP_HIGH:.0%}")
        return f"{share:.0%}"

    def clamped(self, share: float) -> float:
        """Return a share as a chart may draw it."""
        return min(max(share, CLAMP_LOW), CLAMP_HIGH) if self.binds else share

    def _why_class(self) -> str | None:
        if self.people is None:
            return say(
                "Left out: it needs {minimum} people; how many the class holds is not known. Give the class size.",
                minimum=self.minimum,
            )
        return self._too_few(self.people)

    def _why_picture(self) -> str | None:
        if self.seats is None:
            return say(
                "Left out: it needs {minimum} people; how many the picture holds is not known. Give the class size.",
                minimum=self.minimum,
            )
        return self._too_few(self.seats)

    def _too_few(self, n: int) -> str | None:
        if n >= self.minimum:
            return None
        return say(
            "Left out: it would be about fewer than {minimum} people, so about individuals.", minimum=self.minimum
        )
