"""Explicit calls for help in a message (VALIDITY.md ``help_requests``): high precision, low recall, English only.

A marker counts only in the words with which somebody says it of themselves or asks for it; "thanks for your help" and
"I lost my pencil" are none. It is not a level of confusion.
"""

from __future__ import annotations

import re

__all__ = ["asks_for_help"]

_MARKERS = re.compile(
    r"""
      \bi(?:'?m|\s+am)\s+(?:so\s+|totally\s+|completely\s+|really\s+|a\s+bit\s+|kind\s+of\s+|kinda\s+|still\s+)*
        (?:lost|confused|stuck)\b
    | \byou\s+lost\s+me\b
    | \b(?:don'?t|do\s+not|didn'?t|did\s+not|can'?t|cannot)\s+(?:really\s+|quite\s+)?
        (?:get\s+(?:it|this|that|why|how|what|the)|get\W*$|understand|follow)
    | \b(?:can|could|will|would)\s+(?:you|u|someone|anyone|somebody|anybody)\s+(?:please\s+|pls\s+)?
        (?:help|repeat|explain|say\s+that\s+again|go\s+over|go\s+back|show\s+(?:me|us)\s+again)\b
    | \b(?:please|pls)\s+(?:help|repeat|explain)\b
    | \b(?:help|repeat(?:\s+that)?|explain)\s+(?:please|pls)\b
    | \b(?:help\s+me|need\s+help|say\s+(?:that|it)\s+again)\b
    | ^\W*(?:help|repeat|lost)\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DENIALS = re.compile(
    r"\b(?:don'?t|do\s+not|doesn'?t|didn'?t|no\s+longer|not)\s+(?:really\s+)?need\s+help\b", re.IGNORECASE
)


def asks_for_help(text: str) -> bool:
    """Tell whether a message holds an explicit call for help."""
    return _MARKERS.search(text) is not None and _DENIALS.search(text) is None
