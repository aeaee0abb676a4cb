from __future__ import annotations

import pytest

from classroom_analyzer.domain.policy import POLICY_TEXTS, Place, Policy
from classroom_analyzer.gui.policy_dialog import PolicyDialog


@pytest.fixture
def dialog(qtbot, theme):
    made = PolicyDialog()
    qtbot.addWidget(made)
    made.show()
    return made


def test_nothing_is_preselected(dialog):
    assert dialog.place is None
    assert dialog.policy is None
    assert not dialog.accept_button.isEnabled()


def test_the_cards_carry_the_fixed_texts(dialog):
    assert {policy: card.text for policy, card in dialog.cards.items()} == POLICY_TEXTS


def test_both_questions_must_be_answered(dialog):
    dialog.cards[Policy.OBSERVE].radio.setChecked(True)
    assert not dialog.accept_button.isEnabled()
    dialog.places[Place.EDUCATION].setChecked(True)
    assert dialog.accept_button.isEnabled()
    assert (dialog.place, dialog.policy) == (Place.EDUCATION, Policy.OBSERVE)


def test_engagement_cannot_be_chosen_for_education_in_the_eu(dialog):
    dialog.places[Place.EDUCATION].setChecked(True)
    dialog.cards[Policy.ENGAGEMENT].radio.setChecked(True)
    assert dialog.policy is Policy.ENGAGEMENT
    dialog.places[Place.EU_EDUCATION].setChecked(True)
    assert dialog.policy is None
    assert not dialog.cards[Policy.ENGAGEMENT].radio.isEnabled()
    assert "EU/EEA" in dialog.cards[Policy.ENGAGEMENT].reason.text()
    assert not dialog.accept_button.isEnabled()
    dialog.places[Place.OTHER].setChecked(True)
    assert dialog.cards[Policy.ENGAGEMENT].radio.isEnabled()


@pytest.mark.parametrize("place", list(Place))
def test_research_cannot_be_chosen_here_and_says_why(dialog, place):
    dialog.places[place].setChecked(True)
    assert not dialog.cards[Policy.RESEARCH].radio.isEnabled()
    assert "ethics reference" in dialog.cards[Policy.RESEARCH].reason.text()


@pytest.mark.parametrize("place", list(Place))
def test_no_fixed_text_is_cut(qtbot, dialog, place):
    dialog.places[place].setChecked(True)
    qtbot.wait(50)
    for card in dialog.cards.values():
        for text in (card._text, card.reason):
            assert not text.text() or text.height() >= text.heightForWidth(text.width())
