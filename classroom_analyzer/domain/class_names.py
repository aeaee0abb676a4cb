"""The name of a class, which joins its lessons: typed by people, so made clean before it is kept or compared."""

from __future__ import annotations

import unicodedata

from classroom_analyzer.errors import UsageError

__all__ = ["MAX_CLASS_NAME", "clean_class_name", "same_class"]

MAX_CLASS_NAME = 60


def clean_class_name(text: str) -> str:
    """Return the name in one line without control, format and direction characters.

    Args:
        text: As it was typed.

    Raises:
        UsageError: Nothing is left, or more than ``MAX_CLASS_NAME`` characters are.
    """
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(" " if c.isspace() else c for c in composed if c.isspace() or unicodedata.category(c)[0] != "C")
    name = " ".join(seen.split())
    if not name:
        raise UsageError(f"{text!r} is no class name; give letters or digits, for example --class 7b")
    if len(name) > MAX_CLASS_NAME:
        raise UsageError(f"a class name has at most {MAX_CLASS_NAME} characters and this one {len(name)}; shorten it")
    return name


def same_class(one: str | None, other: str | None) -> bool:
    """Whether two clean names are the same class; no name is the same as none."""
    return one is not None and other is not None and one.casefold() == other.casefold()
