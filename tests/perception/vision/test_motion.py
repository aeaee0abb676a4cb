from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.vision.motion import MotionWatch

BOX = Box(20, 20, 64, 64)
STILL = np.full((120, 160, 3), 100, np.uint8)


def half_changed(by: int) -> np.ndarray:
    image = STILL.copy()
    image[20:84, 20:52] += np.uint8(by)
    return image


def test_there_is_nothing_to_compare_the_first_frame_with():
    assert MotionWatch().movement_per_s(0, STILL, BOX) is None


@pytest.mark.parametrize(("by", "share"), [(0, 0.0), (14, 0.0), (16, 0.5)])
@pytest.mark.parametrize("gap_s", [0.25, 1.0])
def test_movement_is_the_share_of_clearly_changed_pixels_per_second(by, share, gap_s):
    watch = MotionWatch()
    watch.movement_per_s(0, STILL, BOX)
    assert watch.movement_per_s(to_ns(gap_s), half_changed(by), BOX) == pytest.approx(share / gap_s, rel=0.1)


def test_a_box_that_jitters_over_a_still_picture_is_no_movement():
    image = np.random.default_rng(0).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    watch = MotionWatch()
    watch.movement_per_s(0, image, BOX)
    assert watch.movement_per_s(to_ns(0.25), image, Box(23, 18, 64, 64)) == 0.0


def test_frames_far_apart_are_not_compared():
    watch = MotionWatch()
    watch.movement_per_s(0, STILL, BOX)
    assert watch.movement_per_s(to_ns(2.5), half_changed(50), BOX) is None


def test_a_box_outside_the_picture_is_not_measured():
    watch = MotionWatch()
    assert watch.movement_per_s(0, STILL, Box(500, 500, 40, 40)) is None
    assert watch.movement_per_s(to_ns(0.25), STILL, Box(500, 500, 40, 40)) is None


def test_what_was_forgotten_is_not_compared():
    watch = MotionWatch()
    watch.movement_per_s(0, STILL, BOX)
    watch.forget()
    assert watch.movement_per_s(to_ns(0.25), STILL, BOX) is None
