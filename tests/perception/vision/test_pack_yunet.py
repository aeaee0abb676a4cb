from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.vision.pack_yunet import YuNetDetector
from tests.perception.vision.lessons import frames


def test_a_file_that_is_no_network_is_refused(tmp_path):
    path = tmp_path / "faces.onnx"
    path.write_bytes(b"no network")
    with pytest.raises(BadModelError):
        YuNetDetector(path)


def test_the_pack_finds_the_faces_of_a_gallery_in_the_order_of_points(shared_data, shared_models):
    detector = YuNetDetector(shared_models / "yunet_n_640_640.onnx")
    assert detector.detect(np.zeros((8, 8, 3), np.uint8)) == []
    found = detector.detect(next(frames(shared_data / "lessons/gallery/lesson.mkv", 1.0)).image)
    sure = [face for face in found if face.score >= 0.8]
    assert len(sure) == 6
    assert [face.score for face in found] == sorted((face.score for face in found), reverse=True)
    assert all(face.points_px[0, 0] < face.points_px[1, 0] for face in sure)
