from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from classroom_analyzer.perception.vision.landmarks.face_mesh import FaceMesh, eye_distance_px
from classroom_analyzer.perception.vision.landmarks.gaze import IRIS_REACH, gaze_deg
from classroom_analyzer.perception.vision.pose import head_angles

EYE_PX = 30.0


def looking(eye_yaw_deg: float, eye_pitch_deg: float, head_yaw_deg: float = 0.0, size: float = 1.0) -> FaceMesh:
    points = np.zeros((478, 3))
    move = np.sin(np.radians([eye_yaw_deg, eye_pitch_deg])) * IRIS_REACH * EYE_PX
    for (one, other), iris, x in (((33, 133), 468, -35.0), ((362, 263), 473, 35.0)):
        points[one, 0], points[other, 0] = x - EYE_PX / 2, x + EYE_PX / 2
        points[iris, :2] = np.add((x, 0), move)
    turn = Rotation.from_rotvec([0, -np.radians(head_yaw_deg), 0]).as_matrix()
    at = (points @ turn.T * size + (300, 200, 0)).astype(np.float32)
    return FaceMesh(at, 1.0, np.zeros(52, np.float32), head_angles(turn), turn)


def test_eyes_in_the_middle_look_where_the_head_points():
    assert gaze_deg(looking(0, 0)) == pytest.approx((0, 0), abs=0.1)
    assert gaze_deg(looking(0, 0, 25)) == pytest.approx((25, 0), abs=0.1)


@pytest.mark.parametrize("head_yaw_deg", [-25, 0, 25])
def test_turned_eyes_add_to_the_head(head_yaw_deg):
    assert gaze_deg(looking(15, 0, head_yaw_deg)) == pytest.approx((head_yaw_deg + 15, 0), abs=0.2)


def test_eyes_turned_down_look_down():
    yaw_deg, pitch_deg = gaze_deg(looking(0, 12))
    assert yaw_deg == pytest.approx(0, abs=0.1)
    assert pitch_deg == pytest.approx(12, abs=0.2)


def test_eyes_less_than_sixty_pixels_apart_are_not_measured():
    assert eye_distance_px(looking(0, 0).points_px) == pytest.approx(70)
    assert gaze_deg(looking(0, 0, size=0.8)) is None
