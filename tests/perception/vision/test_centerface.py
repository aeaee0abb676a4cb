from __future__ import annotations

import json

import numpy as np
import pytest

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.vision.centerface import SCORE_FLOOR, CenterFaceDetector, FaceMaps, decode, padded
from tests.perception.vision.lessons import centerface_path, frames


def empty_maps(rows: int = 20, columns: int = 30) -> FaceMaps:
    return FaceMaps(*(np.zeros(shape, np.float32) for shape in [
        (rows, columns), (2, rows, columns), (2, rows, columns), (10, rows, columns)]))  # fmt: skip


def put(maps: FaceMaps, row: int, column: int, score: float, height_px: float, width_px: float) -> None:
    maps.heat[row, column] = score
    maps.log_size[:, row, column] = np.log([height_px / 4, width_px / 4])


def test_no_cell_above_the_floor_is_no_face():
    maps = empty_maps()
    maps.heat[:] = SCORE_FLOOR - 0.01
    assert decode(maps) == []


def test_a_cell_stands_for_a_box_and_points_in_pixels():
    maps = empty_maps()
    put(maps, 5, 10, 0.8, height_px=24, width_px=16)
    maps.offset[:, 5, 10] = 0.25, -0.25  # down, right
    maps.points[:, 5, 10] = [0.4, 0.25, 0.4, 0.75, 0.6, 0.5, 0.8, 0.3, 0.8, 0.7]  # (down, right) each
    (found,) = decode(maps)
    assert found.box.centre_px == pytest.approx(((10 - 0.25 + 0.5) * 4, (5 + 0.25 + 0.5) * 4))
    assert (found.box.w_px, found.box.h_px) == pytest.approx((16, 24))
    assert found.score == pytest.approx(0.8)
    right_eye, left_eye = found.points_px[:2]
    assert right_eye == pytest.approx((found.box.x_px + 4, found.box.y_px + 9.6))
    assert left_eye[0] > right_eye[0]  # the person's right is left in the picture
    assert found.points_px.dtype == np.float32


def test_overlapping_candidates_are_one_face_and_the_best_comes_first():
    maps = empty_maps()
    put(maps, 5, 5, 0.6, 24, 24)
    put(maps, 5, 6, 0.9, 24, 24)
    put(maps, 15, 25, 0.95, 24, 24)
    assert [round(f.score, 2) for f in decode(maps)] == [0.95, 0.9]


def test_padding_moves_nothing():
    image = np.random.default_rng(0).integers(0, 255, (33, 64, 3), dtype=np.uint8)
    wide = padded(image)
    assert wide.shape == (64, 64, 3)
    assert np.array_equal(wide[:33], image)
    assert not wide[33:].any()


@pytest.mark.parametrize("shape", [(1, 1, 3), (8, 8, 3), (47, 333, 3)])
@pytest.mark.parametrize("level", [0, 255])
def test_plain_pictures_of_any_size_hold_no_face(shape, level):
    assert CenterFaceDetector(centerface_path()).detect(np.full(shape, level, np.uint8)) == []


@pytest.mark.parametrize("content", [b"", b"no network"])
def test_a_file_that_is_no_network_is_refused(tmp_path, content):
    path = tmp_path / "faces.onnx"
    path.write_bytes(content)
    with pytest.raises(BadModelError):
        CenterFaceDetector(path)


def test_boxes_of_real_faces_lie_where_they_were_seen_by_eye(shared_data):
    folder = shared_data / "lessons" / "inperson"
    first = next(frames(folder / "lesson.mkv", 1.0))
    found = CenterFaceDetector(centerface_path()).detect(first.image)
    people = json.loads((folder / "truth.json").read_text())["people"]
    assert len(found) == len(people)
    for x, y, w, h in (person["face"] for person in people):
        assert any(np.hypot(f.box.centre_px[0] - x - w / 2, f.box.centre_px[1] - y - h / 2) < 0.4 * w for f in found)
