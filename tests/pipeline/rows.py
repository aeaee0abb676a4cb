"""Measured seconds with known values, for the tests of windows, phases and totals."""

from __future__ import annotations

from classroom_analyzer.domain.readings import AudioSecond, Reading, SeatSecond, TextSecond, VisionSecond
from classroom_analyzer.domain.sound import SoundMode


def seat(number: int = 1, **changes: object) -> SeatSecond:
    values: dict[str, object] = {
        "seat": number,
        "face_presence": 1.0,
        "facing_target": 0.75,
        "movement": 0.2,
        "yaw_deg": 0.0,
        "pitch_deg": 5.0,
        "iod_px": 20.0,
        "quality": 0.9,
        "novelty": None,
        "status": "ok",
    }
    return SeatSecond(**{**values, **changes})  # type: ignore[arg-type]


def vision(t_s: int, *seats: SeatSecond, frames: int = 4) -> VisionSecond:
    seen = float(sum(s.status == "ok" for s in seats))
    return VisionSecond(t_s, frames, seen if frames else None, seats, ())


def audio(
    t_s: int,
    *,
    speech: float = 1.0,
    mode: SoundMode = SoundMode.SINGLE,
    quality: float = 0.8,
    pitch_hz: float | None = 120.0,
    readings: tuple[Reading, ...] = (),
) -> AudioSecond:
    return AudioSecond(t_s, 1.0, speech, mode, -30.0, 20.0, pitch_hz, quality, None, readings)


def text(t_s: int, *, messages: int = 0, questions: int = 0, authors: int = 0, connected: bool = True) -> TextSecond:
    words = 4.0 if messages else None
    return TextSecond(t_s, connected, messages, questions, authors, words, 1.0 if connected else 0.0, None, ())
