"""Options that several commands share, declared once; ``spread`` gives a command a whole group of them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, get_type_hints

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
    "LessonOptions",
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
    "spread",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonOptions:
    """What ``analyze`` and ``live`` both ask: how far to go, with whom, and where the lesson goes."""

    policy: PolicyOption = None
    place: PlaceOption = None
    ethics: Ethics = None
    legal_basis: LegalBasis = None
    class_size: ClassSize = None
    class_name: ClassName = None
    attendance: Attendance = None
    out: OutFolder = None
    seed: Seed = 0
    vision: UseVision = True
    text: UseText = True
    exclude_seat: ExcludeSeat = None
    teacher_voice: TeacherVoice = None
    speaker_encoder: SpeakerEncoder = None
    transcriber: Transcriber = None


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a command's parameter that is a dataclass of options into those options.

    The command line sees each field as if the command had declared it; the command gets the filled dataclass.
    """
    hints = get_type_hints(command, include_extras=True)
    declared = inspect.signature(command).parameters.values()
    groups = {p.name: hints[p.name] for p in declared if is_dataclass(hints[p.name])}

    def options() -> Iterator[inspect.Parameter]:
        for parameter in declared:
            if parameter.name not in groups:
                yield parameter.replace(annotation=hints[parameter.name])
                continue
            group = groups[parameter.name]
            types = get_type_hints(group, include_extras=True)
            for field in fields(group):
                default = inspect.Parameter.empty if field.default is MISSING else field.default
                yield inspect.Parameter(
                    field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=types[field.name]
                )

    @functools.wraps(command)
    def flat(**given: Any) -> None:
        filled = {name: group(**{f.name: given.pop(f.name) for f in fields(group)}) for name, group in groups.items()}
        command(**given, **filled)

    shown = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in options()]
    flat.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    flat.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    return flat
