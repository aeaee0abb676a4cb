from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_analyzer.storage.folder_names import MAX_NAME_BYTES, folder_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("lesson", "lesson"),
        ("Physics 7B, part 2", "Physics-7B-part-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "lesson-con"),
        ("", "lesson"),
        ("...", "lesson"),
        ("物理课", "物理课"),
        ("trailing.", "trailing"),
    ],
)
def test_names(wanted: str, name: str):
    assert folder_name(wanted) == name


@given(st.text(max_size=200))
def test_any_text_becomes_one_safe_component(wanted: str):
    name = folder_name(wanted)
    assert name
    assert len(name.encode()) <= MAX_NAME_BYTES + len("lesson-")
    assert PurePosixPath(name).parts == (name,)
    assert PureWindowsPath(name).parts == (name,)
    assert not name.startswith(".")
    assert ".." not in name
