from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.faces import Face
from classroom_analyzer.domain.readings import FineFigures
from classroom_analyzer.perception.vision.fine import FineWatch
from classroom_analyzer.perception.vision.landmarks.face_mesh import FaceMesh
from classroom_analyzer.perception.vision.tracker import Track
from tests.perception.vision.faces import face
from tests.perception.vision.meshes import FakeLandmarker, mesh

IMAGE = np.zeros((400, 600, 3), np.uint8)
SHUT, OPEN = 0.06, 0.3


def seat(number: int | None = 1) -> Track:
    found = face(300, 230, 200)
    return Track(number, found.box, found, 0, found.box, found.box, 0, 3, None)


class Lesson:
    """Shows one seat 25 pictures a second, of which about every sixth is analysed."""

    def __init__(self, mesh_at: Callable[[float], FaceMesh | None], one: Face | None = None) -> None:
        self.t_s = 0.0
        self.landmarker = FakeLandmarker(lambda _: mesh_at(self.t_s))
        self.fine, self.track = FineWatch(self.landmarker), seat()
        self.face = one or face(300, 230, 200)

    def show(self, seconds: int, rate_hz: float = 25.0, analysed_every: int = 6) -> list[FineFigures]:
        """Figures of each second."""
        closed = []
        for i in range(round(seconds * rate_hz)):
            self.t_s = i / rate_hz
            if int(self.t_s) > len(closed):
                closed.append(self._close(len(closed) + 1))
            t_ns = to_ns(self.t_s)
            if i % analysed_every == 0:
                self.track.last_ns = t_ns
                self.fine.look(t_ns, IMAGE, {self.track: self.face})
            elif self.fine.near(t_ns):
                self.fine.look_between(t_ns, IMAGE)
        return [*closed, self._close(len(closed) + 1)]

    def _close(self, t_s: int) -> FineFigures:
        return self.fine.figures(t_s).get(1, FineFigures())


def blinking(every_s: float = 5.0, length_s: float = 0.2) -> Callable[[float], FaceMesh]:
    return lambda t_s: mesh(ear=SHUT if t_s % every_s < length_s and t_s > 1 else OPEN)


def test_blinks_are_counted_from_looks_at_and_between_the_analysed_pictures():
    last = Lesson(blinking()).show(62)[-1]
    assert last.blink_rate == pytest.approx(12, abs=1.1)
    assert last.ear == pytest.approx(OPEN - (OPEN - SHUT) * 0.2 / 5, abs=0.01)
    assert last.perclos == pytest.approx(0.2 / 5, abs=0.015)


def test_at_four_pictures_a_second_there_is_no_blink_rate_and_still_a_ratio():
    last = Lesson(blinking()).show(62, rate_hz=4, analysed_every=1)[-1]
    assert (last.blink_rate, last.perclos) == (None, None)
    assert last.ear == pytest.approx(OPEN, abs=0.03)


def test_a_blink_rate_needs_most_of_a_minute():
    assert Lesson(blinking()).show(20)[-1].blink_rate is None


def test_a_mouth_that_moves_is_told_from_one_that_does_not():
    speaking = Lesson(lambda t_s: mesh(mouth_open=0.15 + 0.15 * np.sin(2 * np.pi * 3 * t_s))).show(3)[-1]
    silent = Lesson(lambda t_s: mesh(mouth_open=0.2)).show(3)[-1]
    assert speaking.mouth_movement == pytest.approx(0.3 * 6, rel=0.1)
    assert silent.mouth_movement == pytest.approx(0, abs=1e-3)


def test_gaze_is_held_against_where_the_seat_usually_looks():
    figures = Lesson(lambda t_s: mesh(eyes_yaw_deg=8 if t_s < 20 else 23, yaw_deg=5)).show(22)
    assert figures[10].gaze_target == pytest.approx(0, abs=0.2)
    assert figures[-1].gaze_target == pytest.approx(15, abs=0.5)


def test_gaze_figures_are_those_of_their_own_second():
    figures = Lesson(lambda t_s: mesh(eyes_yaw_deg=20 if 10 <= t_s < 11 else 0)).show(13)
    assert figures[10].gaze_target == pytest.approx(20, abs=0.5)
    assert figures[12].gaze_target == pytest.approx(0, abs=0.2)


def test_eyes_less_than_60_pixels_apart_give_no_eye_figures_but_a_mouth():
    last = Lesson(lambda t_s: mesh(iod_px=50, mouth_open=0.1)).show(62, analysed_every=1)[-1]
    assert (last.ear, last.blink_rate, last.perclos, last.gaze_target) == (None, None, None, None)
    assert last.mouth_movement is not None


def test_a_mouth_too_far_away_is_not_measured():
    assert Lesson(lambda t_s: mesh(iod_px=20)).show(3, analysed_every=1)[-1] == FineFigures()


def test_only_seats_near_the_camera_are_looked_at_between_the_analysed_pictures():
    for iod_px, looks in ((80.0, 50), (50.0, 9)):
        lesson = Lesson(lambda t_s, iod_px=iod_px: mesh(iod_px=iod_px))
        lesson.show(2)
        assert len(lesson.landmarker.images) == looks


@pytest.mark.parametrize("pitch_deg", [45, 55])
def test_lids_of_a_lowered_head_are_not_taken_for_closed_eyes(pitch_deg):
    lowered = Lesson(lambda t_s: mesh() if t_s < 32 else mesh(ear=0.1, pitch_deg=pitch_deg)).show(50)
    assert lowered[43].ear == pytest.approx(OPEN, abs=0.01)
    assert lowered[49].ear is None


def test_a_head_turned_far_gives_nothing():
    assert Lesson(lambda t_s: mesh(yaw_deg=65, iod_px=200)).show(3)[-1] == FineFigures()


def test_where_the_network_sees_no_face_there_are_no_figures():
    assert Lesson(lambda t_s: None).show(3)[-1] == FineFigures()
    gone = Lesson(lambda t_s: mesh() if t_s < 2 else None).show(5)
    assert gone[1] != FineFigures()
    assert gone[-1] == FineFigures()


def test_small_faces_and_profiles_are_not_looked_at():
    turned = face(300, 230, 200)
    turned.points_px[0, 0] = turned.points_px[1, 0] - 20
    for one in (face(300, 230, 20), turned):
        lesson = Lesson(lambda t_s: mesh(), one)
        lesson.show(2)
        assert all(not faces for faces in lesson.landmarker.faces)


def test_between_pictures_the_look_goes_along_with_the_face():
    lesson = Lesson(lambda t_s: mesh(centre_px=(300 + 100 * t_s, 200)))
    lesson.show(1, analysed_every=25)
    shown = [faces[0].box.centre_px[0] for faces in lesson.landmarker.faces]
    # One picture behind: a face is looked for where it was found in the picture before.
    assert shown[2:] == pytest.approx([300 + 4 * max(i - 1, 0) for i in range(2, 25)], abs=0.1)


def test_places_without_a_number_have_no_figures_and_are_dropped_when_gone():
    lesson = Lesson(lambda t_s: mesh())
    lesson.track = seat(None)
    lesson.show(2)
    assert lesson.fine.figures(2) == {}
    lesson.fine.look(to_ns(10), IMAGE, {})
    assert not lesson.fine.near(to_ns(2))


def test_two_seats_have_their_own_eyes():
    left, right = face(150, 230, 200), face(450, 230, 200)
    fine = FineWatch(FakeLandmarker(lambda one: mesh(ear=OPEN if one.box.x_px < 200 else 0.2)))
    one, two = seat(1), seat(2)
    for i in range(50):
        fine.look(to_ns(i / 25), IMAGE, {one: left, two: right})
    figures = fine.figures(2)
    assert (figures[1].ear, figures[2].ear) == (pytest.approx(OPEN, abs=1e-3), pytest.approx(0.2, abs=1e-3))
