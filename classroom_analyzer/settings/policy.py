"""Decides the policy of a lesson from what was asked for, what is stored and where the program is used."""

from __future__ import annotations

from dataclasses import replace

from classroom_analyzer.domain.policy import Place, Policy, PolicyGrant
from classroom_analyzer.errors import PolicyRefusedError
from classroom_analyzer.settings.schema import Settings

__all__ = ["check_allowed", "decide_policy"]


def decide_policy(
    settings: Settings,
    *,
    asked: Policy | None,
    place: Place | None,
    ethics_reference: str | None = None,
    legal_basis: str | None = None,
) -> PolicyGrant:
    """Return the policy of a lesson and its basis.

    Args:
        settings: The stored choice and place.
        asked: Policy of the command line, None when it named none.
        place: Place of the command line; the stored one holds when None.
        ethics_reference: Needed for ``research``.
        legal_basis: Needed for ``research``.

    Returns:
        The grant. Without any choice it is ``observe`` with the basis ``no stored choice``.

    Raises:
        PolicyRefusedError: The place forbids the policy, or ``research`` lacks its reference.
    """
    if asked is not None:
        grant = PolicyGrant(asked, "command line")
    elif settings.policy is not None:
        grant = PolicyGrant(settings.policy, "stored choice")
    else:
        grant = PolicyGrant(Policy.OBSERVE, "no stored choice")
    grant = replace(grant, place=place or settings.place, ethics_reference=ethics_reference, legal_basis=legal_basis)
    check_allowed(grant)
    return grant


def check_allowed(grant: PolicyGrant) -> None:
    """Raise when the place or a missing reference forbids the policy.

    Raises:
        PolicyRefusedError: With one sentence that says what would make it allowed.
    """
    if grant.policy is Policy.RESEARCH:
        if not (grant.ethics_reference and grant.legal_basis):
            raise PolicyRefusedError(
                "the policy research needs an approved study: add --ethics REFERENCE and --legal-basis TEXT"
            )
    elif grant.policy is Policy.ENGAGEMENT and grant.place is Place.EU_EDUCATION:
        raise PolicyRefusedError(
            "the policy engagement is not allowed in education in the EU/EEA; use --policy observe, "
            "or give the true place with --place"
        )
