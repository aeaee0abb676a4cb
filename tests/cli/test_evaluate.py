from __future__ import annotations

import csv
import json
from itertools import islice
from pathlib import Path

import pytest

from tests.cli.test_main import run
from tests.sources.recordings import write_recording
from tests.training.text.talk import talk_rows, write_talk


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


COLUMNS = ("--text", "student_text", "--label", "student_on_task", "--group", "obs_id")


def test_talk_that_raters_judged_is_scored_by_the_bundled_head(tmp_path: Path):
    table = str(write_talk(tmp_path / "talk.csv", talk_rows(3)))
    done = run("evaluate", "text", table, *COLUMNS, "--context", "teacher_text", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == {"n", "groups", "prevalence", "auroc", "auroc_ci95", "macro_f1", "baseline_auroc"}
    assert (found["n"], found["groups"], found["prevalence"]) == (18, 3, 0.5)
    assert found["auroc"] > 0.9


def test_talk_is_cross_validated_by_lesson(tmp_path: Path):
    table = str(write_talk(tmp_path / "talk.csv", talk_rows(6)))
    done = run("evaluate", "text", table, *COLUMNS, "--folds", "3", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["auroc"] > 0.9
    assert run("evaluate", "text", table, *COLUMNS, "--folds", "7").returncode == 2


def test_talk_that_cannot_be_scored_is_exit_code_3_in_one_sentence(tmp_path: Path):
    bad = write_talk(tmp_path / "bad.csv", [("L0", "Hi.", "Hm.", "often", "3")])
    for table in (bad, tmp_path / "none.csv"):
        done = run("evaluate", "text", str(table), *COLUMNS)
        assert done.returncode == 3
        assert len(done.stderr.strip().splitlines()) == 1


def test_rows_that_the_head_was_trained_on_are_refused(shared_data: Path, tmp_path: Path):
    table = shared_data / "text" / "uptake_train.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        header, first = islice(csv.reader(stream), 2)
    few = write_talk(tmp_path / "few.csv", [first], header)
    for path in (table, few):
        done = run("evaluate", "text", str(path), *COLUMNS, "--json")
        assert (done.returncode, done.stdout) == (3, "")
        assert len(done.stderr.strip().splitlines()) == 1
        assert "--folds" in done.stderr


def test_speech_is_scored_by_file_name(shared_data: Path):
    labels = str(shared_data / "audio" / "ami_train.rttm")
    done = run("evaluate", "speech", str(shared_data / "audio" / "ami_trn03.flac"), "--rttm", labels, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) == {"hours", "precision", "recall", "f1"}
    assert found["hours"] == pytest.approx(30 / 3600, rel=0.01)
    assert found["f1"] > 0.9


def test_speech_without_labels_for_it_is_exit_code_3_in_one_sentence(tmp_path: Path):
    labels = tmp_path / "labels.rttm"
    for content in ("no labels", "SPEAKER other 1 0 1 <NA> <NA> A <NA> <NA>\n"):
        labels.write_text(content)
        done = run("evaluate", "speech", str(tmp_path), "--rttm", str(labels), "--json")
        assert (done.returncode, done.stdout) == (3, "")
        assert len(done.stderr.strip().splitlines()) == 1
