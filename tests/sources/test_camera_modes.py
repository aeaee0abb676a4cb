"""A camera's sizes and rates, on one that is made up: its clock runs as pictures are asked for."""

from __future__ import annotations

import pytest

from classroom_analyzer.sources.camera_modes import CameraMode, choose_mode
from classroom_analyzer.sources.opencv import cv2


class MadeUpCamera:
    """Delivers each of its sizes at one rate; other sizes become the nearest smaller one."""

    def __init__(self, rates_hz: dict[tuple[int, int], float]) -> None:
        self.rates_hz = rates_hz
        self.now_s = 0.0
        self.asked: dict[int, float] = {cv2.CAP_PROP_FRAME_WIDTH: 640, cv2.CAP_PROP_FRAME_HEIGHT: 480}

    @property
    def size(self) -> tuple[int, int]:
        asked = self.asked[cv2.CAP_PROP_FRAME_WIDTH], self.asked[cv2.CAP_PROP_FRAME_HEIGHT]
        fitting = [size for size in self.rates_hz if size[0] <= asked[0] and size[1] <= asked[1]]
        return max(fitting, default=min(self.rates_hz))

    def set(self, property_id: int, value: float) -> bool:
        self.asked[property_id] = value
        return True

    def get(self, property_id: int) -> float:
        return self.size[property_id == cv2.CAP_PROP_FRAME_HEIGHT]

    def grab(self) -> bool:
        rate_hz = self.rates_hz[self.size]
        self.now_s += 1 / rate_hz if rate_hz else 2.0
        return rate_hz > 0


def chosen(camera: MadeUpCamera, first=None) -> CameraMode | None:
    return choose_mode(camera, first, clock_s=lambda: camera.now_s)


@pytest.mark.parametrize(
    ("rates_hz", "expected"),
    [
        ({(640, 480): 30, (1280, 720): 30, (1920, 1080): 5, (3840, 2160): 1}, (1920, 1080)),
        ({(640, 480): 30, (1280, 720): 10}, (1280, 720)),
        ({(640, 480): 30, (3840, 2160): 15}, (3840, 2160)),
        ({(640, 480): 3, (1280, 720): 2}, (640, 480)),  # nothing is fast enough: the fastest
        ({(640, 480): 30, (1920, 1080): 0}, (640, 480)),  # a size that gives no picture at all
        ({(320, 240): 25}, (320, 240)),
    ],
)
def test_the_largest_size_that_holds_5_pictures_per_second_is_taken(rates_hz, expected):
    camera = MadeUpCamera(rates_hz)
    mode = chosen(camera)
    assert (mode.width_px, mode.height_px) == expected == camera.size
    assert mode.rate_hz == pytest.approx(rates_hz[expected], rel=0.35)
    assert camera.asked[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")


def test_a_size_that_worked_before_is_tried_first():
    camera = MadeUpCamera({(640, 480): 30, (1920, 1080): 30})
    assert chosen(camera, first=(640, 480)).width_px == 640
    assert camera.now_s < 1


def test_a_camera_without_pictures_has_no_mode():
    assert chosen(MadeUpCamera({(640, 480): 0})) is None
