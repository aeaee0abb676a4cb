from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.perception.vision.scale import TARGET_FACE_PX, CutWatch, ScaleChooser, limits
from tests.perception.vision.faces import face

HD = (720, 1280, 3)


def scouted(shape, *widths_px, known=()):
    chooser = ScaleChooser()
    assert len(chooser.scales(0, shape)) == 2
    chooser.learn(shape, [face(100, 100, w) for w in widths_px], known)
    return chooser


def test_the_first_frame_is_scouted_for_small_and_for_large_faces():
    assert ScaleChooser().scales(0, (480, 640, 3)) == (1.5, 0.75)


def test_afterwards_the_smallest_face_has_the_target_width():
    assert scouted(HD, 90, 24).scales(to_ns(0.25), HD) == pytest.approx((TARGET_FACE_PX / 24,))


def test_large_faces_do_not_shrink_the_picture_below_the_least_size():
    (scale,) = scouted(HD, 400).scales(to_ns(0.25), HD)
    assert scale * 1280 == pytest.approx(480)


def test_tiny_faces_do_not_enlarge_it_beyond_the_scout():
    assert scouted(HD, 6).scales(to_ns(0.25), HD) == (1.0,)


def test_a_seat_the_scout_missed_still_counts():
    assert scouted(HD, 90, known=(24.0,)).scales(to_ns(0.25), HD) == pytest.approx((TARGET_FACE_PX / 24,))


def test_small_changes_of_size_leave_the_scale():
    chooser = scouted(HD, 24)
    before = chooser.scales(to_ns(0.25), HD)
    chooser.learn(HD, [face(100, 100, 27)], ())
    assert chooser.scales(to_ns(0.5), HD) == before
    chooser.learn(HD, [face(100, 100, 40)], ())
    assert chooser.scales(to_ns(0.75), HD) == pytest.approx((TARGET_FACE_PX / 40,))


def test_scouts_come_every_ten_seconds_and_after_a_cut():
    chooser = scouted(HD, 24)
    assert [len(chooser.scales(to_ns(t), HD, cut=t == 4)) for t in (3, 4, 13, 14)] == [1, 2, 1, 2]


def test_without_a_face_scouts_come_more_often_and_passes_between_are_small():
    chooser = scouted(HD)
    assert chooser.scales(to_ns(1), HD) == (0.5,)
    assert len(chooser.scales(to_ns(2), HD)) == 2


@pytest.mark.parametrize("shape", [(8, 8), (240, 320), (540, 960), (1080, 1920), (6000, 8000), (1, 5000)])
def test_no_pass_is_larger_than_the_scout_and_the_scout_is_bounded(shape):
    largest, least, idle = limits(shape)
    assert least <= idle <= largest <= 2.0
    assert largest * max(shape) <= 1280 + 1e-6


def test_a_cut_is_a_change_of_the_whole_picture_only():
    watch = CutWatch()
    dark, bright = np.full((90, 160, 3), 30, np.uint8), np.full((90, 160, 3), 200, np.uint8)
    tile = dark.copy()
    tile[:30, :40] = 200
    assert [watch.is_cut(image) for image in (dark, dark, tile, bright)] == [False, False, False, True]
