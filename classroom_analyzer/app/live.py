"""Hold a live lesson from a camera or a screen region, a microphone and the chat."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

from classroom_analyzer.app.attendance import with_attendance
from classroom_analyzer.app.lesson import create_writer, setup_warnings
from classroom_analyzer.app.live_analysis import LivePictureMemory, begin_analysis
from classroom_analyzer.app.live_devices import LiveDevices
from classroom_analyzer.app.live_sources import LiveSources
from classroom_analyzer.app.recipe import PartsRecipe
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.app.retention import remember_folder
from classroom_analyzer.domain.attendance import AttendanceImport
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import UsageError
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.feeds import LiveFeeds
from classroom_analyzer.pipeline.ledger import LessonLedger
from classroom_analyzer.pipeline.live import LiveLesson

if TYPE_CHECKING:
    from classroom_analyzer.storage.lesson_writer import LessonWriter
    from classroom_analyzer.storage.recorder import MediaRecorder

__all__ = ["LiveSources", "start_live"]

USUAL_LESSON_S = 3600.0


def start_live(
    sources: LiveSources, request: LessonRequest, home: Path, cancel: CancelToken | None = None
) -> LiveLesson:
    """Begin a live lesson.

    Args:
        sources: Where it comes from.
        request: What to do with it.
        home: Folder of all state.
        cancel: Ends the opening.

    Returns:
        The running lesson.

    Raises:
        UsageError: Nothing to look at, listen to or read was named.
        BadInputError: The chat or attendance file is something else.
        DeviceUnavailableError: A device or the chat port cannot be opened.
        OutputNotWritableError: The lesson folder cannot be made.
        ModelMissingError: A model is not on this machine.
        StoppedByUserError: A stop was asked for.
    """
    cancel = cancel or CancelToken()
    chat_named = sources.chat is not None or sources.chat_port is not None
    named = {
        Modality.VISION: any(each is not None for each in (sources.camera, sources.screen, sources.window)),
        Modality.AUDIO: sources.microphone is not None,
        Modality.TEXT: chat_named,
    }
    available = frozenset(m for m, there in named.items() if there) & request.switched_on
    if sources.call_sound is not None and sources.microphone is None:
        raise UsageError("--call-sound needs the teacher's microphone beside it; name it with --mic")
    if not available:
        raise UsageError("there is nothing to observe; name a camera, a microphone, a chat file or a chat port")
    if sources.chat_by_hand:
        available |= {Modality.TEXT} & request.switched_on
    request, attended = with_attendance(request, _attendance(sources))
    if sources.record:
        remember_folder(home, request.out)  # so that the recording ends there in time
    with ExitStack() as undo:
        server = _chat_door(sources) if Modality.TEXT in available else None
        if server is not None:
            undo.enter_context(server)
        recipe = PartsRecipe(request, home, available, two_tracks=sources.call_sound is not None)
        memory = LivePictureMemory(request.excluded_seats, seen=Modality.VISION in available)
        undo.callback(memory.close)
        by_hand = not chat_named
        analyst = begin_analysis(recipe, request, memory, chat_by_hand=by_hand)
        undo.callback(analyst.stop)
        devices = LiveDevices(sources, available)
        devices.check(cancel)  # while the models are loaded: a wrong name is an error and not a retry
        facts = analyst.wait_ready(cancel)
        stem = sources.name or datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
        writer = create_writer(request, facts, stem=stem, clock_origin="start of the live lesson", source=None)
        undo.callback(writer.discard)
        ledger = LessonLedger(
            writer,
            facts,
            request.grant,
            class_size=request.class_size,
            seed=request.seed,
            warnings=(*setup_warnings(request, None), *attended, *writer.warnings),
            chat_by_hand=by_hand,
        )
        recorder = _recorder(sources, writer, available)
        if recorder is not None:
            undo.callback(recorder.close)
        clock = LessonClock()
        feeds = devices.feeds(clock, memory.channel, facts.picture_rate_hz)
        if Modality.TEXT in available:
            feeds = _with_chat(feeds, sources, clock, server)
        undo.pop_all()
    return LiveLesson(
        ledger,
        analyst,
        feeds,
        clock,
        policy=request.grant.policy,
        duration_s=sources.duration_s,
        pictures=memory.pictures,
        recorder=recorder,
    )


def _recorder(sources: LiveSources, writer: LessonWriter, available: frozenset[Modality]) -> MediaRecorder | None:
    if not sources.record:
        return None
    from classroom_analyzer.storage.disk_guard import room_to_start
    from classroom_analyzer.storage.recorder import MediaRecorder

    tracks = 0 if Modality.AUDIO not in available else 1 if sources.call_sound is None else 2
    recorder = MediaRecorder(writer, pictures=Modality.VISION in available, sound_tracks=tracks)
    no_room = room_to_start(writer.folder, sources.duration_s or USUAL_LESSON_S, record=True)
    if no_room is not None:
        recorder.stop(no_room)
    return recorder


def _attendance(sources: LiveSources) -> AttendanceImport | None:
    if sources.attendance is None:
        return None
    from classroom_analyzer.sources.attendance.read import read_attendance

    return read_attendance(sources.attendance)


def _chat_door(sources: LiveSources) -> socket | None:
    """Look at the chat file and take the chat port before anything is written."""
    if sources.chat is not None:
        from classroom_analyzer.sources.chat.read import check_is_no_transcript

        check_is_no_transcript(sources.chat)
    if sources.chat_port is None:
        return None
    from classroom_analyzer.sources.chat.endpoint import listen

    return listen(sources.chat_port)


def _with_chat(feeds: LiveFeeds, sources: LiveSources, clock: LessonClock, server: socket | None) -> LiveFeeds:
    """Join the ways into the chat."""
    from classroom_analyzer.sources.chat.inbox import ChatInbox
    from classroom_analyzer.sources.chat.tail import ChatTail

    tail = ChatTail(sources.chat) if sources.chat is not None else None
    inbox = ChatInbox(clock.now_ns, tail=tail)
    endpoint = None
    if server is not None:
        from classroom_analyzer.sources.chat.endpoint import ChatEndpoint

        endpoint = ChatEndpoint(server, inbox)
    chat_names = [sources.chat.name] if sources.chat is not None else []
    if endpoint is not None:
        chat_names.append(endpoint.name)
    return replace(feeds, chat=inbox, chat_name=", ".join(chat_names), inbox=inbox, endpoint=endpoint)
