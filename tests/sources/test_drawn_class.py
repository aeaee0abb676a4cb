"""Drawn people are found by the detector that finds real ones, where they truly are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.vision.centerface import CenterFaceDetector
from classroom_analyzer.sources.drawn_class import (
    DrawnHead,
    DrawnPerson,
    HeadState,
    class_places,
    draw_class,
    draw_head,
    invent_people,
    locate_class,
)

PEOPLE = invent_people(12, 1)


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> CenterFaceDetector:
    store = ModelStore(tmp_path_factory.mktemp("models"))
    return CenterFaceDetector(store.resolve("bundled:centerface", "detector").path)


def sheet(
    people: tuple[DrawnPerson, ...], states: list[HeadState], size_px: int
) -> tuple[NDArray[np.uint8], list[DrawnHead]]:
    """Each person (rows) in each state (columns) on a plain wall."""
    width, height = int(2.6 * size_px), int(2.8 * size_px)
    picture = np.full((height * len(people), width * len(states), 3), (150, 160, 165), np.uint8)
    heads = []
    for row, person in enumerate(people):
        for column, state in enumerate(states):
            cell = picture[row * height : (row + 1) * height, column * width : (column + 1) * width]
            head = draw_head(cell, person, state, (width / 2, 0.42 * height), size_px)
            corner = np.array([column * width, row * height], np.float32)
            middle = (head.centre_px[0] + float(corner[0]), head.centre_px[1] + float(corner[1]))
            heads.append(DrawnHead(middle, head.width_px, head.points_px + corner))
    return picture, heads


def match(heads: list[DrawnHead], faces: list[Face]) -> tuple[list[NDArray[np.float32]], int]:
    """Point errors (share of the face width) of the heads that were found, and how many faces are no head."""
    errors, used = [], set()
    for head in heads:
        x, y = head.points_px.mean(axis=0)
        for i, face in enumerate(faces):
            box = face.box
            if box.x_px < x < box.x_px + box.w_px and box.y_px < y < box.y_px + box.h_px:
                used.add(i)
                errors.append(np.linalg.norm(face.points_px - head.points_px, axis=1) / head.width_px)
                break
    return errors, len(faces) - len(used)


@pytest.mark.parametrize("size_px", [48, 80, 120])
def test_heads_turned_as_people_turn_are_found_with_their_points(detector: CenterFaceDetector, size_px: int) -> None:
    people = PEOPLE[:4] if size_px < 100 else PEOPLE[4:6]
    states = [HeadState(yaw, pitch) for yaw in (-35, 0, 35) for pitch in (-20, 20)] + [HeadState(mouth_open=0.6)]
    picture, heads = sheet(people, states, size_px)
    errors, others = match(heads, detector.detect(picture))
    assert len(errors) == len(heads)
    assert others == 0
    assert np.percentile(errors, 95) < 0.15


def test_small_heads_are_found(detector: CenterFaceDetector) -> None:
    states = [HeadState(yaw, pitch) for yaw in (-35, -15, 0, 15, 35) for pitch in (-20, 0, 20)]
    picture, heads = sheet(PEOPLE, states, 24)
    errors, others = match(heads, detector.detect(picture))
    assert len(errors) >= 0.97 * len(heads)
    assert others == 0
    assert np.median(errors) < 0.15


@pytest.mark.parametrize("layout", ["call", "room"])
@pytest.mark.parametrize("count", [1, 12, 30])
def test_a_class_is_found_whole_and_nothing_else(detector: CenterFaceDetector, count: int, layout: str) -> None:
    people = invent_people(count, 7)
    rng = np.random.default_rng(count)
    states = [HeadState(*(float(a) for a in rng.normal(0, [10, 6, 3]))) for _ in people]
    faces = detector.detect(draw_class(people, states, layout="call" if layout == "call" else "room"))
    heads = locate_class(people, states, layout="call" if layout == "call" else "room")
    errors, others = match([head for head in heads if head is not None], faces)
    assert (len(errors), others) == (count, 0)


def test_empty_seats_and_cameras_that_are_off_hold_no_face(detector: CenterFaceDetector) -> None:
    states = [HeadState() for _ in PEOPLE]
    states[3], states[7] = HeadState(present=False), HeadState(camera_on=False)
    assert len(detector.detect(draw_class(PEOPLE, states))) == 10
    assert [i for i, head in enumerate(locate_class(PEOPLE, states)) if head is None] == [3, 7]


def test_signs_are_those_of_head_pose() -> None:
    def nose(state: HeadState) -> NDArray[np.float32]:
        canvas = np.zeros((200, 200, 3), np.uint8)
        points = draw_head(canvas, PEOPLE[0], state, (100, 100), 60).points_px
        return np.asarray(points[2] - points[:2].mean(axis=0), np.float32)

    straight = nose(HeadState())
    assert nose(HeadState(yaw_deg=20))[0] > straight[0] + 3
    assert nose(HeadState(pitch_deg=20))[1] > straight[1] + 2
    assert nose(HeadState(roll_deg=20))[0] < straight[0] - 3


def test_the_same_call_gives_the_same_picture() -> None:
    states = [HeadState(yaw_deg=3.0 * i, mouth_open=0.4) for i in range(12)]
    first = draw_class(PEOPLE, states)
    assert first.dtype == np.uint8
    assert first.shape == (720, 1280, 3)
    assert np.array_equal(first, draw_class(invent_people(12, 1), list(states)))


def test_more_people_do_not_change_the_first_ones() -> None:
    assert invent_people(30, 1)[:12] == PEOPLE


@pytest.mark.parametrize("count", range(1, 31))
def test_tiles_of_a_call_do_not_overlap_and_stay_inside(count: int) -> None:
    taken = np.zeros((720, 1280), np.uint8)
    for place in class_places(count):
        left, top, width, height = place.tile
        assert left >= 0
        assert top >= 0
        assert left + width <= 1280
        assert top + height <= 720
        taken[top : top + height, left : left + width] += 1
    assert taken.max() == 1


def test_a_head_at_the_edge_is_cut_off() -> None:
    canvas = np.zeros((60, 60, 3), np.uint8)
    draw_head(canvas, PEOPLE[0], HeadState(), (0, 0), 50)
    draw_head(canvas, PEOPLE[0], HeadState(), (400, 400), 50)
    assert canvas[:20, :20].any()
    assert not canvas[50:, 59:].any()
