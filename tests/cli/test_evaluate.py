from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_main import run
from tests.sources.recordings import write_recording


@pytest.fixture
def grey(tmp_path: Path) -> tuple[str, str]:
    """A second of grey pictures and its truth: no face."""
    video = write_recording(tmp_path / "grey.mkv", times_ms=range(0, 1000, 100))
    (tmp_path / "truth.json").write_text('{"faces_per_second": [0]}')
    return str(video), str(tmp_path / "truth.json")


def test_a_video_without_faces_is_one_json_document_without_recall(grey):
    done = run("evaluate", "faces", grey[0], "--truth", grey[1], "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["faces"], report["recall"], report["seat_switches"]) == (0, None, 0)
    assert report["false_faces_per_100_frames"] == 0


def test_what_cannot_be_measured_is_said_by_exit_code(grey, tmp_path: Path):
    video, truth = grey
    (tmp_path / "bad.json").write_text("{}")
    for options, code in (
        (("--truth", str(tmp_path / "bad.json")), 3),
        (("--truth", truth, "--pose-reference", str(tmp_path / "none.csv")), 3),
        (("--truth", truth, "--pose-from", "pack:face_landmarker"), 4),
        (("--truth", truth, "--pose-from", "pack:other"), 2),
        (("--truth", truth, "--scale", "8,x"), 2),
        ((), 2),
    ):
        done = run("evaluate", "faces", video, *options)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        assert code == 2 or len(done.stderr.strip().splitlines()) == 1
