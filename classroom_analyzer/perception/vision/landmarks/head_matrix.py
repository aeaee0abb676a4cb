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
    """``target = scale * rotation @ source + shift``, for any number of targets.

    Attributes:
        scale: ``(...)``, above 0.
        rotation: ``(..., 3, 3) float64``, determinant 1.
        shift: ``(..., 3) float64``.
    """

    scale: NDArray[np.float64]
    rotation: NDArray[np.float64]
    shift: NDArray[np.float64]


def fit_similarity(
    source: NDArray[np.float64], target: NDArray[np.float64], weights: NDArray[np.float64]
) -> Similarity:
    """Weighted least-squares fit of one set of points to others (Umeyama 1991, with weights).

    Args:
        source: ``(k, 3)``, not all in one place.
        target: ``(..., k, 3)`` the same points elsewhere.
        weights: ``(k,)``, at least 0.
    """
    share = (weights / weights.sum())[:, None]
    source_middle, target_middle = (share * source).sum(axis=0), (share * target).sum(axis=-2)
    from_points = source - source_middle
    left, strengths, right = np.linalg.svd(
        np.swapaxes(target - target_middle[..., None, :], -1, -2) @ (share * from_points)
    )
    mirror = np.ones_like(strengths)
    mirror[..., 2] = np.where(np.linalg.det(left @ right) < 0, -1.0, 1.0)
    rotation = (left * mirror[..., None, :]) @ right
    scale = (strengths * mirror).sum(axis=-1) / (share * from_points**2).sum()
    return Similarity(scale, rotation, target_middle - scale[..., None] * (rotation @ source_middle))


def head_rotation(
    points_px: NDArray[np.float32], picture_size_px: tuple[int, int], face: CanonicalFace
) -> NDArray[np.float64]:
    """Turn of each head against the camera.

    Args:
        points_px: ``(n, 478, 3)`` meshes: x and y in picture pixels, z in the same scale, smaller towards the camera.
        picture_size_px: Width and height of the picture.
        face: The canonical face.

    Returns:
        ``(n, 3, 3) float64`` from head axes to camera axes, both with x to the picture's right, y down and z away from
        the camera: the identity when the head looks along the camera's axis. NaN where the points make no face.
    """
    width_px, height_px = picture_size_px
    # On a plane at unit distance; depth there is x-like in scale and counts from its mean.
    unit_px = height_px / 2 / math.tan(math.radians(VERTICAL_FOV_DEG) / 2)
    screen = (points_px[:, : len(face.vertices_cm)].astype(np.float64) - (width_px / 2, height_px / 2, 0)) / unit_px
    screen[..., 2] -= screen[..., 2].mean(axis=1, keepdims=True)
    rotations = np.full((len(screen), 3, 3), np.nan)
    rows = np.flatnonzero(np.isfinite(screen).all(axis=(1, 2)) & (np.ptp(screen[..., :2], axis=1).min(axis=1) > 1e-6))
    model, weights = face.vertices_cm[face.basis_ids], face.basis_weights
    some = screen[rows][:, face.basis_ids]
    scale = fit_similarity(model, some * FLIP, weights).scale
    ahead = scale > 0
    rows, some, scale = rows[ahead], some[ahead], scale[ahead]
    scale = scale * fit_similarity(model, _metric(some, scale), weights).scale
    ahead = scale > 0
    rows, some, scale = rows[ahead], some[ahead], scale[ahead]
    turns = fit_similarity(model, _metric(some, scale), weights).rotation
    rotations[rows] = FLIP[:, None] * turns * FLIP
    return rotations


def _metric(screen: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """From the unit plane ``(n, k, 3)`` into space, y up and z to the camera."""
    away = (screen[..., 2:] + 1) / scale[:, None, None]
    return np.asarray(np.concatenate([screen[..., :2] * away, away], axis=-1) * FLIP, np.float64)
