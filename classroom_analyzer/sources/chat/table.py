"""CSV with a header: ``t_s,name,text[,to]`` and the usual other names, parted by comma, semicolon or tab."""

from __future__ import annotations

import csv

from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.sources.chat.lines import Parsed
from classroom_analyzer.sources.chat.records import FIELD_OF, REQUIRED, fields_of, message_of

__all__ = ["Table"]

MAX_LINES_PER_ROW = 64  # a quote that is open for longer is a damaged row, not a long message
DELIMITERS = ",;\t"


class Table:
    """Recognised by its header."""

    description = "CSV (header t_s,name,text)"

    def parser(self, lines: list[str]) -> TableParser | None:
        """Return a parser when the first line that holds anything is such a header."""
        header = next((line for line in lines if line.strip()), "")
        for delimiter in DELIMITERS:
            columns = [cell.strip().lower() for cell in _cells(header, delimiter)]
            if set(fields_of(dict.fromkeys(columns))) >= REQUIRED | {"time"}:
                return TableParser(delimiter, columns)
        return None


class TableParser:
    """Rows, which may run over several lines inside quotes.

    Args:
        delimiter: One character.
        columns: Column names in lower case.
    """

    shape = "csv"

    def __init__(self, delimiter: str, columns: list[str]) -> None:
        self._delimiter = delimiter
        self._columns = columns
        self._header_seen = False
        self._open: list[tuple[int, str]] = []  # lines of a row whose quote is still open

    def feed(self, line_number: int, line: str) -> list[Parsed]:
        """Take the next line."""
        if not line.strip() and not self._open:
            return []
        if not self._header_seen:
            self._header_seen = True
            return []
        self._open.append((line_number, line))
        row = "\n".join(text for _, text in self._open)
        if _quote_is_open(row, self._delimiter):
            return self._give_up() if len(self._open) >= MAX_LINES_PER_ROW else []
        first, self._open = self._open[0][0], []
        return [self._message(first, row)]

    def finish(self, *, final: bool = True) -> list[Parsed]:
        """Report a row that was never closed and read the lines behind its start."""
        return self._give_up() if final else []

    def _give_up(self) -> list[Parsed]:
        """Take the first open line for damaged and each line behind it for a row of its own."""
        (first, *rest), self._open = self._open or [(0, "")], []
        if not first[0]:
            return []
        results: list[Parsed] = [ChatProblem(first[0], "a quotation mark is never closed")]
        for line_number, line in rest:
            if _quote_is_open(line, self._delimiter):
                results.append(ChatProblem(line_number, "a quotation mark is never closed"))
            elif line.strip():
                results.append(self._message(line_number, line))
        return results

    def _message(self, line_number: int, row: str) -> Parsed:
        cells = _cells(row, self._delimiter)
        extra = len(cells) - len(self._columns)
        if extra > 0 and not any(cells[-extra:]):
            del cells[-extra:]
        elif extra > 0:
            if FIELD_OF.get(self._columns[-1]) != "text":
                return ChatProblem(line_number, f"{extra} more cells than columns")
            cells[-extra - 1 :] = [self._delimiter.join(cells[-extra - 1 :])]  # the text was written without quotes
        return message_of(line_number, fields_of(dict(zip(self._columns, cells, strict=False))))


def _cells(row: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([row], delimiter=delimiter), [])
    except csv.Error:
        return []


def _quote_is_open(row: str, delimiter: str) -> bool:
    """Whether the row ends inside a quoted cell."""
    quoted = False
    at_start = True
    position = 0
    while position < len(row):
        char = row[position]
        if quoted:
            if char == '"' and row[position + 1 : position + 2] == '"':
                position += 1
            elif char == '"':
                quoted = False
        else:
            quoted = at_start and char == '"'
        at_start = not quoted and char == delimiter
        position += 1
    return quoted
