"""Head direction from five face points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box, Face, HeadPose
from classroom_analyzer.perception.opencv import cv2

__all__ = ["MAX_YAW_DEG", "MIN_IOD_PX", "head_angles", "head_pose"]

MIN_IOD_PX = 10.0  # VALIDITY.md, facing_target
MAX_YAW_DEG = 60.0
# Focal length over the view's longer side. Real cameras have about 0.7 to 1; with five noisy points a weak perspective
# does better. Chosen among 0.5 to 6 on other recordings than the head-pose clips (yaw off by 1.4 degrees at 2, by 2.0
# at 1, medians); what it is wrong by off the axis is a constant turn of a seat.
FOCAL_SHARE = 2.0
MAX_FOCAL_IOD = 80.0  # of the eye distance: further away a face is too flat for the solver

# Our own averaged geometry, mm: x to the picture's right, y down, z away from the camera, origin between the eyes.
# The pupils are 63 mm apart (mean of adults, Dodgson 2004); the other lengths are round figures for an adult face, the
# depths of nose and mouth the ones that agreed best with the landmark pack on other recordings than the head-pose
# clips. What they are wrong by is a constant turn, which the per-seat calibration of ``facing`` takes out.
FACE_MM = np.array(
    [[-31.5, 0, 0], [31.5, 0, 0], [0, 40, -24], [-25, 72, 6], [25, 72, 6]],
    dtype=np.float64,
)


def head_pose(face: Face, camera_view: Box) -> HeadPose | None:
    """Solve the perspective-n-point problem (SQPnP: Terzakis and Lourakis 2020) for the five points.

    The camera is unknown: square pixels, the axis through the middle of its view and a long focal length are assumed.

    Args:
        face: Points in picture pixels.
        camera_view: What one camera shows: the whole picture, or one tile of a call, where everyone has a camera.

    Returns:
        Direction relative to the line from the face to the camera's plane; None when the eyes are less than
        ``MIN_IOD_PX`` apart, the head is turned more than ``MAX_YAW_DEG`` or the points fit no face.
    """
    if face.iod_px < MIN_IOD_PX:
        return None
    focal_px = min(FOCAL_SHARE * max(camera_view.w_px, camera_view.h_px), MAX_FOCAL_IOD * face.iod_px)
    middle_x_px, middle_y_px = camera_view.centre_px
    camera = np.array([[focal_px, 0, middle_x_px], [0, focal_px, middle_y_px], [0, 0, 1]])
    points = np.ascontiguousarray(face.points_px, np.float64)
    solved, turn, _ = cv2.solvePnP(FACE_MM, points, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    if not solved or not np.isfinite(turn).all():
        return None
    rotation, _ = cv2.Rodrigues(turn)
    pose = head_angles(np.asarray(rotation, np.float64))
    return pose if abs(pose.yaw_deg) <= MAX_YAW_DEG else None


def head_angles(rotation: NDArray[np.float64]) -> HeadPose:
    """Angles of the direction in which the nose points and of the eye line.

    Args:
        rotation: ``(3, 3)`` from model to camera axes.
    """
    right, down, away = -rotation[:, 2]
    eyes_right, eyes_down = rotation[:2, 0]
    return HeadPose(
        yaw_deg=float(np.degrees(np.arctan2(right, -away))),
        pitch_deg=float(np.degrees(np.arcsin(np.clip(down, -1, 1)))),
        roll_deg=float(np.degrees(np.arctan2(eyes_down, eyes_right))),
    )
