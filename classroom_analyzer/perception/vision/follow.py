"""Follows faces from one picture to the next by optical flow (Lucas and Kanade 1981, pyramids: Bouguet 2001).

Every face is looked at in a patch of one size, so near and far faces are followed alike, and a class of thirty costs
a fraction of one detection. A face is believed only if following it back ends where it began (Kalal et al. 2010).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.opencv import cv2

__all__ = ["follow_faces"]

FACE_PX = 48  # the longer side of a face in its patch
PATCH_PX = 96
GRID = 4  # points a side, spread over the box beside the five of the face
MAX_RETURN_PX = 1.5  # in the patch: how far from its start a point followed there and back may end
MIN_KEPT = 0.6  # share of the points that must be believed
MAX_CHANGE = 1.25  # of the face's size from one picture to the next
WINDOW_PX = (15, 15)
PYRAMID = 2  # halvings
STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 15, 0.03)


def follow_faces(
    before: NDArray[np.uint8], now: NDArray[np.uint8], faces: Sequence[Face]
) -> tuple[list[Face], list[Face]]:
    """Find the faces of one picture again in the next.

    Args:
        before: ``(h, w, 3) uint8 BGR``, the picture that ``faces`` were found in.
        now: The next picture, of the same size.
        faces: Faces in ``before``, picture pixels.

    Returns:
        The faces found again, moved, each with its old score; and those (as they were) that were not.
    """
    found, lost = [], []
    for face in faces:
        moved = _follow(before, now, face)
        if moved is None:
            lost.append(face)
        else:
            found.append(moved)
    return found, lost


def _follow(before: NDArray[np.uint8], now: NDArray[np.uint8], face: Face) -> Face | None:
    scale = FACE_PX / max(face.box.w_px, face.box.h_px, 1.0)
    centre = np.array(face.box.centre_px)
    to_patch = np.array([[scale, 0, PATCH_PX / 2 - scale * centre[0]], [0, scale, PATCH_PX / 2 - scale * centre[1]]])
    start = _points(face) * scale + to_patch[:, 2].astype(np.float32)
    one, other = (_patch(picture, to_patch) for picture in (before, now))
    end, there = _flow(one, other, start)
    back, here = _flow(other, one, end)
    believed = there & here & (np.linalg.norm(back - start, axis=1) <= MAX_RETURN_PX)
    if believed.mean() < MIN_KEPT:
        return None
    move, _ = cv2.estimateAffinePartial2D(start[believed], end[believed], method=cv2.LMEDS)
    if move is None or not 1 / MAX_CHANGE <= np.hypot(move[0, 0], move[1, 0]) <= MAX_CHANGE:
        return None
    # Points that were not believed go along with the face as a whole.
    points = np.where(believed[:5, None], end[:5], start[:5] @ move[:, :2].T + move[:, 2])
    middle = (move[:, :2] @ np.full(2, PATCH_PX / 2) + move[:, 2] - to_patch[:, 2]) / scale
    grown = float(np.hypot(move[0, 0], move[1, 0]))
    width_px, height_px = face.box.w_px * grown, face.box.h_px * grown
    box = Box(float(middle[0]) - width_px / 2, float(middle[1]) - height_px / 2, width_px, height_px)
    return Face(box, face.score, ((points - to_patch[:, 2]) / scale).astype(np.float32), face.sure)


def _flow(
    one: NDArray[np.uint8], other: NDArray[np.uint8], points: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Where points ``(n, 2)`` of one patch are in the other, and which of them were found."""
    end, found, _ = cv2.calcOpticalFlowPyrLK(
        one, other, points[:, None], np.empty(0, np.float32), winSize=WINDOW_PX, maxLevel=PYRAMID, criteria=STOP
    )
    return np.asarray(end, np.float32)[:, 0], np.asarray(found)[:, 0] == 1


def _points(face: Face) -> NDArray[np.float32]:
    """The five points and a grid over the inner box: ``(5 + 16, 2) float32`` picture pixels."""
    shares = (np.arange(GRID) + 0.5) / GRID
    across, down = np.meshgrid(face.box.x_px + shares * face.box.w_px, face.box.y_px + shares * face.box.h_px)
    grid = np.stack([across.ravel(), down.ravel()], axis=1)
    return np.concatenate([face.points_px, grid]).astype(np.float32)


def _patch(picture: NDArray[np.uint8], to_patch: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The grey patch around a face: ``(96, 96) uint8``."""
    size, edge = (PATCH_PX, PATCH_PX), cv2.BORDER_REPLICATE
    patch = cv2.warpAffine(picture, to_patch, size, flags=cv2.INTER_LINEAR, borderMode=edge)
    return np.asarray(cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY), np.uint8)
