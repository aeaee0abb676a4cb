from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.vision.crops import face_crop


def face(box: Box, right_eye: tuple[float, float], left_eye: tuple[float, float]) -> Face:
    points = np.array([right_eye, left_eye, box.centre_px, right_eye, left_eye], dtype=np.float32)
    return Face(box, 0.9, points)


def test_a_crop_has_the_asked_size_and_is_a_copy():
    image = np.zeros((100, 100, 3), np.uint8)
    crop = face_crop(image, face(Box(30, 30, 30, 40), (38, 45), (52, 45)), 48)
    crop[:] = 255
    assert crop.shape == (48, 48, 3)
    assert crop.dtype == np.uint8
    assert image.max() == 0


@pytest.mark.parametrize("tilt_deg", [-30.0, 0.0, 30.0])
def test_a_tilted_head_comes_out_upright(tilt_deg):
    image = np.zeros((200, 200, 3), np.uint8)
    turn = np.radians(tilt_deg)
    along = np.array([np.cos(turn), np.sin(turn)]) * 12
    right, left = np.array([100, 100]) - along, np.array([100, 100]) + along
    for eye in (right, left):
        x, y = np.round(eye).astype(int)
        image[y - 2 : y + 3, x - 2 : x + 3] = 255
    crop = face_crop(image, face(Box(70, 70, 60, 60), tuple(right), tuple(left)))
    rows = np.argwhere(crop[:, :, 0] > 100)
    left_half, right_half = rows[rows[:, 1] < 32], rows[rows[:, 1] >= 32]
    assert abs(left_half[:, 0].mean() - right_half[:, 0].mean()) < 1.5
    assert abs(rows[:, 0].mean() - 31.5) < 1.5


def test_eyes_of_a_profile_do_not_turn_the_crop():
    image = np.random.default_rng(0).integers(0, 255, (90, 90, 3), dtype=np.uint8)
    box = Box(20, 20, 40, 40)
    level = face_crop(image, face(box, (30, 35), (50, 35)))
    assert np.array_equal(level, face_crop(image, face(box, (40, 32), (41, 38))))


@pytest.mark.parametrize("box", [Box(-30, -30, 50, 60), Box(95, 95, 30, 30), Box(5, 5, 0, 0), Box(-500, 0, 2000, 1500)])
def test_boxes_beyond_the_picture_still_give_a_crop(box):
    image = np.full((100, 100, 3), 7, np.uint8)
    assert np.all(face_crop(image, face(box, (10, 10), (20, 10))) == 7)
