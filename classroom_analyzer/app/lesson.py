"""What every new lesson needs, recorded or live: its folder, its description, its first warnings."""

from __future__ import annotations

from datetime import UTC, datetime

from classroom_analyzer import __version__
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.chat import ChatImport
from classroom_analyzer.pipeline.parts import PartsFacts
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_meta import LessonMeta
from classroom_analyzer.storage.lesson_writer import LessonWriter

__all__ = ["create_writer", "setup_warnings"]


def create_writer(
    request: LessonRequest, facts: PartsFacts, *, stem: str, clock_origin: str, source: str | None
) -> LessonWriter:
    """Make the lesson folder.

    Args:
        request: The lesson.
        facts: What was loaded for it.
        stem: Name of the folder before ``.lesson``.
        clock_origin: What second 0 is, for people.
        source: Stem of the recording's file name, None for a live lesson.

    Raises:
        OutputNotWritableError: The folder cannot be made; nothing is left behind.
    """
    meta = LessonMeta(
        title=stem,
        started_wall=datetime.now(UTC).astimezone(),
        clock_origin=clock_origin,
        grant=request.grant,
        software=__version__,
        models=facts.models,
        seed=request.seed,
        device=facts.device,
        source=source,
        class_name=request.class_name,
    )
    writer = LessonWriter.create(request.out, stem, meta, KeySource.from_environment())
    if request.attested:
        writer.audit("attested", what="consent" if request.grant.policy.allows_estimate else "notice")
    if request.excluded_seats:
        writer.audit("seats excluded", seats=",".join(str(seat) for seat in sorted(request.excluded_seats)))
    return writer


def setup_warnings(request: LessonRequest, chat: ChatImport | None) -> tuple[str, ...]:
    """Return what the user should know about how this lesson was set up."""
    found = []
    if request.grant.place is None:
        found.append("place of use not given")
    if chat is not None:
        found.append(chat.clock_rule)
        if chat.private_dropped:
            found.append(f"{chat.private_dropped} private chat messages were left out")
        if chat.problems:
            first = chat.problems[0]
            found.append(
                f"{len(chat.problems)} chat lines were not used (first: line {first.line_number}, {first.reason}); "
                f"{len(chat.messages)} messages were"
            )
    return tuple(found)
