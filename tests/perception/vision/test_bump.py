from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.vision.bump import common_step_px

ROOM = [Box(x, y, 30, 40) for y in (100, 180) for x in (100, 210, 300, 420)]


def moved(boxes, across, down):
    return [Box(b.x_px + across, b.y_px + down, b.w_px, b.h_px) for b in boxes]


@pytest.mark.parametrize(("across", "down"), [(60, 5), (-45, 30), (0, -70), (115, 0)])
def test_a_bumped_camera_is_one_step_for_all(across, down):
    noise = np.random.default_rng(0).normal(0, 2, (len(ROOM), 2))
    faces = [moved([b], across + dx, down + dy)[0] for b, (dx, dy) in zip(ROOM, noise, strict=True)]
    assert common_step_px(ROOM, faces[::-1]) == pytest.approx((across, down), abs=3)


def test_a_few_faces_that_are_missed_after_the_bump_do_not_hide_it():
    assert common_step_px(ROOM, moved(ROOM, 60, 0)[2:]) == pytest.approx((60, 0), abs=1)


def test_people_in_their_places_are_no_bump():
    assert common_step_px(ROOM, ROOM) is None
    assert common_step_px(ROOM, moved(ROOM, 10, 5)) is None
    assert common_step_px(ROOM, [*ROOM[:5], *moved(ROOM[5:], 60, 0)]) is None


def test_people_who_all_went_elsewhere_are_no_bump():
    elsewhere = [Box(x, y, 30, 40) for x, y in ((20, 300), (250, 20), (500, 320), (560, 40), (40, 20))]
    assert common_step_px(ROOM, elsewhere) is None


def test_one_person_who_moves_is_no_bump():
    assert common_step_px(ROOM[:1], moved(ROOM[:1], 60, 0)) is None
    assert common_step_px([], []) is None
