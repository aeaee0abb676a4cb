from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.vision.crops import CROP_PX, FrameCrops, face_crop


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


def test_a_crop_is_made_once_however_many_steps_look_at_it():
    crops = FrameCrops(np.random.default_rng(0).integers(0, 255, (90, 90, 3), dtype=np.uint8))
    one = face(Box(20, 20, 40, 40), (30, 35), (50, 35))
    assert crops.of(one) is crops.of(one)
    assert np.array_equal(crops.of(one), face_crop(crops.image, one))


def test_another_description_of_a_face_can_share_its_crop():
    crops = FrameCrops(np.random.default_rng(0).integers(0, 255, (90, 90, 3), dtype=np.uint8))
    one, moved = (face(Box(20, 20, 40, 40), (30, 35), (50, y_px)) for y_px in (35, 40))
    crops.share(one, moved)
    assert crops.of(moved) is crops.of(one)
    assert not np.array_equal(crops.of(moved), face_crop(crops.image, moved))


def test_crops_of_a_masked_picture_are_its_own():
    image = np.full((90, 90, 3), 200, np.uint8)
    one = face(Box(20, 20, 40, 40), (30, 35), (50, 35))
    before, after = FrameCrops(image), FrameCrops(np.zeros_like(image))
    assert before.of(one).min() == 200
    assert after.of(one).max() == 0


@pytest.mark.parametrize("tilt_deg", [-30.0, 0.0, 20.0, 80.0])
def test_points_of_a_crop_are_carried_to_where_they_are_in_the_picture(tilt_deg):
    turn = np.radians(tilt_deg)
    along = np.array([np.cos(turn), np.sin(turn)]) * 12
    one = face(Box(70, 60, 60, 80), tuple(100 - along), tuple(100 + along))
    image = np.zeros((200, 200, 3), np.uint8)
    at = np.array([112, 88])
    image[at[1] - 1 : at[1] + 2, at[0] - 1 : at[0] + 2] = 255
    crops = FrameCrops(image)
    down_right = np.argwhere(crops.of(one)[:, :, 0] > 100)
    in_crop = down_right.mean(axis=0)[::-1]
    assert crops.of(one).shape == (CROP_PX, CROP_PX, 3)
    assert np.abs(crops.to_picture(one, np.float32([in_crop]))[0] - at).max() < 1.0
