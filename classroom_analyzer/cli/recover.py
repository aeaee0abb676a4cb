"""``classroom-analyzer recover``: a lesson that was cut off in, a readable one out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import print_json, print_line

__all__ = ["recover"]


def recover(
    lesson: Annotated[Path, typer.Argument(help="Folder of a lesson that was cut off.")], as_json: Json = False
) -> None:
    """Make a lesson readable that was cut off; one of which nothing can be read is put aside, never deleted."""
    from classroom_analyzer.app.recovery import recover_lesson

    result = recover_lesson(lesson)
    if as_json:
        print_json({**asdict(result), "path": str(result.path)})
        return
    print_line(result.text)
    print_line(str(result.path))
