"""``classroom-analyzer label``: say how the class went at a time, list what was said, or undo the last."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli.options import Json
from classroom_analyzer.cli.output import print_json, print_line
from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.errors import UsageError

__all__ = ["label"]

WORDS = {LabelKind.WITH_ME: "with me", LabelKind.LOST: "lost"}


def label(
    lesson: Annotated[Path, typer.Argument(help="Lesson folder; the lesson must be closed.")],
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="HH:MM:SS", help="Time in the lesson; the mark covers the 30 s before."),
    ] = None,
    with_me: Annotated[bool, typer.Option("--with-me", help="The class was with the teacher.")] = False,
    lost: Annotated[bool, typer.Option("--lost", help="The class was lost.")] = False,
    level: Annotated[int | None, typer.Option("--level", metavar="0-3", min=0, max=3, help="A level instead.")] = None,
    seat: Annotated[int | None, typer.Option("--seat", metavar="N", min=1, help="Of one seat, not the class.")] = None,
    seen: Annotated[
        bool, typer.Option("--seen", help="The line could be seen; the mark will not be compared.")
    ] = False,
    source: Annotated[LabelSource, typer.Option("--source", help="How the mark came about.")] = LabelSource.REVIEW,
    list_them: Annotated[bool, typer.Option("--list", help="Show the marks.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last mark.")] = False,
    as_json: Json = False,
) -> None:
    """Mark a moment of a lesson as with me, lost or a level from 0 to 3; list the marks, or undo the last one."""
    from classroom_analyzer.app import labels

    if (at is not None, list_them, undo).count(True) != 1:
        raise UsageError("say what to do: --at HH:MM:SS with a mark, --list or --undo")
    if list_them:
        found = labels.list_labels(lesson)
        if as_json:
            print_json([asdict(one) for one in found])
        else:
            for one in found:
                print_line(_words(one))
        return
    if undo:
        done = labels.undo_label(lesson)
    else:
        done = labels.make_label(
            labels.parse_time(at or ""),
            with_me=with_me,
            lost=lost,
            level=level,
            estimate_visible=seen,
            source=source,
            seat=seat,
        )
        labels.add_label(lesson, done)
    if as_json:
        print_json({"undone" if undo else "added": asdict(done)})
    else:
        print_line(f"{'undone' if undo else 'kept'}: {_words(done)}")


def _words(one: Label) -> str:
    hours, rest = divmod(one.t_s, 3600)
    said = WORDS.get(one.kind, f"level {one.value}")
    whom = "" if one.seat is None else f", seat {one.seat}"
    line = "line seen" if one.estimate_visible else "line hidden"
    return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d} {said}{whom} ({one.source}, {line})"
