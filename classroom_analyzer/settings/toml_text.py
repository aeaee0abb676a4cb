"""Values as TOML, of the kinds that settings hold; the standard library only reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

__all__ = ["Value", "toml_text"]

Value = str | bool | int | float | Sequence[str] | Mapping[str, Sequence[str]]


def toml_text(values: Mapping[str, Value]) -> str:
    """Return a TOML document: a line per value, then a table per mapping."""
    lines = [f"{name} = {_value(value)}\n" for name, value in values.items() if not isinstance(value, Mapping)]
    for name, table in values.items():
        if isinstance(table, Mapping):
            lines.append(f"\n[{name}]\n")
            lines += [f"{_string(key)} = {_value(value)}\n" for key, value in table.items()]
    return "".join(lines)


def _value(value: str | bool | int | float | Sequence[str]) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return f"[{', '.join(_string(each) for each in value)}]"


def _string(text: str) -> str:
    # A JSON string is a TOML basic string but for the delete character, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
