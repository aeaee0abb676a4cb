"""Windows of one clip: those that the engine would feed to fusion for a lesson of that length.

The clip's person is the seat that was usable longest. Usual pitch is the median of the clip so far: no more is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.readings import AudioSecond, SeatSecond, VisionSecond
from classroom_analyzer.fusion.windows import LessonWindows, seat_usable
from classroom_analyzer.training.datasets.clip_cache import MEASURED
from classroom_analyzer.training.datasets.windows import Sequences, absent

__all__ = ["ClipSeconds", "clip_windows", "window_ends"]


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


def clip_windows(clip: ClipSeconds, ends: Sequence[int]) -> dict[Modality, Sequences]:
    """Cut the windows of the clip's person and of its sound.

    Args:
        clip: Its seconds.
        ends: Seconds at which a window ends, rising.

    Returns:
        One row per end for each modality of ``MEASURED``.
    """
    windows, person = LessonWindows(), _person(clip.vision)
    found = {modality: absent(len(ends), WINDOWS[modality]) for modality in MEASURED}
    for at, second in enumerate(clip.vision):
        windows.push(second.seats, clip.audio[at] if clip.audio else None, None)
        if at + 1 not in ends:
            continue
        row = ends.index(at + 1)
        seats, of_seats, of_room = windows.batches(None, Phase.UNKNOWN)
        _put(found[Modality.AUDIO], row, of_room, 0, Modality.AUDIO)
        if person in seats:
            _put(found[Modality.VISION], row, of_seats, seats.index(person), Modality.VISION)
    return found


def _put(sequences: Sequences, row: int, batch: FeatureBatch, source: int, modality: Modality) -> None:
    sequences.values[row] = batch.values[modality][source]
    sequences.valid[row] = batch.valid[modality][source]
    sequences.quality[row] = batch.quality[modality][source]


def _person(seconds: Sequence[VisionSecond]) -> int | None:
    """The seat that is usable longest, the nearest of several."""
    rows: dict[int, list[SeatSecond]] = {}
    for second in seconds:
        for seat in second.seats:
            if seat_usable(seat):
                rows.setdefault(seat.seat, []).append(seat)
    return max(rows, key=lambda n: (len(rows[n]), fmean(s.iod_px or 0.0 for s in rows[n])), default=None)
