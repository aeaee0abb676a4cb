from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.perception.opencv import cv2
from classroom_analyzer.sources.jpeg import is_whole_jpeg, jpeg_size


@pytest.mark.parametrize("progressive", [0, 1])
def test_the_size_is_read_from_the_header_of_any_kind_of_jpeg(progressive):
    options = [cv2.IMWRITE_JPEG_PROGRESSIVE, progressive]
    data = cv2.imencode(".jpg", np.zeros((48, 64, 3), np.uint8), options)[1].tobytes()
    assert jpeg_size(data) == (64, 48)
    assert is_whole_jpeg(data)
    assert is_whole_jpeg(data + b"\0\0")
    assert not is_whole_jpeg(data[: len(data) // 2])


@given(st.binary(max_size=300))
def test_any_bytes_have_a_size_or_none(data):
    for candidate in (data, b"\xff\xd8" + data):
        size = jpeg_size(candidate)
        assert size is None or min(size) >= 0
