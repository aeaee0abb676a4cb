"""Play a recording as if it were live: the same engine, at the lesson's own pace, shown as it goes."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.app.analyze import Recording, open_recording, prepare_engine
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.feeds import (
    LiveFeeds,
    PictureSlots,
    PlayedChat,
    PlayedPictures,
    PlayedSound,
    PlayedTranscript,
)
from classroom_analyzer.pipeline.live import LiveLesson

__all__ = ["PREVIEW_FPS", "play"]

PREVIEW_FPS = 25.0


def play(recording: Recording, request: LessonRequest, home: Path) -> LiveLesson:
    """Begin to play a recording.

    Args:
        recording: Its files.
        request: What to do with it.
        home: Folder of all state.

    Returns:
        The running lesson; it ends by itself with the recording.

    Raises:
        BadInputError: A file cannot be used.
        OutputNotWritableError: The lesson folder cannot be made.
        ModelMissingError: A model is not on this machine.
    """
    opened = open_recording(recording)
    engine = prepare_engine(opened, request, home, paced=True)
    parts = engine.parts
    clock = LessonClock()
    pictures = slots = sound = chat = None
    if parts.vision is not None:
        slots = PictureSlots(parts.vision.picture_rate_hz)
        frames = opened.picture.frames(max_rate_hz=PREVIEW_FPS)
        pictures = PlayedPictures(frames, slots, clock, recording.path.name)
    call_sound = None
    if parts.tracks is not None and opened.call_sound is not None:
        call_sound = PlayedSound(opened.call_sound.audio(), clock, "call")
    if parts.audio is not None and opened.sound.info.has_audio:
        sound = PlayedSound(opened.sound.audio(), clock, (recording.audio or recording.path).name)
    if parts.text is not None and opened.chat is not None:
        chat = PlayedChat(opened.chat.messages, clock)
    chat_name = recording.chat.name if recording.chat is not None else ""
    words = PlayedTranscript(opened.transcript.utterances, clock) if opened.transcript is not None else None
    feeds = LiveFeeds(pictures, slots, sound, chat, chat_name, call_sound=call_sound, words=words)
    return LiveLesson(engine, feeds, clock, policy=request.grant.policy, duration_s=opened.duration_s)
