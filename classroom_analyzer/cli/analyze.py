"""``classroom-analyzer analyze``: a recording in, a lesson folder out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.cli import options
from classroom_analyzer.cli.lesson import print_summary, request_from
from classroom_analyzer.cli.output import cancel_on_interrupt, print_json, progress_on_stderr

__all__ = ["analyze"]


@options.spread
def analyze(
    path: Annotated[
        Path, typer.Argument(help="Video or sound of the lesson, or a NAME.lesson folder with a recording in it.")
    ],
    audio: Annotated[
        Path | None, typer.Option("--audio", metavar="FILE", help="Separate sound that starts with the video.")
    ] = None,
    chat: Annotated[Path | None, typer.Option("--chat", metavar="FILE", help="Chat file.")] = None,
    chat_start: options.ChatStart = None,
    transcript: Annotated[
        Path | None, typer.Option("--transcript", metavar="FILE", help="What was said: Zoom or Teams .vtt, Meet .sbv.")
    ] = None,
    teacher: Annotated[
        str | None,
        typer.Option("--teacher", metavar="NAME", help="The teacher's name in the transcript, or its beginning."),
    ] = None,
    *,
    lesson: options.LessonOptions,
    no_audio: options.NoAudio = False,
    face_encoder: options.FaceEncoder = None,
    audio_encoder: options.AudioEncoder = None,
    text_encoder: options.TextEncoder = None,
    affect_model: options.AffectModel = None,
    call_audio: Annotated[
        Path | None,
        typer.Option("--call-audio", metavar="FILE", help="The call's own sound, apart from the microphone's."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Analyse a recorded lesson into a lesson folder."""
    from classroom_analyzer.app.analyze import Recording
    from classroom_analyzer.app.analyze import analyze as run
    from classroom_analyzer.app.retention import purge_at_start
    from classroom_analyzer.settings.paths import home

    request = request_from(
        lesson,
        audio=not no_audio,
        face_encoder=face_encoder,
        audio_encoder=audio_encoder,
        text_encoder=text_encoder,
        affect_model=affect_model,
    )
    with cancel_on_interrupt() as cancel, progress_on_stderr() as progress:
        recording = Recording(path, audio, chat, chat_start, lesson.attendance, call_audio, transcript, teacher)
        purge_at_start(home())
        summary = run(recording, request, home(), progress=progress, cancel=cancel)
    if as_json:
        print_json(json.loads((Path(summary.lesson) / "summary.json").read_text(encoding="utf-8")))
    else:
        print_summary(summary)
