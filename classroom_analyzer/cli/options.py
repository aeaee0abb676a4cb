"""Options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from classroom_analyzer.domain.policy import Place, Policy

__all__ = [
    "AffectModel",
    "Attendance",
    "AudioEncoder",
    "ChatStart",
    "ClassName",
    "ClassSize",
    "Ethics",
    "ExcludeSeat",
    "FaceEncoder",
    "Json",
    "LegalBasis",
    "NoAudio",
    "OutFolder",
    "PlaceOption",
    "PolicyOption",
    "Seed",
    "SpeakerEncoder",
    "TeacherVoice",
    "TextEncoder",
    "Transcriber",
    "UseAudio",
    "UseText",
    "UseVision",
]

PolicyOption = Annotated[
    Policy | None,
    typer.Option("--policy", help="How far to go; naming it here attests that the people concerned agreed to it."),
]
PlaceOption = Annotated[Place | None, typer.Option("--place", help="Where the program is used.")]
Ethics = Annotated[str | None, typer.Option("--ethics", metavar="REF", help="Ethics reference; research needs it.")]
LegalBasis = Annotated[
    str | None, typer.Option("--legal-basis", metavar="TEXT", help="Legal basis; research needs it.")
]
ClassSize = Annotated[int | None, typer.Option("--class-size", metavar="N", min=1, help="People in the class.")]
ClassName = Annotated[
    str | None,
    typer.Option("--class", metavar="NAME", help="Name of the class; joins its lessons and uses its calibration."),
]
Attendance = Annotated[
    Path | None,
    typer.Option(
        "--attendance",
        metavar="FILE",
        help="Teams attendance report or Zoom participants file; gives the class size when --class-size does not.",
    ),
]
OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Where the lesson folder goes; the data folder if left out.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of everything drawn at random.")]
UseVision = Annotated[bool, typer.Option("--vision/--no-vision", help="Use the picture.")]
UseAudio = Annotated[bool, typer.Option("--audio/--no-audio", help="Use the sound.")]
NoAudio = Annotated[bool, typer.Option("--no-audio", help="Leave the sound out.")]
UseText = Annotated[bool, typer.Option("--text/--no-text", help="Use the chat.")]
ExcludeSeat = Annotated[
    list[int] | None, typer.Option("--exclude-seat", metavar="N", min=1, help="Mask this seat and leave it out.")
]
ChatStart = Annotated[
    str | None,
    typer.Option("--chat-start", metavar="HH:MM:SS", help="Clock time at which the recording starts."),
]
FaceEncoder = Annotated[
    str | None, typer.Option("--face-encoder", metavar="SPEC", help="Face encoder: hf:OWNER/NAME@REV or dir:PATH.")
]
AudioEncoder = Annotated[
    str | None, typer.Option("--audio-encoder", metavar="SPEC", help="Sound encoder: hf:OWNER/NAME@REV or dir:PATH.")
]
TextEncoder = Annotated[
    str | None, typer.Option("--text-encoder", metavar="SPEC", help="Text encoder: hf:OWNER/NAME@REV or dir:PATH.")
]
TeacherVoice = Annotated[
    str | None,
    typer.Option(
        "--teacher-voice",
        metavar="FILE|FROM-TO",
        help="20 s in which only the teacher speaks: a sound file, or seconds of the recording such as 30-55.",
    ),
]
SpeakerEncoder = Annotated[
    str | None,
    typer.Option(
        "--speaker-encoder", metavar="SPEC", help="Network that compares voices: hf:OWNER/NAME@REV or dir:PATH."
    ),
]
Transcriber = Annotated[
    str | None,
    typer.Option(
        "--transcriber",
        metavar="SPEC",
        help="Speech recognition, Whisper or a CTC network: hf:OWNER/NAME@REV or dir:PATH. Off unless given.",
    ),
]
AffectModel = Annotated[
    str | None,
    typer.Option(
        "--affect-model",
        metavar="SPEC",
        help="Affect head of an approved study, local:NAME or its .safetensors file; under research only.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else.")]
