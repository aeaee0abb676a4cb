from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from classroom_analyzer.perception.vision.landmarks.head_matrix import (
    FLIP,
    VERTICAL_FOV_DEG,
    fit_similarity,
    head_rotation,
)
from classroom_analyzer.perception.vision.pose import head_angles
from tests.perception.vision.landmarks.bundles import canonical

SIZE_PX = (1280, 720)
AXES = {"yaw_deg": (0.0, -1.0, 0.0), "pitch_deg": (1.0, 0.0, 0.0), "roll_deg": (0.0, 0.0, 1.0)}


def seen(turn: np.ndarray, at_cm: tuple[float, float, float] = (0.0, 0.0, 60.0)) -> np.ndarray:
    """The canonical face, turned and seen by the assumed camera, with depth as the network gives it: relative."""
    focal_px = SIZE_PX[1] / 2 / math.tan(math.radians(VERTICAL_FOV_DEG) / 2)
    points = (canonical().vertices_cm * FLIP) @ turn.T + at_cm
    middle_away = points[:, 2].mean()
    at_px = points[:, :2] / points[:, 2:] * focal_px + (SIZE_PX[0] / 2, SIZE_PX[1] / 2)
    depth_px = (points[:, 2] - middle_away) / middle_away * focal_px
    return np.column_stack([at_px, depth_px]).astype(np.float32)


@pytest.mark.parametrize("name", AXES)
@pytest.mark.parametrize("angle_deg", [-50, -15, 0, 15, 50])
def test_known_turns_come_back(name, angle_deg):
    turn = Rotation.from_rotvec(np.array(AXES[name]) * math.radians(angle_deg)).as_matrix()
    rotation = head_rotation(seen(turn)[None], SIZE_PX, canonical())[0]
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-6)
    assert np.linalg.det(rotation) == pytest.approx(1)
    pose = head_angles(rotation)
    angles = {part: getattr(pose, part) for part in AXES}
    assert angles.pop(name) == pytest.approx(angle_deg, abs=1.5)
    assert all(abs(other) < 1.5 for other in angles.values())


def test_a_head_beside_the_axis_is_not_taken_for_a_turned_one():
    pose = head_angles(head_rotation(seen(np.eye(3), (25.0, -10.0, 60.0))[None], SIZE_PX, canonical())[0])
    assert abs(pose.yaw_deg) < 3
    assert abs(pose.pitch_deg) < 3


@pytest.mark.parametrize("points", [np.zeros((478, 3)), np.full((478, 3), np.nan)])
def test_points_that_make_no_face_have_no_direction(points):
    assert np.isnan(head_rotation(points[None].astype(np.float32), SIZE_PX, canonical())).all()


def test_a_similarity_is_recovered_and_points_of_weight_0_do_not_count():
    rng = np.random.default_rng(0)
    source, weights = rng.normal(size=(30, 3)), rng.uniform(0.1, 1, 30)
    turn = Rotation.random(rng=1).as_matrix()
    target = 2.5 * source @ turn.T + (1, -2, 3)
    target[0] += 100
    weights[0] = 0
    fit = fit_similarity(source, target, weights)
    np.testing.assert_allclose(fit.rotation, turn, atol=1e-9)
    assert fit.scale == pytest.approx(2.5)
    np.testing.assert_allclose(fit.shift, (1, -2, 3), atol=1e-9)


def test_a_mirrored_set_of_points_is_fitted_by_a_turn():
    source = np.random.default_rng(0).normal(size=(30, 3))
    fit = fit_similarity(source, source * (-1, 1, 1), np.ones(30))
    assert np.linalg.det(fit.rotation) == pytest.approx(1)
