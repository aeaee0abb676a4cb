"""Turns what a user calls a lesson into a folder name that is safe on every system."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["MAX_NAME_BYTES", "folder_name"]

MAX_NAME_BYTES = 120  # far below the 255 of common file systems: suffixes and exports still fit
_FALLBACK = "lesson"
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def folder_name(wanted: str) -> str:
    """Return ``wanted`` as one path component: letters, digits, ``-``, ``_`` and inner dots.

    Args:
        wanted: A file stem or a typed name, untrusted; letters of any script stay.
    """
    text = unicodedata.normalize("NFKC", wanted)
    text = re.sub(r"[^\w.\-]+", "-", text)
    text = re.sub(r"\.{2,}", ".", text).strip(".-_ ")
    text = text.encode("utf-8")[:MAX_NAME_BYTES].decode("utf-8", errors="ignore").rstrip(".-_ ")
    if not text:
        return _FALLBACK
    return f"{_FALLBACK}-{text}" if _RESERVED.fullmatch(text) else text
