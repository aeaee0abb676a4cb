from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.vision.masking import OPEN_MASK, Mask, seat_mask

IMAGE = np.full((100, 200, 3), 9, np.uint8)
PLACE = Box(50, 40, 20, 20), Box(40, 40, 40, 20)


def test_nothing_is_hidden_when_nobody_is_excluded():
    mask = seat_mask(frozenset(), {1: PLACE})
    assert mask == OPEN_MASK
    assert mask.fill(IMAGE) is IMAGE


def test_an_excluded_seat_without_a_place_hides_everything():
    mask = seat_mask(frozenset({1, 2}), {1: PLACE})
    assert not mask.fill(IMAGE).any()


def test_box_and_area_are_hidden_with_thirty_percent_around_and_the_rest_is_left():
    filled = seat_mask(frozenset({1}), {1: PLACE, 2: PLACE}).fill(IMAGE)
    assert not filled[37:63, 34:86].any()
    assert (filled[:, :33] == 9).all()
    assert (filled[:, 87:] == 9).all()
    assert (filled[:36] == 9).all()
    assert (IMAGE == 9).all()


@given(st.tuples(*[st.floats(-300, 300)] * 2, *[st.floats(0, 400)] * 2))
def test_no_pixel_of_a_hidden_rectangle_is_left(sides):
    area = Box(*sides)
    filled = Mask((area,)).fill(IMAGE)[:, :, 0]
    y, x = np.nonzero(filled)
    inside = (x + 1 > area.x_px) & (x < area.x_px + area.w_px) & (y + 1 > area.y_px) & (y < area.y_px + area.h_px)
    assert not inside.any()


@pytest.mark.parametrize("mask", [Mask(whole=True), Mask((Box(0, 0, 1, 1),)), Mask(whole=True).also([PLACE[0]])])
def test_a_filled_picture_is_a_copy_of_the_same_shape(mask):
    filled = mask.fill(IMAGE)
    assert filled.shape == IMAGE.shape
    assert not np.shares_memory(filled, IMAGE)
