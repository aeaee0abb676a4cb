"""Where somebody looks: how far the irises are off the middle of the eyes, added to the head's direction.

Weak evidence (VALIDITY.md ``gaze_target``), for faces near a camera only.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.vision.landmarks.face_mesh import EYE_CORNERS, IRIS_CENTRES, FaceMesh

__all__ = ["MIN_GAZE_IOD_PX", "eye_turn_deg", "gaze_deg"]

MIN_GAZE_IOD_PX = 60.0
# From the eye's centre of rotation to its iris over the width between the eye's corners: about 10 mm of 29 mm, round
# figures for adults. A project default, not fitted to anybody's gaze.
IRIS_REACH = 10 / 29


def gaze_deg(mesh: FaceMesh) -> tuple[float, float] | None:
    """Direction of gaze in the camera's frame.

    Args:
        mesh: The face.

    Returns:
        Yaw and pitch in degrees, signs as ``domain.faces.HeadPose``; None when the eyes are less than
        ``MIN_GAZE_IOD_PX`` apart. Pitch has an offset of its own for each person: calibrate it per seat.
    """
    if mesh.iod_px < MIN_GAZE_IOD_PX:
        return None
    yaw, pitch = (math.radians(angle) for angle in eye_turn_deg(mesh.points_px, mesh.rotation))
    in_head = np.array([math.sin(yaw) * math.cos(pitch), math.sin(pitch), -math.cos(yaw) * math.cos(pitch)])
    right, down, away = (float(part) for part in mesh.rotation @ in_head)
    return math.degrees(math.atan2(right, -away)), math.degrees(math.asin(max(-1.0, min(1.0, down))))


def eye_turn_deg(points_px: NDArray[np.float32], rotation: NDArray[np.float64]) -> tuple[float, float]:
    """Turn of the eyes in the head: mean of both, from the offset of the iris over the width of the eye.

    Args:
        points_px: ``(478, 3)`` mesh.
        rotation: ``(3, 3)`` from head to camera axes.

    Returns:
        Yaw and pitch against the head in degrees, signs as ``domain.faces.HeadPose``.
    """
    # Turned back, the eyes are seen from the front whatever the head does.
    points = points_px.astype(np.float64) @ rotation
    offsets = []
    for (one, other), iris in zip(EYE_CORNERS, IRIS_CENTRES, strict=True):
        width = max(float(np.linalg.norm(points[other] - points[one])), 1e-6)
        offsets.append((points[iris] - (points[one] + points[other]) / 2)[:2] / width)
    across, down = np.clip(np.mean(offsets, axis=0) / IRIS_REACH, -1, 1)
    return math.degrees(math.asin(across)), math.degrees(math.asin(down))
