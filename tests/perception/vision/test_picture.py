from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.perception.vision.picture import PictureTrouble, picture_trouble
from tests.perception.vision.classes import class_picture


def plain(level: int, shape: tuple[int, int] = (360, 640)) -> np.ndarray:
    return np.full((*shape, 3), level, np.uint8)


@pytest.mark.parametrize("shape", [(1, 1), (8, 8), (47, 640), (360, 40)])
def test_a_picture_too_small_for_a_face_is_called_so_whatever_it_shows(shape):
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert picture_trouble(noise) is PictureTrouble.TINY
    assert picture_trouble(plain(0, shape)) is PictureTrouble.TINY


def test_a_covered_camera_gives_a_black_picture_with_or_without_noise():
    assert picture_trouble(plain(0)) is PictureTrouble.BLACK
    noise = np.random.default_rng(0).integers(0, 12, (360, 640, 3), dtype=np.uint8)
    assert picture_trouble(noise) is PictureTrouble.BLACK


@pytest.mark.parametrize("level", [40, 128, 255])
def test_a_picture_of_one_colour_is_plain(level):
    assert picture_trouble(plain(level)) is PictureTrouble.PLAIN


@pytest.mark.parametrize("layout", ["call", "room"])
@pytest.mark.parametrize("light", [0.25, 1.0])
def test_a_class_is_no_trouble_not_even_in_little_light(layout, light):
    image = (class_picture(4, size=(640, 360), layout=layout) * light).astype(np.uint8)
    assert picture_trouble(image) is None


def test_a_dark_picture_with_something_bright_in_it_is_not_black():
    image = plain(0)
    image[100:200, 100:200] = 255
    assert picture_trouble(image) is None
