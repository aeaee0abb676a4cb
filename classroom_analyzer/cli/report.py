"""``classroom-analyzer report``: a lesson folder in, a page worth reading out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import print_json, print_line
from classroom_analyzer.errors import UsageError

__all__ = ["report"]

FORMATS = ("html",)


def report(
    lesson: Annotated[Path, typer.Argument(help="Lesson folder.")],
    formats: Annotated[str, typer.Option("--format", metavar="LIST", help="Formats, comma separated.")] = "html",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to; the lesson's next exports folder if left out."),
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="A copy for others; refused for fewer than 10 people.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the report of a lesson."""
    from classroom_analyzer.app.report import write_report

    unknown = [name for name in formats.split(",") if name not in FORMATS]
    if unknown:
        raise UsageError(f"{', '.join(unknown)} cannot be written yet; formats are: {', '.join(FORMATS)}")
    page = write_report(lesson, out, share=share)
    if as_json:
        print_json({"files": [str(page)]})
    else:
        print_line(str(page))
