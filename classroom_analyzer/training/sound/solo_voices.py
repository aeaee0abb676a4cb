"""Cuts recordings into single voices: what a speaker says alone, by the labels, or a whole recording of one speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.training.sound.mixtures import Voice
from classroom_analyzer.training.sound.rttm import SpokenStretch, matching_uri

__all__ = ["labelled_voices", "read_sound", "whole_voice"]

SHORTEST_PIECE_S = 0.5
SHORTEST_VOICE_S = 1.0
SMOOTHING_SAMPLES = SAMPLE_RATE_HZ // 10
QUIET_SHARE = 0.02  # of the loud parts' power: what is quieter at both ends is cut off


def read_sound(path: Path) -> NDArray[np.float64]:
    """A file's sound, ``(n,) float64`` mono at 16 kHz.

    Raises:
        BadInputError: It cannot be read.
    """
    return np.concatenate([block.samples for block in MediaFile(path).audio()]).astype(np.float64)


def labelled_voices(
    files: Sequence[Path], labels: Mapping[str, Sequence[SpokenStretch]], *, least_s: float
) -> list[Voice]:
    """What each speaker says alone in labelled recordings, pieces joined.

    Args:
        files: Named after the labels' recordings.
        labels: Who speaks when.
        least_s: Speakers with less are left out.
    """
    pieces: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for file in files:
        uri = matching_uri(file.stem, labels)
        if uri is None:
            continue
        sound = read_sound(file)
        for speaker, piece in _alone(sound, labels[uri]):
            pieces[speaker].append(_unit(piece))
    voices = [Voice(speaker, np.concatenate(found)) for speaker, found in sorted(pieces.items())]
    return [voice for voice in voices if len(voice.samples) >= least_s * SAMPLE_RATE_HZ]


def whole_voice(file: Path) -> Voice | None:
    """A recording of one speaker, quiet ends cut off; None when too little is left."""
    sound = read_sound(file)
    power = np.convolve(sound**2, np.full(SMOOTHING_SAMPLES, 1 / SMOOTHING_SAMPLES), mode="same")
    loud = np.flatnonzero(power > QUIET_SHARE * np.percentile(power, 95)) if len(sound) else np.empty(0, np.int64)
    if not len(loud) or loud[-1] - loud[0] < SHORTEST_VOICE_S * SAMPLE_RATE_HZ:
        return None
    return Voice(file.stem, _unit(sound[loud[0] : loud[-1]]))


def _alone(sound: NDArray[np.float64], stretches: Sequence[SpokenStretch]) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Pieces of at least half a second in which only one speaker talks."""
    edges = sorted({min(round(t_s * SAMPLE_RATE_HZ), len(sound)) for s in stretches for t_s in (s.start_s, s.end_s)})
    for start, end in pairwise(edges):
        middle_s = (start + end) / 2 / SAMPLE_RATE_HZ
        speakers = {s.speaker for s in stretches if s.start_s <= middle_s < s.end_s}
        if len(speakers) == 1 and end - start >= SHORTEST_PIECE_S * SAMPLE_RATE_HZ:
            yield speakers.pop(), sound[start:end]


def _unit(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    rms = float(np.sqrt(np.mean(sound**2)))
    return sound / rms if rms else sound
