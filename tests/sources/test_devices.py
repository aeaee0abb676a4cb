from __future__ import annotations

import sys

import pytest

from classroom_analyzer.sources.devices import CameraDevice, list_cameras


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists cameras in a folder")
def test_cameras_are_listed_by_name_without_their_metadata_nodes(tmp_path):
    for node, index, name in [("video10", "0", "Board camera"), ("video0", "0", "C920"), ("video1", "1", "C920")]:
        folder = tmp_path / node
        folder.mkdir()
        (folder / "index").write_text(index + "\n")
        (folder / "name").write_text(name + "\n")
    (tmp_path / "video7").mkdir()  # taken away while it was looked at
    assert list_cameras(tmp_path) == (CameraDevice(0, "C920"), CameraDevice(10, "Board camera"))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists cameras in a folder")
def test_a_machine_without_cameras_has_none(tmp_path):
    assert list_cameras(tmp_path / "none") == ()
