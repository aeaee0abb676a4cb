"""Columns of attendance tables under all the names that Teams and Zoom have given them."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["Column", "columns_of"]


class Column(StrEnum):
    """What a column holds."""

    NAME = "name"
    EMAIL = "email"
    JOIN = "join"
    LEAVE = "leave"
    DURATION = "duration"
    ROLE = "role"


# Spellings in lower case without what stands in brackets; where two fill one column, the upper one holds.
ALIASES: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("name", "full name", "participant name", "participant"),
    Column.EMAIL: ("email", "user email", "e-mail", "email address", "participant id", "upn"),
    Column.JOIN: ("first join", "first join time", "join time", "joined", "join"),
    Column.LEAVE: ("last leave", "last leave time", "leave time", "left", "leave"),
    Column.DURATION: (
        "in-meeting duration",
        "total duration",
        "duration",
        "attendance duration",
        "time in meeting",
        "duration in minutes",
    ),
    Column.ROLE: ("role", "meeting role"),
}
BRACKETS = re.compile(r"\([^()]*\)")


def columns_of(cells: list[str]) -> dict[Column, int] | None:
    """Positions of known columns; None when the row is no header of people: it has no name or nothing about a stay."""
    spelled = [" ".join(BRACKETS.sub(" ", cell.strip().lstrip("\ufeff").lower()).split()) for cell in cells]
    found = {}
    for column, aliases in ALIASES.items():
        position = next((spelled.index(alias) for alias in aliases if alias in spelled), None)
        if position is not None:
            found[column] = position
    stays = Column.DURATION in found or (Column.JOIN in found and Column.LEAVE in found)
    return found if Column.NAME in found and stays else None
