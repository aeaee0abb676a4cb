"""Reads the first sheet of an .xlsx workbook as text: enough for tables of labels, no formulas, no styles.

Structure after ECMA-376 part 1, sections 18.3 (worksheets) and 18.4 (shared strings). Nothing in it is
executed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as Xml

from classroom_analyzer.errors import BadInputError

__all__ = ["read_first_sheet"]

MAX_PART_BYTES = 64 * 1024 * 1024  # unpacked; a few thousand labels need less than one
MAX_COLUMNS = 1024
STRINGS = "xl/sharedStrings.xml"
SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
LETTERS = re.compile(r"[A-Z]{1,3}")
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_first_sheet(path: Path) -> list[list[str]]:
    """Return the cells of the sheet with the lowest number, row by row; an absent cell is empty.

    Raises:
        BadInputError: It is not a workbook, or one of its parts is damaged or far too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = sorted((int(m[1]), name) for name in archive.namelist() if (m := SHEET.fullmatch(name)))
            if not sheets:
                raise BadInputError(path, "there is no sheet in it; save it as a CSV table")
            shared = _strings(path, archive)
            return [_row(row, shared) for row in _part(path, archive, sheets[0][1]).iter(f"{NAMESPACE}row")]
    except BadInputError:
        raise
    except (OSError, zipfile.BadZipFile, zlib.error, Xml.ParseError, ValueError, LookupError, RuntimeError) as error:
        # RuntimeError: a part is encrypted, or packed by a method that is not known.
        raise BadInputError(path, f"it cannot be read as a workbook ({error}); save it as a CSV table") from error


def _part(path: Path, archive: zipfile.ZipFile, name: str) -> Xml.Element:
    """One XML part; expat itself refuses entity bombs."""
    with archive.open(name) as stream:
        text = stream.read(MAX_PART_BYTES + 1)  # the size in the directory may lie
    if len(text) > MAX_PART_BYTES:
        raise BadInputError(path, "it is too large for a table of labels")
    return Xml.fromstring(text)


def _strings(path: Path, archive: zipfile.ZipFile) -> list[str]:
    if STRINGS not in archive.namelist():
        return []
    items = _part(path, archive, STRINGS).iter(f"{NAMESPACE}si")
    return ["".join(text.text or "" for text in item.iter(f"{NAMESPACE}t")) for item in items]


def _row(row: Xml.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{NAMESPACE}c"):
        letters = LETTERS.match(cell.get("r", ""))
        column = _column(letters[0]) if letters else len(cells)
        if column >= MAX_COLUMNS:
            raise ValueError(f"column {column}")
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _text(cell, shared)
    return cells


def _column(letters: str) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _text(cell: Xml.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{NAMESPACE}t"))
    value = cell.findtext(f"{NAMESPACE}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
