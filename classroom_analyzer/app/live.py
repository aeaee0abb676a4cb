"""Hold a live lesson from a camera or a screen region, a microphone and the chat."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

from classroom_analyzer.app.attendance import with_attendance
from classroom_analyzer.app.lesson import create_writer, setup_warnings
from classroom_analyzer.app.live_analysis import LivePictureMemory, begin_analysis
from classroom_analyzer.app.recipe import PartsRecipe
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.attendance import AttendanceImport
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import DeviceUnavailableError, UsageError
from classroom_analyzer.pipeline.clock import LessonClock
from classroom_analyzer.pipeline.feeds import LiveFeeds
from classroom_analyzer.pipeline.ledger import LessonLedger
from classroom_analyzer.pipeline.live import LiveLesson

if TYPE_CHECKING:
    from classroom_analyzer.sources.protocol import PictureDevice
    from classroom_analyzer.sources.shared_pictures import PictureChannel

__all__ = ["LiveSources", "start_live"]


@dataclass(frozen=True, slots=True)
class LiveSources:
    """What a live lesson listens to and looks at; None leaves one out.

    Attributes:
        camera: Number, name, address or file.
        screen: Region of the screen ``(x, y, width, height)`` in pixels, in place of a camera.
        microphone: Name; ``""`` is the system's choice.
        call_sound: Input that carries the call's own sound; the microphone is the teacher's alone then.
        chat: Chat file that grows.
        chat_port: Port on 127.0.0.1 where programs hand in chat lines; 0 takes any free one.
        chat_by_hand: Whether a window is there in which lines can be pasted and typed.
        attendance: Teams attendance report or Zoom participants file; names the class size where nobody gave it.
        duration_s: When to end by itself.
        name: Name of the lesson folder; the local date and time when None.
    """

    camera: str | None = None
    screen: tuple[int, int, int, int] | None = None
    microphone: str | None = None
    call_sound: str | None = None
    chat: Path | None = None
    chat_port: int | None = None
    chat_by_hand: bool = False
    attendance: Path | None = None
    duration_s: float | None = None
    name: str | None = None


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
    chat_named = sources.chat is not None or sources.chat_port is not None
    named = {
        Modality.VISION: sources.camera is not None or sources.screen is not None,
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
    camera = _opened_once(sources) if Modality.VISION in available else None
    if Modality.AUDIO in available:
        _check_microphone(sources.microphone or "")
        if sources.call_sound is not None:
            _check_microphone(sources.call_sound)
    request, attended = with_attendance(request, _attendance(sources))
    with ExitStack() as undo:
        server = _chat_door(sources) if Modality.TEXT in available else None
        if server is not None:
            undo.enter_context(server)
        recipe = PartsRecipe(request, home, available, two_tracks=sources.call_sound is not None)
        memory = LivePictureMemory(request.excluded_seats, seen=Modality.VISION in available)
        undo.callback(memory.close)
        by_hand = not chat_named
        analyst, facts = begin_analysis(recipe, request, memory, cancel, chat_by_hand=by_hand)
        undo.callback(analyst.stop)
        stem = sources.name or datetime.now().astimezone().strftime("%Y-%m-%d %H.%M")
        writer = create_writer(request, facts, stem=stem, clock_origin="start of the live lesson", source=None)
        ledger = LessonLedger(
            writer,
            facts,
            request.grant,
            class_size=request.class_size,
            seed=request.seed,
            warnings=(*setup_warnings(request, None), *attended, *writer.warnings),
            chat_by_hand=by_hand,
        )
        clock = LessonClock()
        feeds = _feeds(sources, camera, memory.channel, available, clock)
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
    )


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


def _feeds(
    sources: LiveSources,
    camera: PictureDevice | None,
    channel: PictureChannel | None,
    available: frozenset[Modality],
    clock: LessonClock,
) -> LiveFeeds:
    pictures = sound = call_sound = None
    if camera is not None and channel is not None:
        from classroom_analyzer.sources.camera_child import CameraChild

        pictures = CameraChild(camera, clock.origin_ns, channel)
    if Modality.AUDIO in available:
        from classroom_analyzer.sources.microphone_child import MicrophoneChild

        sound = MicrophoneChild(sources.microphone or None, clock.origin_ns)
        if sources.call_sound is not None:
            call_sound = MicrophoneChild(sources.call_sound, clock.origin_ns, call_sound=True)
    return LiveFeeds(pictures, channel, sound, call_sound=call_sound)


def _opened_once(sources: LiveSources) -> PictureDevice:
    """Open the camera once before anything is written, so that a wrong name is an error and not a retry."""
    if sources.screen is not None:
        from classroom_analyzer.sources.screen import ScreenRegion

        device: PictureDevice = ScreenRegion(*sources.screen)
    else:
        from classroom_analyzer.sources.camera import Camera

        device = Camera(sources.camera or 0)
    device.open()
    device.close()
    return device


def _check_microphone(name: str) -> None:
    from classroom_analyzer.sources.devices import list_microphones

    there = [microphone.name for microphone in list_microphones()]
    if not any(known.casefold().startswith(name.casefold()) for known in there):
        raise DeviceUnavailableError(name or "the default microphone", "there is no such microphone", tuple(there))
