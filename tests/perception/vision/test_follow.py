from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.perception.vision.follow import follow_faces
from classroom_analyzer.sources.drawn_class import HeadState, Layout, invent_people
from tests.perception.vision.classes import STILL, class_picture, drawn_faces
from tests.perception.vision.faces import face

SIZE = (640, 360)
PEOPLE = invent_people(6)
LAYOUTS = pytest.mark.parametrize("layout", ["call", "room"])


def shown(state: HeadState = STILL, layout: Layout = "call") -> np.ndarray:
    return class_picture(PEOPLE, state, SIZE, layout)


def faces_of(state: HeadState = STILL, layout: Layout = "call") -> list[Face]:
    return drawn_faces(PEOPLE, [state] * len(PEOPLE), SIZE, layout)


def errors(found: list[Face], truth: list[Face]) -> np.ndarray:
    """Largest distance of each face's points from the truth, in eye distances."""
    assert len(found) == len(truth)
    pairs = zip(found, truth, strict=True)
    return np.array([np.linalg.norm(f.points_px - t.points_px, axis=1).max() / t.iod_px for f, t in pairs])


@LAYOUTS
def test_a_picture_that_stays_the_same_moves_nothing(layout):
    found, lost = follow_faces(shown(layout=layout), shown(layout=layout), faces_of(layout=layout))
    assert not lost
    assert errors(found, faces_of(layout=layout)).max() < 0.005


@LAYOUTS
@pytest.mark.parametrize("sway", [(0.15, 0.08), (-0.1, 0.0), (0.0, -0.12)])
def test_people_who_move_are_followed_to_where_they_are(layout, sway):
    moved = HeadState(sway=sway)
    found, lost = follow_faces(shown(layout=layout), shown(moved, layout), faces_of(layout=layout))
    assert not lost
    assert errors(found, faces_of(moved, layout)).max() < 0.03
    for one, true in zip(found, faces_of(moved, layout), strict=True):
        assert one.box.iou(true.box) > 0.9


@LAYOUTS
@pytest.mark.parametrize("turned", [HeadState(roll_deg=6), HeadState(yaw_deg=6), HeadState(pitch_deg=5)])
def test_heads_that_turn_a_little_are_followed(layout, turned):
    found, lost = follow_faces(shown(layout=layout), shown(turned, layout), faces_of(layout=layout))
    assert not lost
    assert np.median(errors(found, faces_of(turned, layout))) < 0.08
    assert errors(found, faces_of(turned, layout)).max() < 0.2


@pytest.mark.parametrize("grown", [0.94, 1.06])
def test_faces_that_come_nearer_grow(grown):
    image = shown()
    about = np.array(SIZE) / 2
    to = np.array([[grown, 0, (1 - grown) * about[0]], [0, grown, (1 - grown) * about[1]]])
    one = faces_of()[0]
    found, lost = follow_faces(image, cv2.warpAffine(image, to, SIZE), [one])
    assert not lost
    assert found[0].box.w_px == pytest.approx(one.box.w_px * grown, rel=0.02)
    assert np.abs(found[0].points_px - (one.points_px @ to[:, :2].T + to[:, 2])).max() < 0.5


def test_what_is_known_of_a_face_goes_along():
    weak = Face(faces_of()[0].box, 0.42, faces_of()[0].points_px, sure=False)
    ((one,), _) = follow_faces(shown(), shown(HeadState(sway=(0.1, 0))), [weak])
    assert (one.score, one.sure) == (0.42, False)


def test_a_covered_face_is_lost_and_its_neighbours_are_not():
    now = shown().copy()
    covered = faces_of()[2]
    box = covered.box.grown(0.6)
    left, top = round(box.x_px), round(box.y_px)
    size = (round(box.h_px), round(box.w_px), 3)
    now[top : top + size[0], left : left + size[1]] = np.random.default_rng(0).integers(0, 256, size, dtype=np.uint8)
    faces = faces_of()
    found, lost = follow_faces(shown(), now, faces)
    assert lost == [faces[2]]
    assert len(found) == 5


@pytest.mark.parametrize("other", ["black", "noise", "room"])
def test_another_scene_loses_everybody(other):
    scenes = {
        "black": np.zeros((SIZE[1], SIZE[0], 3), np.uint8),
        "noise": np.random.default_rng(1).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8),
        "room": class_picture(9, size=SIZE, layout="room"),
    }
    found, lost = follow_faces(shown(), scenes[other], faces_of())
    assert len(lost) >= 5
    assert len(found) + len(lost) == 6


@pytest.mark.parametrize("where", [(-30, -30), (0, 0), (639, 359), (5000, -4000)])
@pytest.mark.parametrize("size_px", [0.0, 3.0, 40.0, 2000.0])
def test_faces_beyond_the_picture_are_found_or_lost_and_never_crash(where, size_px):
    found, lost = follow_faces(shown(), shown(HeadState(sway=(0.1, 0.1))), [face(*where, size_px)])
    assert len(found) + len(lost) == 1
    assert all(np.isfinite(one.points_px).all() for one in found)


def test_points_that_lie_nowhere_near_their_box_do_not_crash():
    odd = Face(Box(100, 100, 40, 50), 0.9, np.full((5, 2), -9999, np.float32))
    found, lost = follow_faces(shown(), shown(), [odd])
    assert len(found) + len(lost) == 1


def test_nobody_to_follow_is_nobody_found():
    assert follow_faces(shown(), shown(), []) == ([], [])


def test_following_for_a_second_does_not_drift():
    states = [HeadState(sway=(0.02 * k, 0.01 * k)) for k in range(5)]
    faces = faces_of()
    for before, now in pairwise(states):
        faces, lost = follow_faces(shown(before), shown(now), faces)
        assert not lost
    assert errors(faces, faces_of(states[-1])).max() < 0.04
