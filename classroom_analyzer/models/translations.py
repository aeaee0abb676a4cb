"""Reads the Qt Linguist catalogues of ``assets/translations``, for window and reports alike; knows nothing of Qt."""

from __future__ import annotations

import locale
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from classroom_analyzer.models import assets

__all__ = ["ENGLISH", "LANGUAGES", "SYSTEM", "Message", "Words", "catalogue_path", "resolve_language", "words_in"]

SYSTEM = "system"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "zh_CN")
# Simplified Chinese as systems name it; other kinds of Chinese get English until there is a catalogue for them.
_SIMPLIFIED = ("zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn", "zh_hans_sg")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence of a catalogue.

    Attributes:
        forms: Its translation; one per plural form where it counts something.
        counts: Whether it holds a number that chooses the form.
        finished: Whether a translator is done with it.
    """

    forms: tuple[str, ...]
    counts: bool
    finished: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: ``en`` or ``zh_CN``.
        messages: By context, English sentence and comment.
    """

    language: str
    messages: Mapping[tuple[str, str, str], Message] = field(default_factory=dict)

    def find(self, context: str, text: str, comment: str = "", n: int | None = None) -> str | None:
        """Return the translation as it is in the catalogue, ``%n`` not yet replaced; None when there is none.

        Args:
            context: Where the sentence is said: a class or a topic.
            text: The English sentence.
            comment: What tells two equal sentences apart.
            n: Number that the sentence counts.
        """
        message = self.messages.get((context, text, comment))
        if message is None:
            return None
        form = message.forms[_plural_form(self.language, n)] if message.counts and n is not None else message.forms[0]
        return form or None

    def translate(self, context: str, text: str, comment: str = "", n: int | None = None) -> str:
        """Return the sentence in this language, else in English; ``%n`` stands for the number."""
        found = self.find(context, text, comment, n) or text
        return found if n is None else found.replace("%n", str(n))


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return assets.path("translations", f"classroom_analyzer_{language}.ts")


@cache
def words_in(language: str) -> Words:
    """Return the words of a language.

    Args:
        language: One of ``LANGUAGES``.
    """
    messages: dict[tuple[str, str, str], Message] = {}
    for context in ElementTree.parse(catalogue_path(language)).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") in ("vanished", "obsolete"):
                continue
            forms = tuple(form.text or "" for form in translation.iter("numerusform")) or (translation.text or "",)
            key = (name, message.findtext("source", ""), message.findtext("comment", ""))
            messages[key] = Message(forms, message.get("numerus") == "yes", translation.get("type") != "unfinished")
    return Words(language, messages)


def resolve_language(chosen: str, system: Iterable[str] | None = None) -> str:
    """Return the language to speak.

    Args:
        chosen: ``system`` or one of ``LANGUAGES``.
        system: What the system asks for, best first, such as ``zh-Hans-CN``; what the environment says when None.
    """
    if chosen != SYSTEM:
        return chosen
    for name in _environment_languages() if system is None else system:
        plain = name.partition(".")[0].replace("-", "_").casefold()
        if plain in _SIMPLIFIED:
            return "zh_CN"
        if plain.partition("_")[0] == ENGLISH:
            return ENGLISH
    return ENGLISH


def _environment_languages() -> list[str]:
    names = os.environ.get("LANGUAGE", "").split(":")
    names += [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if not any(names):  # neither Windows nor a program started from macOS's Finder has these
        names.append(locale.getlocale()[0] or "")
    return [name for name in names if name]


def _plural_form(language: str, n: int) -> int:
    return 0 if language == "zh_CN" or n == 1 else 1
