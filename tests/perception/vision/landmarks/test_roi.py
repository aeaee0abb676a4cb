from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.vision.landmarks.roi import CROP_PX, crop_face, to_picture
from tests.perception.vision.faces import face


def test_crops_are_rgb_from_0_to_1():
    image = np.zeros((200, 300, 3), np.uint8)
    image[..., 2] = 255
    crop, _ = crop_face(image, face(150, 100))
    assert crop.shape == (CROP_PX, CROP_PX, 3)
    assert crop.dtype == np.float32
    assert crop.flags.c_contiguous
    assert crop.min(axis=(0, 1)).tolist() == [1, 0, 0]


@pytest.mark.parametrize("roll_deg", [0, 25, -40])
def test_a_place_in_the_crop_is_carried_to_its_place_in_the_picture(roll_deg):
    image = np.zeros((200, 300, 3), np.uint8)
    image[90:93, 160:163] = 255  # middle at 161.5, 91.5 when edges count
    one = face(150, 100, 80)
    turn = np.radians(roll_deg)
    eyes = np.array([[-16, 0], [16, 0]]) @ [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]] + (150, 90)
    points = one.points_px.copy()
    points[:2] = eyes
    crop, to_px = crop_face(image, replace(one, points_px=points))
    rows, columns = np.nonzero(crop[..., 0] > 0.5)
    at = np.array([[columns.mean() + 0.5, rows.mean() + 0.5, 10.0]], np.float32)
    found = to_picture(at, to_px)[0]
    assert found[:2] == pytest.approx((161.5, 91.5), abs=0.2)
    assert found[2] == pytest.approx(10 * 80 * 1.15 / CROP_PX, rel=1e-5)


@pytest.mark.parametrize(
    "box", [Box(-200, 10, 40, 40), Box(400, 10, 40, 40), Box(10, 10, 0, 0), Box(float("nan"), 10, 40, 40)]
)
def test_faces_outside_the_picture_or_without_size_give_no_crop(box):
    image = np.zeros((200, 300, 3), np.uint8)
    assert crop_face(image, Face(box, 0.9, np.zeros((5, 2), np.float32))) is None
