"""Brings the values of an older ``settings.toml`` to the present layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["FORMAT_VERSION", "migrate"]

FORMAT_VERSION = 2


def _to_2(values: dict[str, Any]) -> dict[str, Any]:
    # Version 2 only adds settings. Its number is new because version 1 refuses names that it does not know.
    return values


_STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _to_2}


def migrate(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values in the present layout; a file without a version is of the first one.

    Args:
        values: As stored, of this version or an older one.
    """
    version = values.get("format_version", 1)
    while version in _STEPS:
        values = _STEPS[version](dict(values))
        version += 1
        values["format_version"] = version
    return values
