from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Face
from classroom_analyzer.perception.vision.cadence import DetectionCadence
from classroom_analyzer.perception.vision.centerface import CenterFaceDetector
from classroom_analyzer.perception.vision.crops import FrameCrops
from classroom_analyzer.perception.vision.finder import FaceFinder
from classroom_analyzer.sources.drawn_class import HeadState, Layout, invent_people
from tests.perception.vision.classes import STILL, class_picture, drawn_faces, frame
from tests.perception.vision.faces import ScriptedDetector
from tests.perception.vision.faces import face as hand_face
from tests.perception.vision.lessons import centerface_path

SIZE = (640, 360)
PEOPLE = invent_people(4)


class TrueDetector:
    """Knows where everybody truly is at the moment; counts how often it is asked."""

    def __init__(self) -> None:
        self.faces: list[Face] = []
        self.calls = 0

    def detect(self, image: np.ndarray) -> list[Face]:
        self.calls += 1
        return [face.scaled(image.shape[1] / SIZE[0], image.shape[0] / SIZE[1]) for face in self.faces]


class Stream:
    """Shows a finder the drawn class."""

    def __init__(self, cadence: DetectionCadence | None = None) -> None:
        self.detector = TrueDetector()
        self.finder = FaceFinder(self.detector, cadence)

    def show(self, t_s: float, state: HeadState = STILL, layout: Layout = "call") -> list[Face]:
        self.detector.faces = drawn_faces(PEOPLE, [state] * len(PEOPLE), SIZE, layout)
        return self.show_picture(t_s, class_picture(PEOPLE, state, SIZE, layout))

    def show_picture(self, t_s: float, image: np.ndarray) -> list[Face]:
        return self.finder.find(frame(t_s, image), FrameCrops(image), [])

    def detections(self, t_s: float, **shown) -> int:
        """How often the picture of this time was searched, each look at a scale counted."""
        before = self.detector.calls
        self.show(t_s, **shown)
        return self.detector.calls - before


def test_at_16_pictures_a_second_every_fourth_is_searched():
    stream = Stream()
    searched = [stream.detections(i / 16) > 0 for i in range(33)]
    assert searched == [i % 4 == 0 for i in range(33)]


def test_at_4_pictures_a_second_each_is_searched():
    stream = Stream()
    assert all(stream.detections(i / 4) for i in range(8))


def test_between_searches_faces_are_followed_to_where_they_are():
    stream = Stream()
    for i in range(4):
        moved = HeadState(sway=(0.06 * i, 0.03 * i))
        faces = stream.show(i / 16, moved)
        truth = drawn_faces(PEOPLE, [moved] * 4, SIZE)
        off = [
            np.linalg.norm(f.points_px - t.points_px, axis=1).max() / t.iod_px
            for f, t in zip(faces, truth, strict=True)
        ]
        assert max(off) < 0.04
    assert stream.detections(4 / 16) == 1


def test_a_cut_is_searched_at_once():
    stream = Stream()
    stream.show(0)
    assert not stream.detections(1 / 16)
    before = stream.detector.calls
    stream.detector.faces = []
    assert stream.show_picture(2 / 16, np.zeros((SIZE[1], SIZE[0], 3), np.uint8)) == []
    assert stream.detector.calls > before


def test_a_face_that_cannot_be_followed_makes_the_next_picture_be_searched():
    stream = Stream()
    faces = stream.show(0)
    covered = class_picture(PEOPLE, size=SIZE).copy()
    box = faces[0].box.grown(0.5)
    left, top = round(box.x_px), round(box.y_px)
    size = (round(box.h_px), round(box.w_px), 3)
    covered[top : top + size[0], left : left + size[1]] = np.random.default_rng(0).integers(60, 200, size, np.uint8)
    calls = stream.detector.calls
    assert len(stream.show_picture(1 / 16, covered)) == 3
    assert stream.detector.calls == calls
    assert stream.detections(2 / 16) == 1


def test_a_slow_live_machine_searches_less_often_and_follows_all_the_while():
    cadence = DetectionCadence(by_load=True)
    stream = Stream(cadence)
    stream.show(0)
    cadence.detected(0, 100.0)
    assert [stream.detections(i / 4) > 0 for i in range(1, 5)] == [False, False, False, True]


def test_another_size_begins_anew():
    finder = FaceFinder(ScriptedDetector((0.5, 0.5, 0.1)))
    small = class_picture(PEOPLE, size=SIZE)
    finder.find(frame(0, small), FrameCrops(small), [])
    finder.forget()
    large = class_picture(PEOPLE, size=(800, 450))
    (face,) = finder.find(frame(0.05, large), FrameCrops(large), [])
    assert face.box.centre_px == pytest.approx((400, 225))


@pytest.fixture(scope="module")
def detector() -> CenterFaceDetector:
    return CenterFaceDetector(centerface_path())


def found_sideways(detector: CenterFaceDetector, image: np.ndarray) -> bool:
    finder = FaceFinder(detector)
    finder.find(frame(0, image), FrameCrops(image), [])
    return finder.on_its_side


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("layout", ["call", "room"])
@pytest.mark.parametrize("quarters", [1, 3])
def test_a_picture_on_its_side_is_told_though_heads_in_it_pass_for_faces(detector, count, layout, quarters):
    upright = class_picture(count, size=SIZE, layout=layout)
    assert found_sideways(detector, np.ascontiguousarray(np.rot90(upright, quarters)))


@pytest.mark.parametrize("state", [HeadState(), HeadState(roll_deg=30), HeadState(yaw_deg=80), HeadState(pitch_deg=35)])
def test_an_upright_picture_is_not_called_sideways_whatever_heads_do(detector, state):
    assert not found_sideways(detector, class_picture(4, state, SIZE))


@pytest.mark.parametrize("state", [HeadState(present=False), HeadState(camera_on=False)])
def test_a_picture_without_people_is_not_called_sideways(detector, state):
    assert not found_sideways(detector, class_picture(4, state, SIZE))


def test_a_picture_that_is_turned_upright_is_no_longer_called_sideways(detector):
    finder, upright = FaceFinder(detector), class_picture(4, size=SIZE)
    sideways = np.ascontiguousarray(np.rot90(upright))
    finder.find(frame(0, sideways), FrameCrops(sideways), [])
    assert finder.on_its_side
    finder.forget()
    finder.find(frame(1, upright), FrameCrops(upright), [])
    assert not finder.on_its_side


def test_while_nobody_is_there_the_picture_is_turned_only_every_ten_seconds():
    stream = Stream()
    empty = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    calls = []
    for i in range(44):
        before = stream.detector.calls
        stream.show_picture(i / 4, empty)
        calls.append(stream.detector.calls - before)
    scouts = [2 if i % 8 == 0 else 1 for i in range(44)]
    assert [c - s for c, s in zip(calls, scouts, strict=True)] == [2 if i in (0, 40) else 0 for i in range(44)]


class FixedDetector:
    """Finds given faces in upright pictures and others in turned ones."""

    def __init__(self, upright: list[Face], turned: list[Face]) -> None:
        self.faces = {True: upright, False: turned}

    def detect(self, image: np.ndarray) -> list[Face]:
        return self.faces[image.shape[1] > image.shape[0]]


def tall(x_px: float) -> Face:
    """A head on its side: one eye above the other."""
    upright = hand_face(x_px, 100)
    points_px = upright.points_px.copy()
    points_px[1] = points_px[0] + (2, 16)
    return Face(upright.box, 0.9, points_px)


def test_one_head_that_passes_for_upright_among_many_on_their_side_hides_nothing():
    image = class_picture(PEOPLE, size=SIZE)
    row = [100.0, 200.0, 300.0, 400.0]
    finder = FaceFinder(FixedDetector([hand_face(50, 100), *map(tall, row)], [hand_face(x, 100) for x in row]))
    finder.find(frame(0, image), FrameCrops(image), [])
    assert finder.on_its_side
    seen = FaceFinder(FixedDetector([*(hand_face(x, 100) for x in row[:2]), tall(300)], [hand_face(50, 50)] * 9))
    seen.find(frame(0, image), FrameCrops(image), [])
    assert not seen.on_its_side
