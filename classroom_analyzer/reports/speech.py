"""The language of the report that is being written; every sentence of a report is said through it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from classroom_analyzer.models.translations import ENGLISH, Words, words_in

__all__ = ["language", "noted", "say", "say_domain", "speaking"]

CONTEXT = "reports"
DOMAIN_CONTEXT = "domain"  # texts that the window says too
_words: ContextVar[Words | None] = ContextVar("words of the report", default=None)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Say everything inside in a language.

    Args:
        name: One of ``models.translations.LANGUAGES``.
    """
    token = _words.set(words_in(name))
    try:
        yield
    finally:
        _words.reset(token)


def language() -> str:
    """Name of the language in force."""
    return _now().language


def noted(text: str) -> str:
    """Return the text; puts a sentence that is said elsewhere by its name into the catalogue."""
    return text


def say(text: str, /, *, n: int | None = None, **fields: object) -> str:
    """Return a sentence in the language in force.

    Args:
        text: The English sentence with ``{fields}``, and ``%n`` where it counts.
        n: The number that it counts.
        fields: What stands for the fields.
    """
    said = _now().translate(CONTEXT, text, n=n)
    if n is not None:
        fields["n"] = n
    return said.format(**fields) if fields else said


def say_domain(text: str) -> str:
    """Return a text of the domain (policies, reasons for no estimate) in the language in force."""
    return _now().translate(DOMAIN_CONTEXT, text)


def _now() -> Words:
    return _words.get() or words_in(ENGLISH)
