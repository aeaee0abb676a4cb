from __future__ import annotations

import pytest

from classroom_analyzer.domain.policy import Place, Policy
from classroom_analyzer.errors import PolicyRefusedError
from classroom_analyzer.settings.policy import decide_policy
from classroom_analyzer.settings.schema import Settings


def test_without_any_choice_lessons_are_only_counted():
    grant = decide_policy(Settings(), asked=None, place=None)
    assert (grant.policy, grant.basis) == (Policy.OBSERVE, "no stored choice")


def test_the_stored_choice_holds_when_nothing_is_asked_for():
    grant = decide_policy(Settings(policy=Policy.ENGAGEMENT, place=Place.OTHER), asked=None, place=None)
    assert (grant.policy, grant.basis, grant.place) == (Policy.ENGAGEMENT, "stored choice", Place.OTHER)


def test_the_command_line_is_its_own_basis():
    grant = decide_policy(Settings(policy=Policy.OBSERVE), asked=Policy.ENGAGEMENT, place=None)
    assert (grant.policy, grant.basis, grant.place) == (Policy.ENGAGEMENT, "command line", None)


@pytest.mark.parametrize("stored", [True, False])
def test_education_in_the_eu_forbids_engagement(stored: bool):
    settings = Settings(place=Place.EU_EDUCATION) if stored else Settings()
    with pytest.raises(PolicyRefusedError, match="observe") as caught:
        decide_policy(settings, asked=Policy.ENGAGEMENT, place=None if stored else Place.EU_EDUCATION)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("ethics", "basis"), [(None, None), ("E-1", None), (None, "public task")])
def test_research_needs_reference_and_legal_basis(ethics: str | None, basis: str | None):
    with pytest.raises(PolicyRefusedError, match="--ethics"):
        decide_policy(Settings(), asked=Policy.RESEARCH, place=None, ethics_reference=ethics, legal_basis=basis)


def test_research_with_both_is_granted_even_in_the_eu():
    grant = decide_policy(
        Settings(place=Place.EU_EDUCATION),
        asked=Policy.RESEARCH,
        place=None,
        ethics_reference="E-1",
        legal_basis="public task",
    )
    assert (grant.ethics_reference, grant.legal_basis) == ("E-1", "public task")
