"""Second look at a face's five points, on the upright crop that the encoder gets.

What the detector's points are wrong by depends on where its grid of cells meets the face, and its two sides are not
alike: the same head looks turned by 4 degrees at one size and straight at another. In the crop every face has one
size; the crop and its mirror image, averaged, have no preferred side. ``docs/results/faces.md`` says what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.perception.vision.crops import FrameCrops
from classroom_analyzer.perception.vision.pose import MIN_IOD_PX

__all__ = ["PointFinder", "refined"]

MIRRORED = (1, 0, 2, 4, 3)  # right and left change places in a mirror
MAX_MOVE = 0.35  # of the eye distance: points that move further belong to another face
MAX_FACES_AT_ONCE = 16  # memory stays flat in a large class


class PointFinder(Protocol):
    """A detector that also looks at crops of single faces."""

    def points(self, crops: NDArray[np.uint8]) -> list[NDArray[np.float32] | None]:
        """Find the points of the face that each crop shows.

        Args:
            crops: ``(n, s, s, 3) uint8 BGR``.

        Returns:
            ``(5, 2) float32`` in crop pixels; None where no face is found.
        """
        ...


def refined(finder: PointFinder, crops: FrameCrops, faces: Sequence[Face]) -> list[Face]:
    """Give faces better points.

    Args:
        finder: Looks at the crops.
        crops: Of the frame in which the faces were found; also hands the crops on to later users.
        faces: Faces of that frame.

    Returns:
        The faces in their order; those too small for a direction or in profile, and those whose points cannot be
        found again, as they were.
    """
    better = list(faces)
    rows = [i for i, face in enumerate(faces) if face.iod_px >= MIN_IOD_PX and not face.in_profile]
    for start in range(0, len(rows), MAX_FACES_AT_ONCE):
        some = rows[start : start + MAX_FACES_AT_ONCE]
        cuts = np.stack([crops.of(faces[i]) for i in some])
        found = finder.points(np.concatenate([cuts, cuts[:, :, ::-1]]))
        for i, straight, mirrored in zip(some, found[: len(some)], found[len(some) :], strict=True):
            if straight is not None and mirrored is not None:
                better[i] = _moved(crops, faces[i], _average(straight, mirrored, cuts.shape[2]))
    return better


def _average(straight: NDArray[np.float32], mirrored: NDArray[np.float32], width_px: int) -> NDArray[np.float32]:
    back = mirrored[list(MIRRORED)] * np.array([-1, 1]) + np.array([width_px - 1, 0])
    return np.asarray((straight + back) / 2, np.float32)


def _moved(crops: FrameCrops, face: Face, points: NDArray[np.float32]) -> Face:
    points_px = crops.to_picture(face, points)
    if np.linalg.norm(points_px - face.points_px, axis=1).max() > MAX_MOVE * face.iod_px:
        return face
    moved = Face(face.box, face.score, points_px, face.sure)
    crops.share(face, moved)
    return moved
