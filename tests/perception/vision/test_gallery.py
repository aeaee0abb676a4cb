from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import Box
from classroom_analyzer.perception.vision.gallery import GONE_CHECKS, GalleryWatch, view_of
from classroom_analyzer.sources.drawn_class import HeadState, invent_people
from tests.perception.vision.classes import OFF, STILL, class_picture, class_tiles

SIZE = (640, 360)


class Call:
    """Shows a gallery to a watch, one picture a second; moves are given as (rank before, rank now or None)."""

    def __init__(self) -> None:
        self.watch = GalleryWatch()
        self.t_s = 0
        self.tiles: list[Box] = []

    def show(self, people, states=STILL) -> list[tuple[int, int | None]]:
        return self.show_picture(class_picture(people, states, SIZE), class_tiles(len(people), SIZE))

    def show_picture(self, image, tiles=()) -> list[tuple[int, int | None]]:
        before, self.tiles = self.tiles, list(tiles) or self.tiles
        moves = self.watch.check(to_ns(self.t_s), image)
        self.t_s += 1
        pairs = [(rank(before, m.before), None if m.now is None else rank(self.tiles, m.now)) for m in moves]
        return sorted(pairs, key=lambda pair: pair[0])


def rank(tiles: list[Box], box: Box) -> int:
    return max(range(len(tiles)), key=lambda i: tiles[i].iou(box))


def swapped(people, one: int, other: int):
    order = list(people)
    order[one], order[other] = order[other], order[one]
    return order


@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 7), (5, 8)])
def test_two_people_who_change_tiles_are_moved_and_nobody_else(one, other):
    call, people = Call(), invent_people(9)
    assert [call.show(people) for _ in range(3)] == [[]] * 3
    assert call.show(swapped(people, one, other)) == [(one, other), (other, one)]
    assert call.show(swapped(people, one, other)) == []


def test_a_whole_row_that_moves_on_is_followed():
    call, people = Call(), invent_people(6)
    call.show(people)
    assert call.show([people[2], people[0], people[1], *people[3:]]) == [(0, 1), (1, 2), (2, 0)]


def test_people_who_move_their_heads_stay_where_they_are():
    call, people = Call(), invent_people(6)
    rng = np.random.default_rng(1)
    for _ in range(4):
        states = [HeadState(*rng.uniform(-25, 25, 2), sway=tuple(rng.uniform(-0.3, 0.3, 2))) for _ in people]
        assert call.show(people, states) == []


@pytest.mark.parametrize("leaver", [1, 3, 4])
def test_when_somebody_leaves_those_who_move_up_are_followed_by_their_looks(leaver):
    call, people = Call(), invent_people(6)
    call.show(people)
    rest = [*people[:leaver], *people[leaver + 1 :]]
    moved_up = [(i, i - 1) for i in range(leaver + 1, 6)]
    assert call.show(rest) == [(leaver, None), *moved_up]


def test_when_the_last_one_leaves_nobody_moves():
    call, people = Call(), invent_people(6)
    call.show(people)
    assert call.show(people[:5]) == []
    assert call.show(people) == []


def test_when_the_tiles_get_another_size_everybody_is_followed():
    call, people = Call(), invent_people(6)
    call.show(people)
    assert call.show(people[2:]) == [(0, None), (1, None), (2, 0), (3, 1), (4, 2), (5, 3)]


@pytest.mark.parametrize("off", [0, 5])
def test_a_camera_that_goes_off_and_on_again_moves_nobody(off):
    call, people = Call(), invent_people(6)
    call.show(people)
    dark = [OFF if i == off else STILL for i in range(6)]
    assert [call.show(people, dark) for _ in range(12)] == [[]] * 12
    assert [call.show(people) for _ in range(3)] == [[]] * 3


def test_a_camera_that_goes_on_while_another_goes_off_swaps_nobody():
    call, people = Call(), invent_people(6)
    call.show(people)
    for _ in range(12):
        call.show(people, [OFF, *[STILL] * 5])
    for _ in range(6):
        assert call.show(people, [STILL, OFF, *[STILL] * 4]) == []


def test_a_dark_tile_that_changes_places_with_a_lit_one_takes_nobody_elses_seat():
    call, people = Call(), invent_people(6)
    call.show(people)
    for _ in range(3):
        call.show(people, [OFF, *[STILL] * 5])
    # Nobody can see that the dark tile at 4 is that of person 0; person 4 is seen at 0.
    moves = call.show(swapped(people, 0, 4), [STILL] * 4 + [OFF, STILL])
    assert moves == [(0, None), (4, 0)]


def test_a_black_tile_that_vanishes_among_the_gutters_moves_nobody():
    call, people = Call(), invent_people(6)
    call.show(people)
    image = class_picture(people, size=SIZE).copy()
    tile = class_tiles(6, SIZE)[5]
    left, top = round(tile.x_px), round(tile.y_px)
    image[top : top + round(tile.h_px), left : left + round(tile.w_px)] = (28, 26, 26)
    assert call.show_picture(image) == []
    assert call.show(people) == []


def test_people_who_look_alike_are_never_guessed_at():
    one, *others = invent_people(6)
    twins = [one, one, *others[1:]]
    call = Call()
    call.show(twins)
    assert call.show(twins) == []
    # Somebody comes between: which of the twins is gone nobody can say.
    moves = dict(call.show([others[0], one, *others[1:]]))
    assert (moves.get(0), moves.get(1)) == (None, None)


def test_light_that_changes_slowly_moves_nobody():
    call, image = Call(), class_picture(6, size=SIZE)
    for share in np.linspace(1.0, 0.7, 10):
        assert call.show_picture((image * share).astype(np.uint8), class_tiles(6, SIZE)) == []


def test_pictures_within_a_second_are_not_looked_at():
    watch, people = GalleryWatch(), invent_people(4)
    watch.check(0, class_picture(people, size=SIZE))
    assert watch.check(to_ns(0.9), class_picture(swapped(people, 0, 1), size=SIZE)) == ()
    assert len(watch.check(to_ns(1.0), class_picture(swapped(people, 0, 1), size=SIZE))) == 2


def test_a_gallery_outlives_a_short_shared_screen_and_no_long_one():
    call, people = Call(), invent_people(4)
    call.show(people)
    screen = np.full((SIZE[1], SIZE[0], 3), 240, np.uint8)
    for _ in range(GONE_CHECKS - 1):
        call.show_picture(screen)
    assert len(call.watch.tiles) == 4
    assert call.show(swapped(people, 0, 1)) == [(0, 1), (1, 0)]
    for _ in range(GONE_CHECKS):
        call.show_picture(screen)
    assert call.watch.tiles == ()
    assert call.show(people) == []


def test_a_room_is_no_gallery():
    watch = GalleryWatch()
    assert watch.check(0, class_picture(6, size=SIZE, layout="room")) == ()
    assert watch.tiles == ()


def test_what_a_camera_shows_is_the_tile_around_a_face_or_else_the_picture():
    tiles, picture = class_tiles(4, SIZE), Box(0, 0, *SIZE)
    x_px, y_px = tiles[2].centre_px
    assert view_of(tiles, Box(x_px - 20, y_px - 20, 40, 40), picture) == tiles[2]
    assert view_of((), Box(x_px, y_px, 40, 40), picture) == picture
    assert view_of(tiles, Box(-100, 0, 20, 20), picture) == picture


def test_a_change_of_clothes_alone_moves_nobody():
    call, people = Call(), invent_people(6)
    call.show(people)
    assert call.show([replace(people[0], clothes=(20, 20, 200)), *people[1:]]) == []
