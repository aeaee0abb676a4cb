from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.perception.text.language import EnglishGuard, Language, language_of

ENGLISH = ["i dont get it", "is it 12", "It’s a bar graph.", "why", "12 because 3 x 4", "we went to the café", "same"]
OTHER = [
    "no entiendo la pregunta",
    "¿cuánto es 3 por 4?",
    "creo que es doce",
    "hola maestra",
    "我不明白",
    "答案是12",
    "je ne comprends pas",
    "das ist falsch",
    "eu não sei",
    "nie wiem",
    "мне не понятно",
    "لا أفهم",
    "tôi không hiểu",
    "saya tidak mengerti soal ini",
    "zibbe mollu karda venni tosse",
]
UNDECIDED = ["ok", "12", "3/4", "no", "👍", "x = 3", "lol", "https://example.org/this-is-the-page", ""]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_known_by_its_function_words(text: str):
    assert language_of(text) is Language.ENGLISH


@pytest.mark.parametrize("text", OTHER)
def test_other_scripts_and_other_languages_are_not_english(text: str):
    assert language_of(text) is Language.OTHER


@pytest.mark.parametrize("text", UNDECIDED)
def test_what_says_nothing_of_the_language_is_undecided(text: str):
    assert language_of(text) is Language.UNDECIDED


def test_an_accent_typed_as_two_characters_counts_as_one():
    assert language_of("eu na\u0303o sei") is Language.OTHER


def test_the_undecided_follow_what_was_written_before_them():
    guard = EnglishGuard()
    assert guard.admits(["12", "ok"]) == [False, False]
    assert guard.admits(["i think it is 12", "ok"]) == [True, True]
    assert guard.admits(["no entiendo la pregunta", "creo que es doce", "12"]) == [False, False, False]


def test_english_is_admitted_in_a_class_that_mostly_writes_something_else():
    guard = EnglishGuard()
    guard.admits(["no entiendo la pregunta", "creo que es doce"])
    assert guard.admits(["what is the answer", "12"]) == [True, False]


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str):
    assert language_of(text) in Language
