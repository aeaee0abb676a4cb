"""Speaker labels in RTTM (NIST Rich Transcription): who speaks when, one stretch a line."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadInputError

__all__ = ["LABEL_FRAME_S", "SpokenStretch", "frames_of", "matching_uri", "read_rttm"]

LABEL_FRAME_S = 0.01
MAX_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class SpokenStretch:
    """One speaker talks from ``start_s`` to ``end_s``."""

    speaker: str
    start_s: float
    end_s: float


def read_rttm(path: Path) -> dict[str, tuple[SpokenStretch, ...]]:
    """Read ``SPEAKER URI CHANNEL START DURATION <NA> <NA> NAME ...`` lines; others are left out.

    Returns:
        Stretches by URI, as they stand in the file; they may overlap.

    Raises:
        BadInputError: The file cannot be read, or a SPEAKER line is damaged, or there is none.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInputError(path, f"the labels cannot be read ({error.strerror}); check the name") from error
    if len(raw) > MAX_BYTES:
        raise BadInputError(path, "it is larger than 64 MB, too large for speaker labels")
    found: dict[str, list[SpokenStretch]] = defaultdict(list)
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
        cells = line.split()
        if not cells or cells[0] != "SPEAKER":
            continue
        stretch = _stretch(cells)
        if stretch is None:
            raise BadInputError(path, f"line {number} is no SPEAKER line of an RTTM file; mend it or leave it out")
        found[cells[1]].append(stretch)
    if not found:
        raise BadInputError(path, "no SPEAKER line is in it; give an RTTM file")
    return {uri: tuple(stretches) for uri, stretches in found.items()}


def matching_uri(stem: str, uris: Iterable[str]) -> str | None:
    """The URI that a file is named after: its stem is the URI or ends in ``_URI``; the longest where several fit."""
    fitting = [uri for uri in uris if stem == uri or stem.endswith(f"_{uri}")]
    return max(fitting, key=len, default=None)


def frames_of(stretches: Sequence[SpokenStretch], duration_s: float) -> Mapping[str, NDArray[np.bool_]]:
    """Who speaks in each 10 ms frame, judged at its middle: ``(n,) bool`` by speaker."""
    middle_s = (np.arange(round(duration_s / LABEL_FRAME_S)) + 0.5) * LABEL_FRAME_S
    by_speaker: dict[str, NDArray[np.bool_]] = {}
    for stretch in stretches:
        speaks = by_speaker.setdefault(stretch.speaker, np.zeros(len(middle_s), bool))
        speaks |= (middle_s >= stretch.start_s) & (middle_s < stretch.end_s)
    return by_speaker


def _stretch(cells: list[str]) -> SpokenStretch | None:
    try:
        start_s, length_s = float(cells[3]), float(cells[4])
        speaker = cells[7]
    except (IndexError, ValueError):
        return None
    if not (math.isfinite(start_s) and math.isfinite(length_s)) or start_s < 0 or length_s < 0:
        return None
    return SpokenStretch(speaker, start_s, start_s + length_s)
