from __future__ import annotations

import pytest

from classroom_analyzer.perception.text.questions import is_question

# Invented for this test: how pupils ask without a mark, and what only looks like asking.
ASKING = (
    "can you repeat that",
    "what page are we on",
    "why is it negative",
    "how do i do number 3",
    "is this on the test",
    "do we need the book",
    "so how do we start",
    "wait what",
    "when is it due",
    "where do i click",
    "who has the link",
    "could someone send the slides",
    "are we allowed to use a calculator",
    "ok can we go now",
    "whats the answer",
    "which one is x",
    "Does it matter which side",
    "did everyone get 7",
    "i wonder what happens if x is zero",
    "number 4 how",
)
TELLING = (
    "what a nice picture",
    "how cool",
    "i am here",
    "the answer is 12",
    "yes we did",
    "when we were in class you said 5",
    "is fine for me",
    "do it again",
    "can do",
    "have a nice day",
    "will try",
    "because x is negative",
    "that is why",
    "i know how",
    "no idea",
    "who cares",
    "hi everyone",
    "it works now",
    "may was great",
    "where it says area i put 40",
)


@pytest.mark.parametrize(
    "text", ["ready?", "¿puedes repetir", "这是什么意思？", "ما هذا؟", "no way?!", "see https://example.org/a ok?"]
)
def test_a_question_mark_of_any_script_asks(text: str) -> None:
    assert is_question(text)
    assert is_question(text, marks_only=True)


@pytest.mark.parametrize("text", ["https://example.org/watch?v=3", "look www.example.org/?q=2 nice"])
def test_the_question_mark_of_a_web_address_does_not_ask(text: str) -> None:
    assert not is_question(text)


def test_with_marks_only_wording_is_not_judged() -> None:
    assert not any(is_question(text, marks_only=True) for text in ASKING + TELLING)


def test_english_beginnings_find_most_unmarked_questions_and_few_others() -> None:
    found = sum(is_question(text) for text in ASKING)
    wrong = [text for text in TELLING if is_question(text)]
    assert found == 18  # of 20: what asks in the middle is missed
    assert wrong == ["who cares"]


@pytest.mark.parametrize("text", ["", " ", "...", "👍"])
def test_nothing_said_asks_nothing(text: str) -> None:
    assert not is_question(text)
