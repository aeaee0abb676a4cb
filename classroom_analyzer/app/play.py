"""Play a recording as if it were live: the same analysis, at the lesson's own pace, shown as it goes."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from classroom_analyzer.app.analyze import Recording, open_recording, recording_warnings
from classroom_analyzer.app.attendance import with_attendance
from classroom_analyzer.app.lesson import create_writer
from classroom_analyzer.app.live_analysis import LivePictureMemory, begin_analysis
from classroom_analyzer.app.recipe import PartsRecipe
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.feeds import LiveFeeds, PlayedChat, PlayedPictures, PlayedSound, PlayedTranscript
from classroom_analyzer.pipeline.ledger import LessonLedger
from classroom_analyzer.pipeline.live import LiveLesson

__all__ = ["PREVIEW_FPS", "play"]

PREVIEW_FPS = 25.0


def play(recording: Recording, request: LessonRequest, home: Path, cancel: CancelToken | None = None) -> LiveLesson:
    """Begin to play a recording.

    Args:
        recording: Its files.
        request: What to do with it.
        home: Folder of all state.
        cancel: Ends the opening.

    Returns:
        The running lesson; it ends by itself with the recording.

    Raises:
        BadInputError: A file cannot be used.
        OutputNotWritableError: The lesson folder cannot be made.
        ModelMissingError: A model is not on this machine.
        StoppedByUserError: A stop was asked for.
    """
    opened = open_recording(recording)
    request, attended = with_attendance(request, opened.attendance)
    recipe = PartsRecipe(request, home, opened.available, recording=recording)
    with ExitStack() as undo:
        memory = LivePictureMemory(request.excluded_seats, seen=Modality.VISION in recipe.on)
        undo.callback(memory.close)
        analyst = begin_analysis(recipe, request, memory)
        undo.callback(analyst.stop)
        facts = analyst.wait_ready(cancel or CancelToken())
        writer = create_writer(
            request, facts, stem=opened.stem, clock_origin="start of the recording", source=opened.stem
        )
        undo.callback(writer.discard)
        ledger = LessonLedger(
            writer,
            facts,
            request.grant,
            class_size=request.class_size,
            seed=request.seed,
            warnings=(*recording_warnings(request, opened), *attended, *writer.warnings),
        )
        clock = LessonClock()
        pictures = sound = call_sound = chat = None
        if memory.channel is not None and facts.picture_rate_hz is not None:
            memory.channel.set_rate(facts.picture_rate_hz)
            frames = opened.picture.frames(max_rate_hz=PREVIEW_FPS)
            pictures = PlayedPictures(frames, memory.channel, clock, recording.path.name)
        if opened.call_sound is not None and Modality.AUDIO in recipe.on:
            call_sound = PlayedSound(opened.call_sound.audio(), clock, "call")
        if Modality.AUDIO in recipe.on and opened.sound.info.has_audio:
            sound = PlayedSound(opened.sound.audio(), clock, (recording.audio or recording.path).name)
        if Modality.TEXT in recipe.on and opened.chat is not None:
            chat = PlayedChat(opened.chat.messages, clock)
        chat_name = recording.chat.name if recording.chat is not None else ""
        words = PlayedTranscript(opened.transcript.utterances, clock) if opened.transcript is not None else None
        feeds = LiveFeeds(pictures, memory.channel, sound, chat, chat_name, call_sound=call_sound, words=words)
        undo.pop_all()
        return LiveLesson(
            ledger,
            analyst,
            feeds,
            clock,
            policy=request.grant.policy,
            duration_s=opened.duration_s,
            pictures=memory.pictures,
        )
