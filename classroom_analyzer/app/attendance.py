"""The class size from an attendance file, where nobody gave it."""

from __future__ import annotations

from dataclasses import replace

from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.attendance import AttendanceImport

__all__ = ["with_attendance"]


def with_attendance(request: LessonRequest, found: AttendanceImport | None) -> tuple[LessonRequest, tuple[str, ...]]:
    """Give the request the class size that an attendance file names; a size that was given stays.

    Args:
        request: The lesson.
        found: What the file gave; None changes nothing.

    Returns:
        The request, and sentences for the warnings.
    """
    if found is None:
        return request, ()
    said = [_sentence(found, request.class_size)]
    if found.problems:
        first = found.problems[0]
        said.append(
            f"{len(found.problems)} attendance rows could not be read whole "
            f"(first: line {first.line_number}, {first.reason})"
        )
    if found.date_order_unknown:
        said.append(f"of the attendance file: {found.date_rule}")
    size = request.class_size or (found.class_size or None)
    return replace(request, class_size=size), tuple(said)


def _sentence(found: AttendanceImport, given: int | None) -> str:
    organisers = f", {found.organisers} of them held the call and are left out" if found.organisers else ""
    stay = f"; half of the class stayed {found.median_minutes:.0f} min or longer" if found.median_minutes else ""
    people = f"{len(found.people)} people{organisers}{stay}"
    if given is not None:
        return f"the attendance file lists {people}; the class size {given} that was given holds"
    if not found.class_size:
        return f"the attendance file lists {people}; nobody is left, so it gives no class size"
    return f"class size {found.class_size} is taken from the attendance file: {people}"
