"""Finds the table of people in a file, whatever stands around it.

Teams parts its file into blocks that begin with a number (``2. Participants``); Zoom has a row about the meeting, a
blank line, then the people.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from itertools import pairwise

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.attendance.columns import Column, columns_of

__all__ = ["PeopleTable", "find_people"]

BLOCK = re.compile(r"\s*([1-9])\.\s*\S")
PEOPLE_BLOCK = 2
HOST_HEADERS = ("user email", "host email")  # in Zoom's row about the meeting
DELIMITERS = "\t,;"


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """Rows of people.

    Attributes:
        shape: Name of the format, for people.
        rows: Line number and cells by column.
        host_email: Who held the call, where the row about the meeting says so.
        problems: Rows that could not be read.
    """

    shape: str
    rows: tuple[tuple[int, dict[Column, str]], ...]
    host_email: str | None
    problems: tuple[ChatProblem, ...]


def find_people(lines: list[str]) -> PeopleTable | None:
    """Find the people in a whole file; None when no table of people is in it."""
    numbered = list(enumerate(lines, start=1))
    blocks = _blocks(numbered)
    if PEOPLE_BLOCK in blocks:
        return _read("teams attendance", blocks[PEOPLE_BLOCK], None)
    if blocks:
        return None
    shape = "teams attendance" if any("\t" in line for line in lines) else "zoom participants"
    return _read(shape, numbered, _host(lines))


def _blocks(numbered: list[tuple[int, str]]) -> dict[int, list[tuple[int, str]]]:
    """Lines of each block by its number; empty when the file has no block 1 and 2."""
    blocks: dict[int, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] = []
    for number, line in numbered:
        start = BLOCK.match(line)
        if start is not None and "\t" not in line.strip() and int(start[1]) == len(blocks) + 1:
            current = blocks.setdefault(int(start[1]), [])
        else:
            current.append((number, line))
    return blocks if PEOPLE_BLOCK in blocks else {}


def _read(shape: str, numbered: list[tuple[int, str]], host_email: str | None) -> PeopleTable | None:
    columns: dict[Column, int] | None = None
    delimiter = ","
    rows: list[tuple[int, dict[Column, str]]] = []
    problems: list[ChatProblem] = []
    for number, line in numbered:
        if not line.strip(" \t,;\ufeff"):
            continue
        if columns is None:
            delimiter = next((d for d in DELIMITERS if columns_of(_cells(line, d)) is not None), ",")
            columns = columns_of(_cells(line, delimiter))
            continue
        cells = _cells(line, delimiter)
        row = {column: cells[at].strip() for column, at in columns.items() if at < len(cells)}
        if row.get(Column.NAME):
            rows.append((number, row))
        else:
            problems.append(ChatProblem(number, "a row without a name"))
    return None if columns is None else PeopleTable(shape, tuple(rows), host_email, tuple(problems))


def _host(lines: list[str]) -> str | None:
    """E-mail of who held the call, from a row about the meeting above the people."""
    for header, values in pairwise(lines):
        cells = [cell.strip().lstrip("\ufeff").lower() for cell in _cells(header, ",")]
        if columns_of(cells) is not None:
            return None
        if "topic" in cells:
            at = next((cells.index(name) for name in HOST_HEADERS if name in cells), None)
            given = _cells(values, ",")
            if at is not None and at < len(given) and "@" in given[at]:
                return given[at].strip().casefold()
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
