"""A lesson folder as a recording: its sealed segments and its chat, to be analysed again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.domain.chat import ChatImport
from classroom_analyzer.errors import BadInputError

if TYPE_CHECKING:
    from classroom_analyzer.sources.joined import JoinedMedia
    from classroom_analyzer.storage.lesson_reader import LessonReader

__all__ = ["RecordedLesson", "lesson_of", "open_recorded_lesson"]

CHAT_RULE = "the chat is that of the recorded lesson"


@dataclass(frozen=True, slots=True, eq=False)
class RecordedLesson:
    """What a lesson folder holds for another analysis.

    Attributes:
        stem: Name of the lesson.
        media: Pictures and sound of all segments; the microphone's where there are two tracks.
        call_sound: The call's own sound, None where it was not apart.
        chat: What was written, None where the lesson had no chat or its text was not kept.
        duration_s: Length of the lesson.
    """

    stem: str
    media: JoinedMedia
    call_sound: JoinedMedia | None
    chat: ChatImport | None
    duration_s: float


def lesson_of(path: Path) -> Path | None:
    """Return the lesson folder that ``path`` is, or whose segment it is; None for any other file."""
    from classroom_analyzer.storage.lesson_meta import META_NAME
    from classroom_analyzer.storage.media_records import MEDIA_NAME

    if (path / META_NAME).is_file():
        return path
    if path.is_file() and path.parent.name == MEDIA_NAME and (path.parent.parent / META_NAME).is_file():
        return path.parent.parent
    return None


def open_recorded_lesson(folder: Path, path: Path) -> RecordedLesson:
    """Open what was recorded.

    Args:
        folder: The lesson folder.
        path: As the user named it: the folder, or one segment in it.

    Raises:
        LessonDamagedError: The lesson is not closed or cannot be read.
        VaultLockedError: The key is not at hand.
        BadInputError: Nothing was recorded, or it was deleted.
    """
    from classroom_analyzer.sources.joined import JoinedMedia
    from classroom_analyzer.storage.key_source import KeySource
    from classroom_analyzer.storage.lesson_reader import LessonReader
    from classroom_analyzer.storage.media_reader import open_recording

    keys = KeySource.from_environment()
    reader = LessonReader.open(folder, keys)
    segments = [segment for segment in open_recording(folder, keys) if path in (folder, segment.path)]
    if not segments:
        reason = "no picture and no sound were recorded in this lesson, or they were deleted; choose another recording"
        raise BadInputError(path, reason)
    media = JoinedMedia(str(path), segments)
    call_sound = JoinedMedia(str(path), segments, sound_track=1)
    summary = reader.summary()
    return RecordedLesson(
        stem=folder.stem,
        media=media,
        call_sound=call_sound if call_sound.info.has_audio else None,
        chat=_chat(reader) if summary["coverage"]["text"] is not None else None,
        duration_s=float(summary["duration_s"]) or media.info.duration_s,
    )


def _chat(reader: LessonReader) -> ChatImport | None:
    if not reader.meta.grant.policy.keeps_seat_rows:
        return None  # under observe texts are never kept
    messages = sorted(reader.messages(), key=lambda message: message.t_ns)
    return ChatImport("lesson", tuple(messages), (), CHAT_RULE, 0)
