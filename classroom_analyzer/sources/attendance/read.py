"""Reads an attendance file: adds up each person's stays, drops the names, says who held the call."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classroom_analyzer.domain.attendance import AttendanceImport, Attendee
from classroom_analyzer.domain.chat import ChatProblem
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.attendance.cells import DateOrder, date_order, duration_minutes, moment
from classroom_analyzer.sources.attendance.columns import Column
from classroom_analyzer.sources.attendance.tables import PeopleTable, find_people
from classroom_analyzer.sources.chat.decode import MAX_LINE_CHARS, MAX_LINES, read_text, split_lines
from classroom_analyzer.sources.chat.lines import clean_name

__all__ = ["read_attendance"]

ORGANISER_ROLES = {"organizer", "organiser", "co-organizer", "co-organiser", "host", "co-host", "teacher"}
HOST_TAGS = ("(host)", "(co-host)", "(host, me)")
NOT_KNOWN = "no attendance table is in it; what can be read: Teams attendance reports and Zoom participants files"


@dataclass(slots=True)
class _Person:
    """One person while rows are added up."""

    email: str = ""
    minutes: float | None = None
    organiser: bool = False


def read_attendance(path: Path | str) -> AttendanceImport:
    """Read a Teams attendance report or a Zoom participants file.

    Args:
        path: The file; UTF-8 or UTF-16 with byte order mark.

    Raises:
        BadInputError: The file cannot be read or holds no table of people.
    """
    path = Path(path)
    lines = split_lines(read_text(path))
    problems = []
    if len(lines) > MAX_LINES:
        problems.append(ChatProblem(MAX_LINES + 1, f"only the first {MAX_LINES} lines are read"))
        lines = lines[:MAX_LINES]
    for index, line in enumerate(lines):
        if len(line) > MAX_LINE_CHARS:
            problems.append(ChatProblem(index + 1, f"longer than {MAX_LINE_CHARS} characters"))
            lines[index] = ""
    table = find_people(lines)
    if table is None or not table.rows:
        raise BadInputError(path, NOT_KNOWN)
    order = date_order(row[c] for _, row in table.rows for c in (Column.JOIN, Column.LEAVE) if c in row)
    people = _added_up(table, order, problems)
    found = tuple(Attendee(p.minutes, p.organiser) for p in people)
    problems = sorted([*problems, *table.problems], key=lambda problem: problem.line_number)
    dated = any(row.get(Column.JOIN) or row.get(Column.LEAVE) for _, row in table.rows)
    return AttendanceImport(
        table.shape, found, tuple(problems), _date_rule(dated, order), date_order_unknown=dated and order is None
    )


def _added_up(table: PeopleTable, order: DateOrder | None, problems: list[ChatProblem]) -> list[_Person]:
    """Join the rows of one person: by e-mail; a row without one joins a person of that name, before or after."""
    people: list[_Person] = []
    by_email: dict[str, _Person] = {}
    by_name: dict[str, _Person] = {}
    for number, row in table.rows:
        name = clean_name(row[Column.NAME])
        email = row.get(Column.EMAIL, "").casefold()
        address = email if "@" in email else ""
        if not name:
            problems.append(ChatProblem(number, "a row without a name"))
            continue
        person = by_email.get(address)
        if person is None:
            person = by_name.get(name.casefold())
            if person is None or (address and person.email):
                person = _Person()
                people.append(person)
        if address:
            person.email = address
            by_email[address] = person
        by_name.setdefault(name.casefold(), person)
        minutes = _stay(row, order)
        if minutes is None:
            problems.append(ChatProblem(number, "how long this person stayed cannot be read"))
        else:
            person.minutes = (person.minutes or 0.0) + minutes
        person.organiser |= (
            row.get(Column.ROLE, "").strip().casefold() in ORGANISER_ROLES
            or name.casefold().endswith(HOST_TAGS)
            or (table.host_email is not None and email == table.host_email)
        )
    return people


def _stay(row: dict[Column, str], order: DateOrder | None) -> float | None:
    """Minutes of one row; from its two times where it has no duration and both lie on one day."""
    stated = duration_minutes(row.get(Column.DURATION, ""))
    if stated is not None:
        return stated
    join, leave = moment(row.get(Column.JOIN, ""), order), moment(row.get(Column.LEAVE, ""), order)
    if join is None or leave is None or leave < join or (order is None and join.date() != leave.date()):
        return None
    return (leave - join).total_seconds() / 60


def _date_rule(dated: bool, order: DateOrder | None) -> str:
    if not dated:
        return "the file has no dates"
    if order is None:
        return "whether its dates have the day or the month first is not known; only its durations are used"
    return f"its dates have the {order.value}"
