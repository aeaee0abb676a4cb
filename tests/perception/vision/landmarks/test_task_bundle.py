from __future__ import annotations

import zipfile

import numpy as np
import pytest

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.vision.landmarks import task_bundle
from classroom_analyzer.perception.vision.landmarks.task_bundle import parse_canonical_face, read_task
from classroom_analyzer.perception.vision.landmarks.wire import WireError
from tests.perception.vision.landmarks.bundles import BASIS, TASK_NAME, block, face_vertices, geometry, write_task


@pytest.mark.parametrize("packed", [False, True])
def test_the_canonical_face_is_read_as_it_was_written(packed):
    face = parse_canonical_face(geometry(face_vertices(), BASIS, packed))
    np.testing.assert_array_equal(face.vertices_cm, face_vertices())
    assert face.basis_ids.tolist() == list(BASIS)
    np.testing.assert_allclose(face.basis_weights, list(BASIS.values()))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xff",
        geometry(face_vertices(), BASIS)[:-3],
        geometry(face_vertices()[:100], BASIS),
        geometry(face_vertices() * np.nan, BASIS),
        geometry(face_vertices(), BASIS | {468: 1.0}),
        geometry(face_vertices(), BASIS | {10: -1.0}),
        geometry(face_vertices(), BASIS | {10: np.inf}),
        geometry(face_vertices(), {1: 1.0}),
        geometry(face_vertices(), BASIS) * 2,
        geometry(face_vertices(), BASIS) + block(2, b"\x12\x02ab"),
    ],
)
def test_geometry_that_makes_no_face_is_refused(broken, tmp_path):
    with pytest.raises(WireError):
        parse_canonical_face(broken)
    with pytest.raises(BadModelError, match="canonical face"):
        read_task(write_task(tmp_path / "a.task", face=broken))


@pytest.mark.parametrize("member", ["landmarks", "blendshapes", "face"])
def test_a_bundle_that_lacks_a_part_is_refused(member, tmp_path):
    with pytest.raises(BadModelError, match="holds no"):
        read_task(write_task(tmp_path / "a.task", **{member: None}))


def test_a_part_that_is_no_network_is_refused(tmp_path):
    with pytest.raises(BadModelError, match="no TensorFlow Lite network"):
        read_task(write_task(tmp_path / "a.task", landmarks=b"MZ" + bytes(100)))


def test_parts_larger_than_they_should_be_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(task_bundle, "MAX_NETWORK_BYTES", 1000)
    with pytest.raises(BadModelError, match="larger than"):
        read_task(write_task(tmp_path / "a.task", blendshapes=bytes(1001)))


def test_files_that_are_no_bundle_are_refused(tmp_path):
    path = tmp_path / "a.task"
    with pytest.raises(BadModelError, match="cannot be read"):
        read_task(path)
    path.write_bytes(b"no bundle")
    with pytest.raises(BadModelError, match="no readable"):
        read_task(path)


def test_a_damaged_bundle_is_refused(tmp_path):
    path = write_task(tmp_path / "a.task")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as bundle:
        at = bundle.getinfo("geometry_pipeline_metadata_landmarks.binarypb").header_offset
    content[at + 200 : at + 260] = bytes(60)
    path.write_bytes(content)
    with pytest.raises(BadModelError):
        read_task(path)


def test_the_real_bundle_is_read(shared_models):
    bundle = read_task(shared_models / TASK_NAME)
    assert bundle.face.vertices_cm.shape == (468, 3)
    assert np.ptp(bundle.face.vertices_cm, axis=0) == pytest.approx([15.3, 17.7, 11], abs=3)  # a head, in cm
    assert len(bundle.face.basis_ids) == 33
