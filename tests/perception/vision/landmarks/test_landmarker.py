from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.faces import Box, Face
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.network_clock import measure_networks
from classroom_analyzer.perception.vision.landmarks.eyes import MIN_EYE_IOD_PX, eye_aspect_ratio
from classroom_analyzer.perception.vision.landmarks.face_mesh import BLENDSHAPE_NAMES, BLENDSHAPE_POINTS, FaceMesh
from classroom_analyzer.perception.vision.landmarks.landmarker import FaceLandmarker
from classroom_analyzer.sources.drawn_class import DrawnHead, HeadState, draw_class, invent_people, locate_class
from tests.perception.vision.faces import face
from tests.perception.vision.landmarks.bundles import TASK_NAME, write_task

PEOPLE = invent_people(6)


@pytest.fixture(scope="module")
def task(shared_models) -> Path:
    return shared_models / TASK_NAME


@pytest.fixture(scope="module")
def landmarker(task) -> FaceLandmarker:
    return FaceLandmarker(task)


def face_of(head: DrawnHead) -> Face:
    (x, y), width = head.centre_px, head.width_px
    return Face(Box(x - width * 0.5, y - width * 0.65, width, width * 1.3), 0.9, head.points_px)


def drawn(landmarker: FaceLandmarker, **state: object) -> list[FaceMesh | None]:
    states = [HeadState(**state)] * len(PEOPLE)
    heads = locate_class(PEOPLE, states)
    return landmarker.meshes(draw_class(PEOPLE, states), [face_of(head) for head in heads])


def test_lists_of_names_and_points_have_the_networks_lengths():
    assert len(set(BLENDSHAPE_NAMES)) == 52
    assert len(set(BLENDSHAPE_POINTS)) == 146
    assert list(BLENDSHAPE_POINTS) == sorted(BLENDSHAPE_POINTS)


def test_a_network_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(BadModelError):
        FaceLandmarker(write_task(tmp_path / "a.task"))


def test_no_workers_do_no_work(tmp_path):
    with pytest.raises(ValueError, match="workers"):
        FaceLandmarker(tmp_path / "a.task", workers=0)


def test_drawn_heads_are_seen_and_points_lie_where_the_face_is(landmarker):
    states = [HeadState()] * len(PEOPLE)
    heads = locate_class(PEOPLE, states)
    with measure_networks() as networks:
        meshes = landmarker.meshes(draw_class(PEOPLE, states), [face_of(head) for head in heads])
    assert networks.calls == 1
    assert networks.total_s > 0
    seen = [(head, mesh) for head, mesh in zip(heads, meshes, strict=True) if mesh is not None]
    assert len(seen) >= 4
    for head, mesh in seen:
        assert mesh.points_px.shape == (478, 3)
        assert (mesh.blendshapes is None) == (face_of(head).iod_px < MIN_EYE_IOD_PX)
        assert 0.5 <= mesh.presence <= 1
        assert np.linalg.norm(mesh.points_px[4, :2] - head.points_px[2]) < 0.2 * head.width_px  # tip of the nose


def test_blendshapes_are_read_from_faces_near_the_camera(landmarker):
    (head,) = locate_class(PEOPLE[:1], [HeadState()])
    (mesh,) = landmarker.meshes(draw_class(PEOPLE[:1], [HeadState()]), [face_of(head)])
    assert mesh.iod_px >= MIN_EYE_IOD_PX
    assert mesh.blendshapes.shape == (52,)
    assert 0 <= mesh.blendshapes.min() <= mesh.blendshapes.max() <= 1


@pytest.mark.parametrize("workers", [1, 3])
def test_results_do_not_depend_on_the_number_of_workers(task, landmarker, workers):
    for one, other in zip(drawn(landmarker), drawn(FaceLandmarker(task, workers)), strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            np.testing.assert_array_equal(one.points_px, other.points_px)
            np.testing.assert_array_equal(one.rotation, other.rotation)


def test_drawn_heads_that_turn_are_seen_to_turn(landmarker):
    right = [mesh.pose.yaw_deg for mesh in drawn(landmarker, yaw_deg=20.0) if mesh is not None]
    left = [mesh.pose.yaw_deg for mesh in drawn(landmarker, yaw_deg=-20.0) if mesh is not None]
    assert np.median(right) > 8
    assert np.median(left) < -8
    clockwise = [mesh.pose.roll_deg for mesh in drawn(landmarker, roll_deg=15.0) if mesh is not None]
    assert np.median(clockwise) == pytest.approx(15, abs=6)


def test_drawn_eyes_that_are_shut_have_a_lower_ratio(landmarker):
    pairs = zip(drawn(landmarker), drawn(landmarker, blink=1.0), strict=True)
    seen = [(eye_aspect_ratio(a.points_px), eye_aspect_ratio(b.points_px)) for a, b in pairs if a and b]
    assert len(seen) >= 3
    opened, shut = np.median(seen, axis=0)
    assert shut < 0.85 * opened


def test_where_no_face_is_none_is_found_and_the_others_keep_their_places(landmarker):
    states = [HeadState()] * len(PEOPLE)
    image, heads = draw_class(PEOPLE, states), locate_class(PEOPLE, states)
    image[:60, :60] = 0
    real = face_of(heads[0])
    outside, hidden = face(-500, -500, 80), face(30, 30, 40)
    found = landmarker.meshes(image, [outside, real, hidden, real])
    assert [mesh is None for mesh in found] == [True, False, True, False]
    np.testing.assert_array_equal(found[1].points_px, found[3].points_px)
    assert landmarker.meshes(image, []) == []


def test_a_real_head_that_turns_is_seen_to_turn(landmarker, shared_data):
    from classroom_analyzer.perception.vision.centerface import CenterFaceDetector
    from tests.perception.vision.lessons import centerface_path, frames

    detector, yaws = CenterFaceDetector(centerface_path()), {}
    for frame in frames(shared_data / "video/head-pose-face-detection-female.gif", 0.24):
        meshes = landmarker.meshes(frame.image, detector.detect(frame.image)[:1])
        if meshes and meshes[0] is not None:
            yaws[frame.t_ns] = meshes[0].pose.yaw_deg
    # Seen by eye: at 1.0 s she looks to the picture's right.
    assert min(yaws.items(), key=lambda row: abs(row[0] - 1.0e9))[1] > 15
