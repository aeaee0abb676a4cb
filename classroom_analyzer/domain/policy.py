"""What may be computed, kept and shown: the three policies and where the program is used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["GROUP_MINIMUM_EXPORT", "GROUP_MINIMUM_LIVE", "POLICY_TEXTS", "Place", "Policy", "PolicyGrant"]

GROUP_MINIMUM_LIVE = 5
GROUP_MINIMUM_EXPORT = 10


class Policy(StrEnum):
    """How far the program may go with one lesson."""

    OBSERVE = "observe"
    ENGAGEMENT = "engagement"
    RESEARCH = "research"

    @property
    def allows_estimate(self) -> bool:
        """Whether encoders, autoencoders and fusion may be opened at all."""
        return self is not Policy.OBSERVE

    @property
    def allows_appearance(self) -> bool:
        """Whether the tracker may compare how faces look (in memory, inside one lesson)."""
        return self is not Policy.OBSERVE

    @property
    def keeps_seat_rows(self) -> bool:
        """Whether rows of single seats are kept (encrypted)."""
        return self is not Policy.OBSERVE


# Fixed wording; translated whole, never paraphrased.
POLICY_TEXTS: dict[Policy, str] = {
    Policy.OBSERVE: (
        "Counts what anyone in the room can see or hear: sound, talk and wait time, chat, raised hands, presence. "
        "Whole class only. No engagement or emotion estimates."
    ),
    Policy.ENGAGEMENT: (
        "Adds an engagement estimate for the class and, with consent, for numbered seats. It can be wrong about any "
        "person. Not for grades, discipline or ranking. Not for education in the EU/EEA."
    ),
    Policy.RESEARCH: (
        "Adds boredom, confusion and frustration labels for approved studies. Their scientific basis is disputed. "
        "Needs an ethics reference and a separate consent."
    ),
}


class Place(StrEnum):
    """Where the program is used; decides which policies can be chosen."""

    EU_EDUCATION = "eu-education"
    EDUCATION = "education"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PolicyGrant:
    """The policy of one lesson and what it rests on; written to lesson.json and the audit log.

    Attributes:
        policy: What may be done.
        basis: Where the choice came from: ``command line``, ``stored choice``, ``no stored choice`` or ``demo``.
        place: Place of use, None when it was never given.
        ethics_reference: Reference of the approval, needed for ``research``.
        legal_basis: Legal basis in words, needed for ``research``.
    """

    policy: Policy
    basis: str
    place: Place | None = None
    ethics_reference: str | None = None
    legal_basis: str | None = None
