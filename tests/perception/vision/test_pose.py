from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.perception.vision.pose import FACE_MM, FOCAL_SHARE, head_pose
from tests.perception.vision.lessons import analyzer, frames

SIZE_PX = (1280, 720)
VIEW = Box(0, 0, *SIZE_PX)
TO_RIGHT, DOWN, CLOCKWISE = (0.0, -1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


def turned(axis: tuple[float, float, float], angle_deg: float, distance_mm: float = 1600.0) -> Face:
    """The model's own points, turned about a camera axis (x right, y down, z away) and seen by the assumed camera.

    By the right-hand rule a turn about -y takes the nose (at -z) to +x, the picture's right, one about +x takes it
    to +y, down, and one about +z takes the eye line clockwise.
    """
    turn = np.radians(angle_deg) * np.array(axis)
    focal_px = FOCAL_SHARE * 1280.0
    camera = np.array([[focal_px, 0, 640], [0, focal_px, 360], [0, 0, 1]])
    points, _ = cv2.projectPoints(FACE_MM, turn, np.array([0.0, 0.0, distance_mm]), camera, None)
    at = points.reshape(5, 2)
    low, high = at.min(axis=0), at.max(axis=0)
    return Face(Box(*map(float, low), *map(float, high - low)), 0.9, at.astype(np.float32))


@pytest.mark.parametrize(("axis", "name"), [(TO_RIGHT, "yaw_deg"), (DOWN, "pitch_deg"), (CLOCKWISE, "roll_deg")])
@pytest.mark.parametrize("angle_deg", [-40, -15, 0, 15, 40])
def test_known_turns_come_back(axis, name, angle_deg):
    pose = head_pose(turned(axis, angle_deg), VIEW)
    angles = {part: getattr(pose, part) for part in ("yaw_deg", "pitch_deg", "roll_deg")}
    assert angles.pop(name) == pytest.approx(angle_deg, abs=1.0)
    assert all(abs(other) < 1.0 for other in angles.values())


def test_a_nose_right_of_the_eyes_is_a_face_turned_to_the_pictures_right():
    points = turned(TO_RIGHT, 30).points_px
    assert points[2, 0] > points[:2, 0].mean()


@pytest.mark.parametrize("angle_deg", [-70, 70])
def test_heads_turned_too_far_are_not_measured(angle_deg):
    assert head_pose(turned(TO_RIGHT, angle_deg), VIEW) is None


def test_eyes_less_than_ten_pixels_apart_are_not_measured():
    near, far = turned(DOWN, 0, 63 * FOCAL_SHARE * 1280 / 10.5), turned(DOWN, 0, 63 * FOCAL_SHARE * 1280 / 9.5)
    assert head_pose(near, VIEW) is not None
    assert head_pose(far, VIEW) is None


def test_points_in_one_place_are_not_measured():
    assert head_pose(Face(Box(0, 0, 10, 10), 0.9, np.full((5, 2), 5, np.float32)), VIEW) is None


def test_a_real_head_turning_from_one_side_to_the_other_changes_sign(shared_data):
    vision, yaws = analyzer(analysed_fps=30.0, detections_per_s=30.0), []
    for frame in frames(shared_data / "video/head-pose-face-detection-female.gif", 0.0):
        yaws += [(frame.t_ns, s.pose.yaw_deg) for s in vision.analyze(frame).seats if s.pose is not None]
    by_time = dict(yaws)
    # Seen by eye: at 1.0 s she looks to the picture's right, at 1.5 s into the camera.
    assert min(by_time.items(), key=lambda row: abs(row[0] - 1.0e9))[1] > 15
    assert abs(min(by_time.items(), key=lambda row: abs(row[0] - 1.5e9))[1]) < 15
