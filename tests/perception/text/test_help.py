from __future__ import annotations

import pytest

from classroom_analyzer.perception.text.help import asks_for_help


@pytest.mark.parametrize(
    "text",
    [
        "I'm lost",
        "im so confused",
        "i am stuck on 3",
        "you lost me",
        "I don't get it",
        "dont get this",
        "i dont get",
        "I can't follow",
        "do not understand",
        "can you repeat that?",
        "could you please explain",
        "help pls",
        "HELP!!",
        "i need help",
        "say that again",
    ],
)
def test_explicit_words_are_a_call_for_help(text: str) -> None:
    assert asks_for_help(text)


@pytest.mark.parametrize(
    "text",
    [
        "thanks for your help",
        "that helps",
        "i lost my pencil",
        "we won and they lost",
        "i don't need help",
        "i dont get paid for this",
        "the pattern repeats",
        "ok",
        "",
    ],
)
def test_the_same_words_in_another_sense_are_none(text: str) -> None:
    assert not asks_for_help(text)
