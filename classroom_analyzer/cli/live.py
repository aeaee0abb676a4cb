"""``classroom-analyzer live``: a lesson as it happens, in the window or without it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from classroom_analyzer.cli import options
from classroom_analyzer.cli.lesson import clock, print_summary, request_from
from classroom_analyzer.cli.output import cancel_on_interrupt, no_display, notice, print_json
from classroom_analyzer.errors import UsageError

if TYPE_CHECKING:
    from classroom_analyzer.domain.live import Dashboard
    from classroom_analyzer.domain.progress import CancelToken
    from classroom_analyzer.pipeline.live import LiveLesson

__all__ = ["live", "progress_line"]

POLL_S = 0.1
NOTICE_EVERY_S = 10


@options.spread
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
    record: Annotated[bool, typer.Option("--record", help="Keep picture and sound as well, sealed.")] = False,
    *,
    lesson: options.LessonOptions,
    audio: options.UseAudio = True,
    as_json: options.Json = False,
) -> None:
    """Hold a live lesson until Ctrl-C or the end of --duration."""
    from classroom_analyzer.app.live import LiveSources, start_live
    from classroom_analyzer.app.logs import keep_log
    from classroom_analyzer.app.retention import purge_at_start
    from classroom_analyzer.settings.paths import home

    keep_log(home())
    purge_at_start(home())
    request = request_from(lesson, audio=audio)
    windowed = not (headless or as_json or no_display())
    sources = LiveSources(
        camera=camera,
        screen=_region(screen),
        microphone="" if mic == "default" else mic,
        call_sound=call_sound,
        chat=chat,
        chat_port=chat_port,
        chat_by_hand=windowed,
        attendance=lesson.attendance,
        duration_s=duration,
        name=name,
        record=record,
    )
    if windowed:
        running = start_live(sources, request, home())
        with _ended(running):
            _tell_address(running)
            raise typer.Exit(context.obj.open_session(running))
    with cancel_on_interrupt(hard=True) as cancel:
        running = start_live(sources, request, home(), cancel)
        with _ended(running):
            _tell_address(running)
            notice("the lesson runs; Ctrl-C ends it and keeps it")
            _follow(running, cancel)
    summary = running.wait()
    if as_json:
        print_json(json.loads((Path(summary.lesson) / "summary.json").read_text(encoding="utf-8")))
    else:
        print_summary(summary)


@contextmanager
def _ended(running: LiveLesson) -> Iterator[None]:
    """Ask the lesson to end when the block does, however: nobody would look at it or could stop it any more."""
    try:
        yield
    finally:
        running.stop()


def _follow(running: LiveLesson, cancel: CancelToken) -> None:
    """Say every ten seconds how the lesson is, until it has ended."""
    shown_s = 0
    while not (board := running.dashboard()).finished:
        if cancel.cancelled:
            running.stop()
        if board.t_s >= shown_s + NOTICE_EVERY_S:
            shown_s = board.t_s
            notice(progress_line(board))
        time.sleep(POLL_S)


def progress_line(board: Dashboard) -> str:
    """Say how the lesson is: its time, how each source does, and the newest estimate where there may be one."""
    parts = [clock(board.t_s)]
    for device in board.devices:
        lost = f", {device.dropped} dropped" if device.dropped else ""
        parts.append(f"{device.modality.value} {device.state.value}{lost}")
    if board.policy.allows_estimate and board.estimates:
        newest = board.estimates[-1]
        if newest.engagement is None or newest.low is None or newest.high is None:
            parts.append(f"no estimate ({newest.status.value.replace('_', ' ')})")
        else:
            parts.append(f"estimate {newest.engagement:.2f} ({newest.low:.2f} to {newest.high:.2f})")
    return "; ".join(parts)


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
