from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.perception.vision.tiles import find_tiles
from tests.perception.vision.classes import OFF, STILL, class_picture, class_tiles

BARS = (26, 26, 28)


def overlaps(tiles: tuple[Box, ...], truth: list[Box]) -> list[float]:
    """How well each true tile is met by the found tile of the same rank."""
    assert len(tiles) == len(truth)
    return [found.iou(true) for found, true in zip(tiles, truth, strict=True)]


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7, 9, 12, 20, 30])
def test_each_person_of_a_call_has_a_tile_by_rows(count):
    tiles = find_tiles(class_picture(count, size=(800, 450)))
    assert min(overlaps(tiles, class_tiles(count, (800, 450)))) > 0.95


@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1920, 1080)])
def test_tiles_are_found_in_pictures_of_any_usual_size(size):
    tiles = find_tiles(class_picture(4, size=size))
    assert min(overlaps(tiles, class_tiles(4, size))) > 0.95


@pytest.mark.parametrize("off", [0, 5])
def test_a_tile_with_the_camera_off_is_a_tile(off):
    tiles = find_tiles(class_picture(6, [OFF if i == off else STILL for i in range(6)], (800, 450)))
    assert min(overlaps(tiles, class_tiles(6, (800, 450)))) > 0.95


@pytest.mark.parametrize("count", [2, 9])
def test_a_class_in_a_room_has_no_tiles(count):
    assert find_tiles(class_picture(count, size=(800, 450), layout="room")) == ()


def test_a_single_person_has_no_tiles():
    assert find_tiles(class_picture(1)) == ()


@pytest.mark.parametrize("shape", [(720, 1280), (8, 8), (95, 400), (1, 1)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_plain_and_tiny_pictures_have_no_tiles(shape, level):
    assert find_tiles(np.full((*shape, 3), level, np.uint8)) == ()


def test_noise_has_no_tiles():
    assert find_tiles(np.random.default_rng(0).integers(0, 256, (360, 640, 3), dtype=np.uint8)) == ()


@pytest.mark.parametrize("bars", [(90, 0), (0, 200)])
def test_bars_at_the_edges_of_a_picture_make_no_gallery(bars):
    down, across = bars
    image = class_picture(9, size=(1280 - 2 * across, 720 - 2 * down), layout="room")
    boxed = cv2.copyMakeBorder(image, down, down, across, across, cv2.BORDER_CONSTANT)
    assert find_tiles(boxed) == ()


def test_one_window_on_a_plain_screen_is_no_gallery():
    screen = np.full((720, 1280, 3), 40, np.uint8)
    screen[60:540, 100:740] = class_picture(1, size=(640, 480))
    assert find_tiles(screen) == ()


def test_windows_of_unlike_sizes_are_no_gallery():
    screen = np.full((720, 1280, 3), 40, np.uint8)
    screen[40:680, 40:840] = class_picture(1, size=(800, 640))
    screen[40:280, 880:1240] = class_picture(1, size=(360, 240))
    assert find_tiles(screen) == ()


def test_a_gallery_inside_bars_is_found_where_it_is():
    image = cv2.copyMakeBorder(class_picture(6, size=(640, 480)), 0, 0, 160, 160, cv2.BORDER_CONSTANT, value=BARS)
    truth = [Box(b.x_px + 160, b.y_px, b.w_px, b.h_px) for b in class_tiles(6, (640, 480))]
    assert min(overlaps(find_tiles(image), truth)) > 0.95
