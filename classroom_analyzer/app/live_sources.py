"""What a live lesson listens to and looks at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["LiveSources"]


@dataclass(frozen=True, slots=True)
class LiveSources:
    """What a live lesson listens to and looks at; None leaves one out.

    Attributes:
        camera: Number, name, address or file.
        screen: Region of the screen ``(x, y, width, height)`` in pixels, in place of a camera.
        window: Title of a window, in place of a camera.
        microphone: Name; ``""`` is the system's choice.
        call_sound: Input that carries the call's own sound; the microphone is the teacher's alone then.
        chat: Chat file that grows.
        chat_port: Port on 127.0.0.1 where programs hand in chat lines; 0 takes any free one.
        chat_by_hand: Whether a window is there in which lines can be pasted and typed.
        attendance: Teams attendance report or Zoom participants file; names the class size where nobody gave it.
        duration_s: When to end by itself.
        name: Name of the lesson folder; the local date and time when None.
        record: Whether picture and sound are kept, sealed.
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
    record: bool = False
    window: str | None = None
