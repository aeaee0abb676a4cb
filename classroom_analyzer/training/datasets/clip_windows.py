"""Windows of one clip, with the columns of ``WINDOWS``, as the engine would feed them for a lesson of that length.

The engine's own windows lie in a neighbour of this package, so they are made here again; a test holds the two equal.
The clip's person is the seat that was usable longest. Usual pitch is the median of the clip so far: no more is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.readings import AudioSecond, SeatSecond, VisionSecond
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.training.datasets.windows import Sequences, absent

__all__ = ["ClipSeconds", "audio_windows", "vision_windows", "window_ends"]

LEAST_HEARD = 0.5  # share of a second, as in the engine


@dataclass(frozen=True, slots=True)
class ClipSeconds:
    """What was measured in a clip, second by second from 1 on.

    Attributes:
        vision: One per second.
        audio: One per second; empty where the clip has no sound.
    """

    vision: tuple[VisionSecond, ...]
    audio: tuple[AudioSecond, ...]


def window_ends(seconds: int) -> tuple[int, ...]:
    """Return the seconds at which windows of a clip end: each ten whole seconds, or the end of a shorter clip."""
    length_s = WINDOWS[Modality.VISION].length_s
    return tuple(range(length_s, seconds + 1, length_s)) or (seconds,)


def vision_windows(seconds: Sequence[VisionSecond], ends: Sequence[int]) -> Sequences:
    """Cut the windows of the clip's person."""
    spec = WINDOWS[Modality.VISION]
    sequences = absent(len(ends), spec)
    by_second = [{seat.seat: seat for seat in second.seats if _seen(seat)} for second in seconds]
    subject = _subject(by_second)
    if subject is None:
        return sequences
    for row, end in enumerate(ends):
        usual = _usual_pitch(seconds[:end])
        for step in range(spec.steps):
            at = end - spec.steps + step
            seat = by_second[at].get(subject) if at >= 0 else None
            if seat is None:
                continue
            known = _vision_columns(seat, list(by_second[at].values()), usual)
            sequences.values[row, step] = [known.get(name, np.nan) for name in spec.names]
            sequences.valid[row, step] = True
            sequences.quality[row, step] = seat.quality
    return sequences


def audio_windows(seconds: Sequence[AudioSecond], ends: Sequence[int]) -> Sequences:
    """Cut the windows of the clip's sound."""
    spec = WINDOWS[Modality.AUDIO]
    sequences = absent(len(ends), spec)
    for row, end in enumerate(ends):
        for step in range(spec.steps):
            stop = end - (spec.steps - 1 - step) * spec.step_s
            heard = [s for s in seconds[max(stop - spec.step_s, 0) : max(stop, 0)] if _heard(s)]
            if heard:
                known = _audio_columns(heard)
                sequences.values[row, step] = [known.get(name, np.nan) for name in spec.names]
                sequences.valid[row, step] = True
                sequences.quality[row, step] = fmean(s.quality for s in heard)
    return sequences


def _seen(seat: SeatSecond) -> bool:
    return seat.status == "ok" and seat.quality > 0


def _heard(second: AudioSecond) -> bool:
    return second.heard_share >= LEAST_HEARD and second.quality > 0


def _subject(by_second: Sequence[Mapping[int, SeatSecond]]) -> int | None:
    """The seat that is usable longest, the nearest of several."""
    rows: dict[int, list[SeatSecond]] = {}
    for seats in by_second:
        for number, seat in seats.items():
            rows.setdefault(number, []).append(seat)
    return max(rows, key=lambda n: (len(rows[n]), fmean(s.iod_px or 0.0 for s in rows[n])), default=None)


def _usual_pitch(seconds: Sequence[VisionSecond]) -> dict[int, float]:
    """Median pitch of every seat so far, degrees."""
    pitches: dict[int, list[float]] = {}
    for second in seconds:
        for seat in second.seats:
            if seat.pitch_deg is not None:
                pitches.setdefault(seat.seat, []).append(seat.pitch_deg)
    return {seat: median(degrees) for seat, degrees in pitches.items()}


def _vision_columns(seat: SeatSecond, seen: Sequence[SeatSecond], usual: Mapping[int, float]) -> dict[str, float]:
    def down(one: SeatSecond) -> float | None:
        return None if one.pitch_deg is None or one.seat not in usual else one.pitch_deg - usual[one.seat]

    return {
        "face_presence": seat.face_presence,
        "facing_target": _mean([seat.facing_target]),
        "movement": _mean([seat.movement]),
        "pitch_down": _mean([down(seat)]),
        "class_facing": _mean(one.facing_target for one in seen),
        "class_pitch_down": _mean(down(one) for one in seen),
        "class_seats": float(len(seen)),
    }


def _audio_columns(heard: Sequence[AudioSecond]) -> dict[str, float]:
    known = [s for s in heard if s.mode is not SoundMode.UNKNOWN]
    speech = _mean(s.speech_share for s in heard)
    return {
        "speech_share": speech,
        "single_voice": _mean(float(s.mode is SoundMode.SINGLE) for s in known),
        "multiple_voices": _mean(float(s.mode is SoundMode.MULTIPLE) for s in known),
        "silence": 1 - speech,
        "loudness_rel": _mean(s.loudness_rel_db for s in heard),
    }


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return fmean(known) if known else float("nan")
