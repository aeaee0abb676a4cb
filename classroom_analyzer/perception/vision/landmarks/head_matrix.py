"""Head direction from a face mesh: the weighted fit of the canonical face to it.

The mesh's depth is only known up to a common shift, so that the distance comes from how large the face looks, in two
rounds: MediaPipe's face geometry module (Apache-2.0; Kartynnik et al. 2019, arXiv 1907.06724). Fitting is the weighted
orthogonal Procrustes problem with scale (Umeyama 1991, IEEE TPAMI 13(4)).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.vision.landmarks.task_bundle import CanonicalFace

__all__ = ["Similarity", "fit_similarity", "head_rotation"]

VERTICAL_FOV_DEG = 63.0  # the camera MediaPipe assumes where none is known
FLIP = np.array([1.0, -1.0, -1.0])  # y up, z to the camera <-> y down, z away from it


class Similarity(NamedTuple):
    """``target = scale * rotation @ source + shift``.

    Attributes:
        scale: Above 0.
        rotation: ``(3, 3) float64``, determinant 1.
        shift: ``(3,) float64``.
    """

    scale: float
    rotation: NDArray[np.float64]
    shift: NDArray[np.float64]


def fit_similarity(
    source: NDArray[np.float64], target: NDArray[np.float64], weights: NDArray[np.float64]
) -> Similarity:
    """Weighted least-squares fit of one set of points to another (Umeyama 1991, with weights).

    Args:
        source: ``(k, 3)``, not all in one place.
        target: ``(k, 3)`` the same points elsewhere.
        weights: ``(k,)``, at least 0.
    """
    share = (weights / weights.sum())[:, None]
    source_middle, target_middle = (share * source).sum(axis=0), (share * target).sum(axis=0)
    from_points, to_points = source - source_middle, target - target_middle
    left, strengths, right = np.linalg.svd((share * to_points).T @ from_points)
    mirror = np.array([1.0, 1.0, np.sign(np.linalg.det(left @ right)) or 1.0])
    rotation = (left * mirror) @ right
    scale = float((strengths * mirror).sum() / (share * from_points**2).sum())
    return Similarity(scale, rotation, target_middle - scale * rotation @ source_middle)


def head_rotation(
    points_px: NDArray[np.float32], picture_size_px: tuple[int, int], face: CanonicalFace
) -> NDArray[np.float64] | None:
    """Turn of the head against the camera.

    Args:
        points_px: ``(478, 3)`` mesh: x and y in picture pixels, z in the same scale, smaller towards the camera.
        picture_size_px: Width and height of the picture.
        face: The canonical face.

    Returns:
        ``(3, 3) float64`` from head axes to camera axes, both with x to the picture's right, y down and z away from
        the camera: the identity when the head looks along the camera's axis. None when the points make no face.
    """
    width_px, height_px = picture_size_px
    # On a plane at unit distance; depth there is x-like in scale and counts from its mean.
    unit_px = height_px / 2 / math.tan(math.radians(VERTICAL_FOV_DEG) / 2)
    screen = (points_px[: len(face.vertices_cm)].astype(np.float64) - (width_px / 2, height_px / 2, 0)) / unit_px
    screen[:, 2] -= screen[:, 2].mean()
    if not np.isfinite(screen).all() or np.ptp(screen[:, :2], axis=0).min() < 1e-6:
        return None
    model, ids = face.vertices_cm[face.basis_ids], face.basis_ids
    scale = fit_similarity(model, screen[ids] * FLIP, face.basis_weights).scale
    if scale <= 0:
        return None
    scale *= fit_similarity(model, _metric(screen[ids], scale), face.basis_weights).scale
    if scale <= 0:
        return None
    turn = fit_similarity(model, _metric(screen[ids], scale), face.basis_weights).rotation
    return np.asarray(FLIP[:, None] * turn * FLIP, np.float64)


def _metric(screen: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """From the unit plane into space, y up and z to the camera."""
    away = (screen[:, 2:] + 1) / scale
    return np.asarray(np.concatenate([screen[:, :2] * away, away], axis=1) * FLIP, np.float64)
