"""Finds actions and settings by a few letters of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["best_matches", "match_score"]

Item = TypeVar("Item")

_AT_START = 8.0  # of a word, or of the text itself
_IN_A_ROW = 4.0
_FOUND = 1.0
_PER_LETTER_LEFT = 0.02  # short names first


def match_score(query: str, text: str) -> float | None:
    """Return how well the letters of a query stand in a text, in their order; None when they do not.

    Letters at the starts of words and letters in a row count most; case and spaces of the query do not count.
    """
    text = text.casefold()
    letters = [letter for letter in query.casefold() if not letter.isspace()]
    # Best score for the letters so far when the last of them stands at a place of the text.
    ending: dict[int, float] = {-1: 0.0}
    for letter in letters:
        after: dict[int, float] = {}
        for place, found in enumerate(text):
            if found != letter:
                continue
            earlier = [(score, at) for at, score in ending.items() if at < place]
            if not earlier:
                continue
            own = _FOUND + (_AT_START if place == 0 or not text[place - 1].isalnum() else 0.0)
            after[place] = own + max(
                score + (_IN_A_ROW if at == place - 1 and at >= 0 else 0.0) for score, at in earlier
            )
        if not after:
            return None
        ending = after
    return max(ending.values()) - _PER_LETTER_LEFT * (len(text) - len(letters))


def best_matches(query: str, items: Iterable[Item], text: Callable[[Item], str]) -> list[Item]:
    """Return the items that match, the best first; equally good ones keep their order."""
    scored = [(match_score(query, text(item)), item) for item in items]
    found = [(score, item) for score, item in scored if score is not None]
    found.sort(key=lambda pair: -pair[0])
    return [item for _, item in found]
