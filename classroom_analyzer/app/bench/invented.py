"""Invented seconds of a lecture: what fusion and storage are given when no lesson is at hand. Nobody is measured."""

from __future__ import annotations

from math import sin

from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.readings import AudioSecond, Reading, SeatSecond, TextSecond
from classroom_analyzer.domain.sound import SoundMode

__all__ = ["audio_second", "class_estimate", "readings", "seat_estimates", "seat_seconds", "text_second"]

CLASS_ROWS = 24  # about as many as a second with picture, sound and chat has


def seat_seconds(seats: int, t_s: int) -> tuple[SeatSecond, ...]:
    """Return rows of so many seats, all seen well."""
    return tuple(
        SeatSecond(
            seat=seat,
            face_presence=1.0,
            facing_target=0.75 + 0.25 * sin(t_s + seat),
            movement=0.05 + 0.02 * sin(t_s * 0.7 + seat),
            yaw_deg=8 * sin(t_s * 0.3 + seat),
            pitch_deg=4 * sin(t_s * 0.2 + seat),
            iod_px=24.0,
            quality=0.9,
            novelty=0.0,
            status="ok",
        )
        for seat in range(1, seats + 1)
    )


def audio_second(t_s: int) -> AudioSecond:
    """Return a second in which one voice speaks most of the time."""
    speech = 0.7 + 0.3 * sin(t_s * 0.5)
    return AudioSecond(t_s, 1.0, speech, SoundMode.SINGLE, -25.0, 22 + 4 * sin(t_s), 160.0, 0.9, 0.0, ())


def text_second(t_s: int) -> TextSecond:
    """Return a second of a chat with a message now and then."""
    said = t_s % 4 == 0
    return TextSecond(
        t_s, True, int(said), int(t_s % 12 == 0), 6, 6.0 if said else None, 1.0, 0.0 if said else None, ()
    )


def readings(t_s: int) -> tuple[Reading, ...]:
    """Return class rows."""
    return tuple(Reading(f"reading {i}", 0.5 + 0.5 * sin(t_s + i), "share", 0.9, 30) for i in range(CLASS_ROWS))


def class_estimate(t_s: int) -> ClassEstimate:
    """Return a class row with every column filled."""
    level = (0.1, 0.2, 0.4, 0.3)
    return ClassEstimate(t_s + 1, 0.6, 0.4, 0.8, level, 1.0, (0.1, 0.1, 0.1), Phase.LECTURE, EstimateStatus.OK, 30, 30)


def seat_estimates(seats: int, t_s: int) -> tuple[SeatEstimate, ...]:
    """Return one row per seat with every column filled."""
    return tuple(SeatEstimate(t_s, s, 0.6, 0.3, 0.9, 0.9, EstimateStatus.OK) for s in range(1, seats + 1))
