"""Analyse a recorded lesson: probe, load, run, and leave either a whole lesson folder or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom_analyzer.app.attendance import with_attendance
from classroom_analyzer.app.build import build_parts
from classroom_analyzer.app.lesson import create_writer, setup_warnings
from classroom_analyzer.app.recorded_lesson import lesson_of, open_recorded_lesson
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.app.words import cover_transcript, transcript_warnings
from classroom_analyzer.domain.attendance import AttendanceImport
from classroom_analyzer.domain.chat import ChatImport
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.domain.transcript import TranscriptImport
from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.offline import run_recording
from classroom_analyzer.pipeline.parts import EngineParts

if TYPE_CHECKING:
    from classroom_analyzer.sources.media import Media

__all__ = ["OpenRecording", "Recording", "analyze", "open_recording", "prepare_engine"]


@dataclass(frozen=True, slots=True)
class Recording:
    """Files of one recorded lesson.

    Attributes:
        path: Video or sound file; also a lesson folder in which picture and sound were recorded, or a segment of it.
        audio: Separate sound file that starts with the video; replaces its own sound.
        call_audio: The call's own sound, apart from the microphone's, starting with the video: the students.
        chat: Chat file.
        chat_start: Clock time ``HH:MM:SS`` at which the recording starts.
        attendance: Teams attendance report or Zoom participants file; names the class size where nobody gave it.
        transcript: What was said: Zoom or Teams .vtt, Meet .sbv.
        teacher: The teacher's name in the transcript, or its beginning; None takes whoever speaks longest.
    """

    path: Path
    audio: Path | None = None
    chat: Path | None = None
    chat_start: str | None = None
    attendance: Path | None = None
    call_audio: Path | None = None
    transcript: Path | None = None
    teacher: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class OpenRecording:
    """A recording whose files were looked at and found usable.

    Attributes:
        stem: Name of the recording without folder and ending.
        picture: File with the picture.
        sound: File with the sound, the same one as a rule.
        chat: Its chat, None without one.
        duration_s: Length of the longest track.
        available: Modalities that it has.
        attendance: Who was there, None without such a file.
        call_sound: File with the call's own sound, None when it is not apart.
        transcript: What was said, None without such a file.
    """

    stem: str
    picture: Media
    sound: Media
    chat: ChatImport | None
    duration_s: float
    available: frozenset[Modality]
    attendance: AttendanceImport | None = None
    call_sound: Media | None = None
    transcript: TranscriptImport | None = None


def open_recording(recording: Recording) -> OpenRecording:
    """Look at a recording's files before anything is written.

    Raises:
        BadInputError: One of them cannot be used.
        UsageError: ``chat_start`` is not a time of day, or a teacher is named without a transcript.
    """
    from classroom_analyzer.sources.chat.pseudonyms import Pseudonyms
    from classroom_analyzer.sources.chat.read import read_chat
    from classroom_analyzer.sources.media import MediaFile

    if recording.teacher is not None and recording.transcript is None:
        raise UsageError("--teacher names a speaker of a transcript; give one with --transcript")
    lesson_folder = lesson_of(recording.path)
    lesson = open_recorded_lesson(lesson_folder, recording.path) if lesson_folder is not None else None
    picture: Media = lesson.media if lesson is not None else MediaFile(recording.path)
    sound = MediaFile(recording.audio) if recording.audio is not None else picture
    if not sound.info.has_audio and recording.audio is not None:
        raise BadInputError(recording.audio, "there is no sound in it; give a sound file or leave --audio out")
    call_sound: Media | None = lesson.call_sound if lesson is not None else None
    if recording.call_audio is not None:
        call_sound = MediaFile(recording.call_audio)
        if not call_sound.info.has_audio:
            reason = "there is no sound in it; give a sound file or leave --call-audio out"
            raise BadInputError(recording.call_audio, reason)
    duration_s = max(picture.info.duration_s, sound.info.duration_s) if lesson is None else lesson.duration_s
    names = Pseudonyms()  # one for chat and transcript, so that a person has one pseudonym
    chat = lesson.chat if lesson is not None else None
    if recording.chat is not None:
        chat = read_chat(recording.chat, duration_s=duration_s, start_clock=recording.chat_start, pseudonyms=names)
    transcript = None
    if recording.transcript is not None:
        from classroom_analyzer.sources.transcript.read import read_transcript

        transcript = read_transcript(
            recording.transcript, duration_s=duration_s, teacher=recording.teacher, pseudonyms=names
        )
    attendance = None
    if recording.attendance is not None:
        from classroom_analyzer.sources.attendance.read import read_attendance

        attendance = read_attendance(recording.attendance)
    has = {
        Modality.VISION: picture.info.has_video,
        Modality.AUDIO: sound.info.has_audio or call_sound is not None,
        Modality.TEXT: chat is not None,
    }
    available = frozenset(m for m, there in has.items() if there)
    stem = lesson.stem if lesson is not None else recording.path.stem
    return OpenRecording(stem, picture, sound, chat, duration_s, available, attendance, call_sound, transcript)


def prepare_engine(opened: OpenRecording, request: LessonRequest, home: Path) -> LessonEngine:
    """Load models and make the lesson folder for a recording.

    Raises:
        ModelMissingError: A model is not on this machine.
        BadModelError: A model must not be used.
        OutputNotWritableError: The lesson folder cannot be made.
    """
    request, attended = with_attendance(request, opened.attendance)
    parts = recording_parts(opened, request, home, paced=False)
    writer = create_writer(
        request, parts.facts, stem=opened.stem, clock_origin="start of the recording", source=opened.stem
    )
    return LessonEngine(
        parts,
        writer,
        request.grant,
        class_size=request.class_size,
        seed=request.seed,
        warnings=(*recording_warnings(request, opened), *attended, *writer.warnings),
    )


def recording_parts(opened: OpenRecording, request: LessonRequest, home: Path, *, paced: bool) -> EngineParts:
    """Load models for a recording; see ``build_parts`` for what it raises."""
    parts = build_parts(
        request,
        home,
        opened.available,
        paced=paced,
        sound=opened.sound if opened.sound.info.has_audio else None,
        two_tracks=opened.call_sound is not None,
        transcript=opened.transcript is not None,
    )
    cover_transcript(parts.talk, opened.transcript)
    return parts


def recording_warnings(request: LessonRequest, opened: OpenRecording) -> tuple[str, ...]:
    """What the user should know about how a recording's lesson was set up."""
    return (*setup_warnings(request, opened.chat), *transcript_warnings(opened.transcript))


def analyze(
    recording: Recording,
    request: LessonRequest,
    home: Path,
    *,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> LessonSummary:
    """Analyse a recording into a lesson folder.

    Args:
        recording: Its files.
        request: What to do with them.
        home: Folder of all state.
        progress: Reports seconds of lesson.
        cancel: A stop leaves a readable lesson marked incomplete.

    Returns:
        The summary, as summary.json holds it.

    Raises:
        BadInputError: A file cannot be used; no lesson folder is left.
        OutputNotWritableError: The lesson folder cannot be made.
        ModelMissingError: A model is not on this machine.
        StoppedByUserError: A stop was asked for.
    """
    opened = open_recording(recording)
    progress("loading models", 0, None)
    engine = prepare_engine(opened, request, home)
    parts = engine.parts
    try:
        summary = run_recording(
            engine,
            duration_s=opened.duration_s,
            frames=opened.picture.frames(parts.vision.picture_rate_hz) if parts.vision is not None else (),
            audio=opened.sound.audio() if parts.audio is not None and opened.sound.info.has_audio else (),
            call_audio=opened.call_sound.audio() if opened.call_sound is not None and parts.tracks is not None else (),
            messages=opened.chat.messages if opened.chat is not None and parts.text is not None else (),
            utterances=opened.transcript.utterances if opened.transcript is not None else (),
            progress=progress,
            cancel=cancel or CancelToken(),
        )
    except BadInputError:
        engine.writer.discard()  # a file that turns out bad half way leaves no half-written lesson
        raise
    return summary
