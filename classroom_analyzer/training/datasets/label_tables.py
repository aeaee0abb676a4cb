"""Reads the tables of labels that data sets come with: CSV, or the first sheet of an Excel workbook."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.workbook import read_first_sheet

__all__ = ["LabelRow", "read_labels"]

MAX_TABLE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One line of a table.

    Attributes:
        path: The table.
        line: Line number in it, the header being 1.
        cells: Text of the wanted columns, without spaces around it, by header in small letters.
    """

    path: Path
    line: int
    cells: dict[str, str]


def read_labels(path: Path, columns: Sequence[str]) -> list[LabelRow]:
    """Read some columns of a table; empty lines are left out.

    Args:
        path: ``.csv`` or ``.xlsx``.
        columns: Headers in small letters; capitals and spaces around a header do not matter.

    Raises:
        BadInputError: It cannot be read, a column is missing, or a line is too short.
    """
    lines = read_first_sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    if not lines:
        raise BadInputError(path, "the table is empty")
    header = [cell.strip().lower() for cell in lines[0]]
    missing = [column for column in columns if column not in header]
    if missing:
        raise BadInputError(path, f"its first line names no column {', '.join(missing)}; get the label files again")
    at = {column: header.index(column) for column in columns}
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) <= max(at.values()):
            raise BadInputError(path, f"line {number} has {len(line)} cells where the header has {len(header)}")
        rows.append(LabelRow(path, number, {column: line[place].strip() for column, place in at.items()}))
    return rows


def _csv(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise BadInputError(path, "it is too large for a table of labels")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(path, f"it cannot be read as a CSV table ({error})") from error
