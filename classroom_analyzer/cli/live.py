"""``classroom-analyzer live``: a lesson as it happens, in the window or without it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli import options
from classroom_analyzer.cli.lesson import print_summary, request_from
from classroom_analyzer.cli.output import cancel_on_interrupt, no_display, notice, print_json
from classroom_analyzer.errors import UsageError

if TYPE_CHECKING:
    from classroom_analyzer.pipeline.live import LiveLesson

__all__ = ["live"]

POLL_S = 0.1
NOTICE_EVERY_S = 10


def live(
    context: typer.Context,
    camera: Annotated[
        str | None, typer.Option("--camera", metavar="N|NAME|URL|FILE", help="Camera by number, name or address.")
    ] = None,
    screen: Annotated[
        str | None, typer.Option("--screen", metavar="X,Y,W,H", help="Region of the screen, in place of a camera.")
    ] = None,
    mic: Annotated[
        str | None, typer.Option("--mic", metavar="NAME", help="Microphone; 'default' is the system's choice.")
    ] = None,
    call_sound: Annotated[
        str | None,
        typer.Option("--call-sound", metavar="NAME", help="Input that carries the call's own sound: the students."),
    ] = None,
    chat: Annotated[Path | None, typer.Option("--chat", metavar="FILE", help="Chat file that grows.")] = None,
    chat_port: Annotated[
        int | None,
        typer.Option(
            "--chat-port",
            metavar="N",
            min=0,
            max=65535,
            help="Take chat lines from programs on this machine (HTTP, WebSocket) at this port; 0 is any free one.",
        ),
    ] = None,
    duration: Annotated[
        float | None, typer.Option("--duration", metavar="S", min=1, help="End after so many seconds.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the lesson folder.")] = None,
    headless: Annotated[bool, typer.Option("--headless", help="Without the window.")] = False,
    policy: options.PolicyOption = None,
    place: options.PlaceOption = None,
    ethics: options.Ethics = None,
    legal_basis: options.LegalBasis = None,
    class_size: options.ClassSize = None,
    class_name: options.ClassName = None,
    attendance: options.Attendance = None,
    out: options.OutFolder = None,
    seed: options.Seed = 0,
    vision: options.UseVision = True,
    audio: options.UseAudio = True,
    text: options.UseText = True,
    exclude_seat: options.ExcludeSeat = None,
    teacher_voice: options.TeacherVoice = None,
    speaker_encoder: options.SpeakerEncoder = None,
    transcriber: options.Transcriber = None,
    as_json: options.Json = False,
) -> None:
    """Hold a live lesson until Ctrl-C or the end of --duration."""
    from classroom_analyzer.app.live import LiveSources, start_live
    from classroom_analyzer.settings.paths import home

    request = request_from(
        policy=policy,
        place=place,
        ethics=ethics,
        legal_basis=legal_basis,
        class_size=class_size,
        out=out,
        seed=seed,
        vision=vision,
        audio=audio,
        text=text,
        exclude_seats=exclude_seat,
        teacher_voice=teacher_voice,
        speaker_encoder=speaker_encoder,
        transcriber=transcriber,
        class_name=class_name,
    )
    windowed = not (headless or as_json or no_display())
    sources = LiveSources(
        camera=camera,
        screen=_region(screen),
        microphone="" if mic == "default" else mic,
        call_sound=call_sound,
        chat=chat,
        chat_port=chat_port,
        chat_by_hand=windowed,
        attendance=attendance,
        duration_s=duration,
        name=name,
    )
    if windowed:
        lesson = start_live(sources, request, home())
        _tell_address(lesson)
        raise typer.Exit(context.obj.open_session(lesson))
    with cancel_on_interrupt() as cancel:
        lesson = start_live(sources, request, home())
        _tell_address(lesson)
        notice("the lesson runs; Ctrl-C ends it")
        shown_s = 0
        while not (board := lesson.dashboard()).finished:
            if cancel.cancelled:
                lesson.stop()
            if board.t_s >= shown_s + NOTICE_EVERY_S:
                shown_s = board.t_s
                notice("; ".join([f"{shown_s} s", *(f"{d.name}: {d.state.value}" for d in board.devices)]))
            time.sleep(POLL_S)
    summary = lesson.wait()
    if as_json:
        print_json(json.loads((Path(summary.lesson) / "summary.json").read_text(encoding="utf-8")))
    else:
        print_summary(summary)


def _tell_address(lesson: LiveLesson) -> None:
    """Say once where programs hand in chat lines; the token is good for this lesson only."""
    address = lesson.chat_address
    if address is None:
        return
    line = '{"name": "Ana", "text": "hello"}'
    notice(f"chat lines are taken at {address.url} (WebSocket: {address.url.replace('http', 'ws', 1)}), for example:")
    notice(f"  curl -H 'Authorization: Bearer {address.token}' -d '{line}' {address.url}")


def _region(text: str | None) -> tuple[int, int, int, int] | None:
    if text is None:
        return None
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r} is not a screen region; give it as x,y,width,height in pixels") from None
    return x, y, width, height
