"""Marks and calibration from the command line, in this process: no model is loaded for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from classroom_analyzer.cli.main import run
from classroom_analyzer.storage.lesson_meta import read_meta
from tests.marked_class import Plan, write_class


def command(*arguments: object) -> int:
    return run([str(a) for a in arguments], lambda: 0, lambda _: 0)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    return write_class(tmp_path, Plan(lessons=1, marks=2))[0]


def test_marks_are_added_listed_and_undone(lesson: Path, capsys: pytest.CaptureFixture[str]):
    assert command("label", lesson, "--undo") == 0
    assert command("label", lesson, "--undo") == 0
    assert command("label", lesson, "--at", "00:00:40", "--lost") == 0
    assert command("label", lesson, "--at", "0:55", "--level", 2, "--seen", "--source", "prompted") == 0
    capsys.readouterr()
    assert command("label", lesson, "--list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "00:00:40 lost (review, line hidden)",
        "00:00:55 level 2 (prompted, line seen)",
    ]
    assert command("label", lesson, "--undo", "--json") == 0
    assert json.loads(capsys.readouterr().out)["undone"] == {
        "t_s": 55, "kind": "level", "value": 2, "estimate_visible": True, "source": "prompted", "seat": None,
    }  # fmt: skip
    assert command("label", lesson, "--list", "--json") == 0
    assert [one["kind"] for one in json.loads(capsys.readouterr().out)] == ["lost"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--at", "half past"], 2, "no time"),
        (["--at", "10"], 2, "say one thing"),
        (["--at", "10", "--lost", "--with-me"], 2, "say one thing"),
        (["--lost"], 2, "say what to do"),
        (["--list", "--undo"], 2, "say what to do"),
        (["--at", "9:00:00", "--lost"], 2, "the lesson ends at 60 s"),
        (["--at", "10", "--lost", "--seat", "3"], 2, "no seat 3"),
    ],
)
def test_a_mark_that_makes_no_sense_is_one_sentence(lesson: Path, arguments, code, words, capsys):
    assert command("label", lesson, *arguments) == code
    assert words in capsys.readouterr().err


def test_what_is_no_lesson_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for arguments in (("label", tmp_path, "--list"), ("label", tmp_path, "--at", "5", "--lost"),
                      ("train", "calibration", tmp_path)):  # fmt: skip
        assert command(*arguments) == 3
        assert "lesson.json" in capsys.readouterr().err


def test_the_gate_is_printed_with_every_number_whether_it_is_passed_or_not(tmp_path: Path, capsys):
    folders = write_class(tmp_path, Plan(lessons=5, marks=3))
    assert command("train", "calibration", *folders) == 0
    shown = capsys.readouterr().out
    assert "Brier skill over the additive index" in shown
    assert "collecting: 15 of 60 marks" in shown
    assert shown.count("collecting") == 1
    assert command("train", "calibration", *folders, "--class", "7b", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [check["name"] for check in document["gate"]][:2] == ["marks", "lessons"]
    assert document["state"] == "collecting"
    assert Path(document["file"]).is_file()


def test_a_class_name_is_made_clean_and_kept_with_the_lesson(tmp_path: Path, own_home: Path):
    from classroom_analyzer.cli.lesson import request_from
    from classroom_analyzer.cli.options import LessonOptions

    named = LessonOptions(out=tmp_path, class_name=" 7\u202eb\n Physics ")
    assert request_from(named, audio=True).class_name == "7b Physics"
    assert request_from(LessonOptions(out=tmp_path), audio=True).class_name is None
    folder = write_class(tmp_path, Plan(lessons=1, marks=1, class_name="7b Physics"))[0]
    assert read_meta(folder).class_name == "7b Physics"


def test_marks_calibration_and_report_load_no_network_library(lesson: Path):
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from classroom_analyzer.app.calibrate import calibrate_class, lesson_agreement\n"
        f"folder = Path({str(lesson)!r})\nlesson_agreement(folder)\ncalibrate_class([folder], folder.parent)\n"
        "sys.exit(1 if {'torch', 'cv2', 'av', 'matplotlib'} & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
