from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.vision.tracker import SeatTracker
from tests.perception.vision.faces import face

IMAGE = np.full((360, 640, 3), 90, np.uint8)
LEFT, RIGHT = (100.0, 100.0), (300.0, 100.0)


class Lesson:
    """Feeds a tracker at 4 frames a second."""

    def __init__(self, tracker: SeatTracker | None = None, gap_s: float = 0.25) -> None:
        self.tracker = tracker or SeatTracker()
        self.gap_s = gap_s
        self.t_s = 0.0

    def show(self, seconds: float, *faces, image=IMAGE, embed=None, tiles=()) -> None:
        for _ in range(round(seconds / self.gap_s)):
            self.tracker.update(to_ns(self.t_s), list(faces), image, embed, tiles)
            self.t_s += self.gap_s

    @property
    def seen(self) -> dict[int, tuple[float, float]]:
        return {s.seat: s.face.box.centre_px for s in self.tracker.seats if s.face is not None}


def test_seats_are_numbered_from_one_after_three_frames_and_point_six_seconds():
    lesson = Lesson()
    lesson.show(0.5, face(*LEFT))
    assert not lesson.tracker.seats
    lesson.show(0.5, face(*LEFT))
    assert [s.seat for s in lesson.tracker.seats] == [1]


def test_a_flicker_makes_no_seat():
    lesson = Lesson()
    for _ in range(20):
        lesson.show(0.25, face(*LEFT))
        lesson.show(1.5)
    assert not lesson.tracker.seats


def test_weak_faces_found_no_seat_but_keep_one():
    lesson = Lesson()
    lesson.show(5, face(*LEFT, score=0.4))
    assert not lesson.tracker.seats
    lesson.show(1, face(*LEFT))
    lesson.show(5, face(*LEFT, score=0.4))
    assert list(lesson.seen) == [1]


def test_a_weak_face_does_not_bring_a_lost_seat_back_and_a_strong_one_does():
    lesson = Lesson()
    lesson.show(1, face(*LEFT))
    lesson.show(2)
    lesson.show(1, face(*LEFT, score=0.4))
    assert not lesson.seen
    lesson.show(0.25, face(*LEFT))
    assert list(lesson.seen) == [1]


def test_a_seat_waits_in_its_place_for_the_rest_of_the_lesson():
    lesson = Lesson()
    lesson.show(2, face(*LEFT), face(*RIGHT))
    lesson.show(3000, face(*LEFT))
    lesson.show(1, face(*LEFT), face(RIGHT[0] + 30, RIGHT[1]))
    assert lesson.seen == {1: LEFT, 2: (330.0, 100.0)}


def test_somebody_who_walks_off_and_comes_back_has_the_same_seat():
    lesson = Lesson()
    lesson.show(5, face(*LEFT))
    for step in range(1, 12):
        lesson.show(0.25, face(LEFT[0] + 30 * step, LEFT[1]))
    lesson.show(60)
    lesson.show(1, face(*LEFT))
    assert lesson.seen == {1: LEFT}


def test_a_new_place_gets_a_new_number_and_old_numbers_are_not_given_again():
    lesson = Lesson()
    lesson.show(2, face(*LEFT))
    lesson.show(10)
    lesson.show(2, face(500, 300))
    assert list(lesson.seen) == [2]
    assert len(lesson.tracker.seats) == 2


def test_neighbours_keep_their_numbers_when_both_lean_the_same_way():
    lesson = Lesson()
    lesson.show(1, face(100, 100), face(150, 100))
    numbers = {x: seat for seat, (x, _) in lesson.seen.items()}
    for step in range(1, 9):
        lesson.show(0.25, face(100 + 5 * step, 100), face(150 + 5 * step, 100))
    assert {x: seat for seat, (x, _) in lesson.seen.items()} == {x + 40: seat for x, seat in numbers.items()}


def test_a_second_face_on_a_seen_seat_is_not_a_seat():
    lesson = Lesson()
    lesson.show(1, face(*LEFT))
    lesson.show(3, face(*LEFT), face(LEFT[0] + 10, LEFT[1] + 20))
    assert len(lesson.tracker.seats) == 1


def test_a_face_of_another_size_is_another_seat():
    lesson = Lesson()
    lesson.show(1, face(*LEFT, size_px=20))
    lesson.show(5)
    lesson.show(1, face(*LEFT, size_px=90))
    assert list(lesson.seen) == [2]


def test_one_frame_every_two_seconds_still_makes_seats():
    lesson = Lesson(gap_s=2.0)
    lesson.show(10, face(*LEFT), face(*RIGHT))
    assert sorted(lesson.seen) == [1, 2]


def test_places_follow_a_change_of_the_pictures_size():
    lesson = Lesson()
    lesson.show(1, face(*LEFT), face(*RIGHT))
    lesson.tracker.rescale(2.0, 2.0)
    lesson.show(1, face(200, 200, 80), face(600, 200, 80), image=np.repeat(np.repeat(IMAGE, 2, 0), 2, 1))
    assert lesson.seen == {1: (200.0, 200.0), 2: (600.0, 200.0)}


def lost_pair(tracker: SeatTracker) -> Lesson:
    """Two lost seats with opposite embeddings and a face just between them."""
    lesson = Lesson(tracker)
    lesson.show(1, face(100, 100), face(160, 100))
    for track, code in zip(tracker.seats, ([1.0, 0.0], [0.0, 1.0]), strict=True):
        tracker.remember(track, np.array(code, np.float32))
    lesson.show(5)
    return lesson


@pytest.mark.parametrize(("code", "seat"), [([1.0, 0.0], 1), ([0.0, 1.0], 2)])
def test_a_returning_face_goes_to_the_seat_it_looks_like_when_place_cannot_say(code, seat):
    lesson = lost_pair(SeatTracker())
    lesson.show(0.25, face(130, 100), embed=lambda faces: np.array([code] * len(faces), np.float32))
    assert list(lesson.seen) == [seat]


def test_faces_that_place_settles_are_not_embedded():
    lesson = Lesson()

    def embed(faces):
        raise AssertionError("place and size settle this")

    lesson.show(3, face(*LEFT), face(*RIGHT), embed=embed)
    assert len(lesson.seen) == 2


def test_no_looks_of_an_excluded_seat_are_kept():
    lesson = lost_pair(SeatTracker(frozenset({1})))
    one, two = lesson.tracker.seats
    assert one.colour is None
    assert one.embedding is None
    assert two.embedding is not None


TILES = (Box(0, 0, 318, 360), Box(322, 0, 318, 360))
IN_LEFT, IN_RIGHT = (160.0, 150.0), (482.0, 150.0)  # the same place of either tile


def seated_in_tiles() -> Lesson:
    lesson = Lesson()
    lesson.show(1, face(*IN_LEFT), tiles=TILES)
    lesson.show(1, face(*IN_LEFT), face(*IN_RIGHT), tiles=TILES)
    assert lesson.seen == {1: IN_LEFT, 2: IN_RIGHT}
    return lesson


def test_seats_go_along_with_the_tiles_that_changed_places():
    lesson = seated_in_tiles()
    lesson.tracker.move([(TILES[0], TILES[1]), (TILES[1], TILES[0])])
    lesson.show(0.25, face(*IN_LEFT), face(*IN_RIGHT), tiles=TILES)
    assert lesson.seen == {1: IN_RIGHT, 2: IN_LEFT}


def test_a_seat_that_is_not_seen_goes_along_too():
    lesson = seated_in_tiles()
    lesson.show(5, face(*IN_LEFT), tiles=TILES)
    lesson.tracker.move([(TILES[0], TILES[1]), (TILES[1], TILES[0])])
    lesson.show(1, face(*IN_LEFT), tiles=TILES)
    assert lesson.seen == {2: IN_LEFT}


def test_a_seat_grows_with_its_tile():
    lesson = seated_in_tiles()
    whole = Box(0, 0, 636, 720)
    lesson.tracker.move([(TILES[0], whole), (TILES[1], None)])
    one, two = lesson.tracker.seats
    assert one.box.centre_px == pytest.approx((320, 300))
    assert (one.box.w_px, one.area.h_px) == (80, 80)
    assert two.box.x_px < -1e5


def test_the_seat_of_a_tile_that_is_gone_waits_for_nobody_else():
    lesson = seated_in_tiles()
    lesson.tracker.move([(TILES[1], None)])
    lesson.show(1, face(*IN_LEFT), face(*IN_RIGHT), tiles=TILES)
    assert lesson.seen == {1: IN_LEFT, 3: IN_RIGHT}


def test_nobody_is_followed_from_one_tile_into_another():
    lesson = Lesson()
    lesson.show(1, face(305, 150, 60), tiles=TILES)
    lesson.show(1, face(335, 150, 60), tiles=TILES)  # half a face further, and in the other tile
    assert list(lesson.seen) == [2]
    without = Lesson()
    without.show(1, face(305, 150, 60))
    without.show(1, face(335, 150, 60))
    assert list(without.seen) == [1]


def in_profile(x_px: float, y_px: float) -> Face:
    front = face(x_px, y_px)
    points_px = front.points_px.copy()
    points_px[0, 0] = points_px[1, 0] - 5
    return Face(front.box, front.score, points_px, front.sure)


def test_heads_in_profile_found_no_seat_and_keep_one():
    lesson = Lesson()
    lesson.show(10, in_profile(*LEFT))
    assert not lesson.tracker.seats
    lesson.show(1, face(*LEFT))
    lesson.show(5, in_profile(*LEFT))
    assert list(lesson.seen) == [1]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_people_who_stay_are_never_more_seats_than_people(people, seed):
    """Jitter of a third of a face, faces missing at random, weak false faces anywhere."""
    rng = np.random.default_rng(seed)
    places = [(60.0 + 150 * (i % 4), 80.0 + 160 * (i // 4)) for i in range(people)]
    lesson = Lesson()
    for _ in range(60):
        shown = [face(x + rng.uniform(-13, 13), y + rng.uniform(-13, 13)) for x, y in places if rng.random() > 0.3]
        shown.append(face(*rng.uniform(0, 600, 2), score=0.45))
        rng.shuffle(shown)
        lesson.show(0.25, *shown)
    assert len(lesson.tracker.seats) == people


def test_everybody_keeps_the_seat_when_the_camera_is_bumped_by_more_than_half_a_desk():
    lesson, desks = Lesson(), [(x, y) for y in (100.0, 200.0) for x in (100.0, 190.0, 280.0, 370.0)]
    lesson.show(2, *(face(x, y) for x, y in desks))
    before = lesson.seen
    lesson.show(1, *(face(x + 60, y + 8) for x, y in desks))
    assert lesson.seen == {seat: (x + 60, y + 8) for seat, (x, y) in before.items()}
