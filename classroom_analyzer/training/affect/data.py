"""Clips of one person each as rows for affect heads: the codes of the face that a lesson's analysis would have.

The clip runs through the same ``VisionAnalyzer`` as a lesson, one crop a second, so that a head meets in a lesson what
it was trained on. Persons never stand on two sides of a split.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.domain.readings import Reading, VisionSecond
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.perception.vision.affect import LEAST_S, STATES, WINDOW_S
from classroom_analyzer.perception.vision.build import build_vision
from classroom_analyzer.perception.vision.crops import CROP_PX
from classroom_analyzer.perception.vision.encoder import FaceCodes
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.training.datasets.clips import SPLITS, Clip

__all__ = ["CALIBRATION", "SPLIT_PARTS", "ClipRows", "clip_crops", "collect", "split_clips"]

CALIBRATION = "calibration"
SPLIT_PARTS = ("train", "validation", CALIBRATION, "test")

Crops = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class ClipRows:
    """Labelled clips in which a face was seen long enough.

    Attributes:
        clips: The n clips.
        arrays: What was made of each; the first axis is the seconds with a face, 7 to 10 of them.
        labels: ``(n, 4) int64`` levels 0 to 3 in the order of ``STATES``.
        subject: ``(n,) int64`` number of the person.
        part: ``(n,)`` text, one of ``SPLIT_PARTS``.
        left_out: Clips with too few seconds of a face.
    """

    clips: tuple[Clip, ...]
    arrays: tuple[Callable[[], NDArray[np.generic]], ...]
    labels: NDArray[np.int64]
    subject: NDArray[np.int64]
    part: NDArray[np.str_]
    left_out: int

    def rows(self, part: str) -> NDArray[np.int64]:
        """Row numbers of a part."""
        return np.flatnonzero(self.part == part)


def split_clips(clips: Sequence[Clip], root: Path) -> dict[str, tuple[Clip, ...]]:
    """Keep the published split, and take half of the validation persons for calibration.

    Args:
        clips: All clips.
        root: The data set, for the message.

    Returns:
        Clips by part; calibration is empty when one person is all of validation.

    Raises:
        BadInputError: A part is empty, or a person is in two parts.
    """
    published = {split: tuple(clip for clip in clips if clip.split == split) for split in SPLITS}
    empty = [split for split, found in published.items() if not found]
    if empty:
        raise BadInputError(root, f"its {empty[0]} part holds no clip; affect heads need train, validation and test")
    persons = {split: {clip.subject for clip in found} for split, found in published.items()}
    for i, one in enumerate(SPLITS):
        for other in SPLITS[i + 1 :]:
            if common := sorted(persons[one] & persons[other]):
                raise BadInputError(root, f"person {common[0]} is both in {one} and in {other}; mend the folders")
    order = sorted(persons["validation"], key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    kept_apart = set(order[: len(order) // 2])
    parts = {
        "train": published["train"],
        "validation": tuple(clip for clip in published["validation"] if clip.subject not in kept_apart),
        CALIBRATION: tuple(clip for clip in published["validation"] if clip.subject in kept_apart),
        "test": published["test"],
    }
    _assert_disjoint(parts)
    return parts


def _assert_disjoint(parts: Mapping[str, Sequence[Clip]]) -> None:
    seen: dict[str, str] = {}
    for part, clips in parts.items():
        for subject in {clip.subject for clip in clips}:
            assert seen.setdefault(subject, part) == part, f"{subject} is in {seen[subject]} and in {part}"


def collect(
    parts: Mapping[str, Sequence[Clip]],
    array_of: Callable[[Clip], Callable[[], NDArray[np.generic]]],
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> ClipRows:
    """Look at every clip once.

    Args:
        parts: Clips by part.
        array_of: Makes a clip's array and returns how to get it again, from memory or from the cache.
        progress: Told of every clip.
        cancel: Looked at before every clip.

    Raises:
        BadInputError: No clip of some part has a face for long enough.
        StoppedByUserError: ``cancel`` was set.
    """
    _assert_disjoint(parts)
    every = [(part, clip) for part in SPLIT_PARTS for clip in parts.get(part, ())]
    used: list[tuple[str, Clip, Callable[[], NDArray[np.generic]]]] = []
    for done, (part, clip) in enumerate(every):
        progress("looking at clips", done, len(every))
        if cancel is not None:
            cancel.raise_if_cancelled("what was computed is kept where the cache is on")
        array = array_of(clip)
        if len(array()) >= LEAST_S:
            used.append((part, clip, array))
    left = {part for part, _, _ in used}
    if missing := [part for part in SPLIT_PARTS if parts.get(part) and part not in left]:
        first = parts[missing[0]][0].path
        raise BadInputError(first, f"in no clip of the {missing[0]} part a face was seen for {LEAST_S} s")
    names = sorted({clip.subject for _, clip, _ in used})
    return ClipRows(
        clips=tuple(clip for _, clip, _ in used),
        arrays=tuple(array for _, _, array in used),
        labels=np.array([[clip.labels[state] for state in STATES] for _, clip, _ in used], np.int64),
        subject=np.array([names.index(clip.subject) for _, clip, _ in used], np.int64),
        part=np.array([part for part, _, _ in used]),
        left_out=len(every) - len(used),
    )


def clip_crops(path: Path, detector: Path, device: str) -> Crops:
    """Cut the face out of a clip as a lesson's analysis would, once a second, the nearest person's.

    Args:
        path: A recording; its first 10 s count.
        detector: Weights of CenterFace.
        device: Torch device.

    Returns:
        ``(t, 64, 64, 3) uint8 BGR``, t the seconds with a face, 0 to 10.

    Raises:
        BadInputError: It cannot be read.
    """
    nearest = _NearestFace()
    vision = build_vision(
        detector=detector,
        device=device,
        face_encoder=_Pixels(),
        appearance=False,
        excluded_seats=frozenset(),
        seat_codes=nearest,
    )
    t_s = 1
    for frame in MediaFile(path).frames(vision.picture_rate_hz):
        while frame.t_ns >= t_s * NS_PER_S and t_s <= WINDOW_S:
            vision.second(t_s)
            t_s += 1
        if t_s > WINDOW_S:
            break
        vision.analyze(frame)
    else:
        vision.second(t_s)
    return np.array(nearest.crops, np.uint8).reshape(-1, CROP_PX, CROP_PX, 3)


class _Pixels:
    """Gives a crop's own pixels as its code. Implements ``FaceEncoder``."""

    def encode(self, crops: NDArray[np.uint8]) -> FaceCodes:
        """``(n, 64, 64, 3)`` to codes of 12,288."""
        return FaceCodes(crops.reshape(len(crops), -1).astype(np.float32), None)


class _NearestFace:
    """Keeps the crops of the largest face of every second. Implements ``SeatCodes``."""

    def __init__(self) -> None:
        self.crops: list[NDArray[np.float32]] = []

    def second(self, closed: VisionSecond, codes: Mapping[int, NDArray[np.float32]]) -> tuple[Reading, ...]:
        """Take one second; it adds no rows."""
        sizes = {row.seat: row.iod_px or 0.0 for row in closed.seats}
        if codes:
            self.crops.append(codes[max(codes, key=lambda seat: sizes.get(seat, 0.0))])
        return ()
