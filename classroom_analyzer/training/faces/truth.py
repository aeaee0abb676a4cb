"""What is known about a video of faces: counts per second, where people sit, and head directions from elsewhere."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classroom_analyzer.domain.faces import Box
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.faces.seat_places import Place

__all__ = ["FaceTruth", "PoseSample", "read_pose_reference", "read_truth"]

POSE_COLUMNS = ("t_s", "yaw_deg", "pitch_deg")


@dataclass(frozen=True, slots=True)
class FaceTruth:
    """The known answers of one video.

    Attributes:
        faces_per_second: Faces to be seen from second k to k + 1; None where only ``face_free_frames`` is known.
        places: Tiles or fixed places of the people; empty when neither is known.
        face_free_frames: First and last number, from 0, of stretches of frames without any face; None when the file
            says nothing of them.
    """

    faces_per_second: tuple[int, ...] | None
    places: tuple[Place, ...] = ()
    face_free_frames: tuple[tuple[int, int], ...] | None = None

    def is_face_free(self, frame_number: int) -> bool:
        """Whether it is certain that this frame shows no face."""
        if self.face_free_frames is not None:
            return any(first <= frame_number <= last for first, last in self.face_free_frames)
        return self.faces_per_second is not None and not any(self.faces_per_second)


@dataclass(frozen=True, slots=True)
class PoseSample:
    """A head direction known from elsewhere; angles as in ``HeadPose``."""

    t_s: float
    yaw_deg: float
    pitch_deg: float


def read_truth(path: Path, duration_s: float) -> FaceTruth:
    """Read a truth file.

    Args:
        path: JSON with ``faces_per_second`` and, as far as known, ``tiles`` (each with ``box`` and ``faces``),
            ``people`` (each with ``face``) and ``face_free_frames``; boxes are ``[x, y, w, h]`` in picture pixels.
        duration_s: Length of the video, which the counts have to fit.

    Raises:
        BadInputError: It cannot be read or does not fit the video.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(path, f"it cannot be read ({error.strerror or error})") from error
    except ValueError as error:  # also text that is not UTF-8
        raise BadInputError(path, f"it is not JSON ({error})") from error
    if not isinstance(data, dict):
        raise BadInputError(path, "it must hold one JSON object with faces_per_second")
    free = _face_free(path, data.get("face_free_frames"))
    counts = _counts(path, data.get("faces_per_second"), duration_s)
    if counts is None and free is None:
        raise BadInputError(path, "it has no faces_per_second; give the number of faces of every second as a list")
    return FaceTruth(counts, _places(path, data), free)


def read_pose_reference(path: Path) -> tuple[PoseSample, ...]:
    """Read head directions from a CSV file with the columns ``t_s, yaw_deg, pitch_deg``.

    Returns:
        Samples in order of time, at least one.

    Raises:
        BadInputError: It is no such table.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except OSError as error:
        raise BadInputError(path, f"it cannot be read ({error.strerror or error})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(path, f"it is not a CSV table in UTF-8 ({error})") from error
    if not rows or any(name not in rows[0] for name in POSE_COLUMNS):
        raise BadInputError(path, f"it needs the columns {', '.join(POSE_COLUMNS)} and at least one row")
    samples = []
    for number, row in enumerate(rows, start=2):
        try:
            values = [float(row[name]) for name in POSE_COLUMNS]
        except (TypeError, ValueError):  # TypeError: the row is shorter than the header
            values = [math.nan]
        if not all(map(math.isfinite, values)):
            raise BadInputError(path, f"line {number} holds a value that is not a number")
        samples.append(PoseSample(*values))
    return tuple(sorted(samples, key=lambda sample: sample.t_s))


def _counts(path: Path, given: Any, duration_s: float) -> tuple[int, ...] | None:
    if given is None:
        return None
    if not isinstance(given, list) or not all(type(n) is int and n >= 0 for n in given):
        raise BadInputError(path, "faces_per_second must be a list of whole numbers, one for every second")
    if not math.floor(duration_s) <= len(given) <= math.ceil(duration_s):
        raise BadInputError(
            path, f"faces_per_second has {len(given)} entries and the video lasts {duration_s:.2f} s; give one a second"
        )
    return tuple(given)


def _face_free(path: Path, given: Any) -> tuple[tuple[int, int], ...] | None:
    if given is None:
        return None
    if not isinstance(given, list) or not all(_numbers(pair, 2) and pair[0] <= pair[1] for pair in given):
        raise BadInputError(path, "face_free_frames must be a list of [first, last] frame numbers")
    return tuple((int(first), int(last)) for first, last in given)


def _places(path: Path, data: dict[str, Any]) -> tuple[Place, ...]:
    """Tiles where there are any, else fixed places."""
    key, box_key = ("tiles", "box") if data.get("tiles") else ("people", "face")
    places = []
    for entry in data.get(key) or ():
        box: Any = entry.get(box_key) if isinstance(entry, dict) else None
        if not _numbers(box, 4) or min(box[2:]) <= 0:
            raise BadInputError(path, f"every entry of {key} needs {box_key}: [x, y, width, height] in pixels")
        people = entry.get("faces", 1)
        if type(people) is not int or people < 0:
            raise BadInputError(path, f"faces must be a whole number in every entry of {key}")
        places.append(Place(Box(*box), is_tile=key == "tiles", people=people))
    return tuple(places)


def _numbers(given: Any, count: int) -> bool:
    sequence = isinstance(given, Sequence) and len(given) == count
    return sequence and all(type(n) in (int, float) and math.isfinite(n) for n in given)
