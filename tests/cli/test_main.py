from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "classroom_analyzer", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, **environment},
        check=False,
    )


def test_help_loads_no_heavy_package():
    script = (
        "import sys; sys.argv = ['classroom-analyzer', '--help']\n"
        "from classroom_analyzer.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'cv2', 'av', 'PySide6', 'transformers', 'matplotlib', 'polars', 'pydantic', 'numpy'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["analyze", "live", "demo", "report", "devices", "models", "train"])
def test_every_command_has_help(command: str):
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_models_list_is_one_json_document():
    done = run("models", "list", "--json")
    assert done.returncode == 0, done.stderr
    assert {"bundled:centerface", "pack:yunet"} <= {m["spec"] for m in json.loads(done.stdout)}


def test_wrong_usage_is_exit_code_2():
    assert run("analyze").returncode == 2
    assert run("analyze", "x.mp4", "--policy", "everything").returncode == 2


def test_engagement_in_eu_education_is_refused_in_one_sentence(tmp_path: Path):
    done = run("analyze", "x.mp4", "--policy", "engagement", "--place", "eu-education", "--out", str(tmp_path))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "observe" in done.stderr


def make_bad_inputs(folder: Path) -> dict[str, Path]:
    from classroom_analyzer.app.demo import demo_recording

    video = demo_recording().path
    empty, text, cut = folder / "empty.mp4", folder / "text.mp4", folder / f"cut{video.suffix}"
    empty.write_bytes(b"")
    text.write_text("this is no video\n" * 100)
    cut.write_bytes(video.read_bytes()[: video.stat().st_size // 2])
    return {"missing": folder / "missing.mp4", "empty": empty, "text": text, "truncated": cut, "folder": folder}


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "truncated", "folder"])
def test_bad_input_is_one_sentence_exit_code_3_and_leaves_nothing(tmp_path: Path, kind: str):
    path = make_bad_inputs(tmp_path)[kind]
    out = tmp_path / "out"
    done = run("analyze", str(path), "--policy", "observe", "--out", str(out))
    assert done.returncode == 3, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not out.exists() or not any(out.iterdir())


def test_an_unknown_chat_format_leaves_nothing(tmp_path: Path):
    from classroom_analyzer.app.demo import demo_recording

    chat = tmp_path / "chat.txt"
    chat.write_text("neither times\nnor names\n")
    out = tmp_path / "out"
    done = run("analyze", str(demo_recording().path), "--chat", str(chat), "--policy", "observe", "--out", str(out))
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert not out.exists() or not any(out.iterdir())


def test_an_unwritable_folder_is_said_and_nothing_is_left(tmp_path: Path):
    from classroom_analyzer.app.demo import demo_recording

    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    done = run("analyze", str(demo_recording().path), "--policy", "observe", "--out", str(blocked / "out"))
    assert done.returncode == 3
    assert "choose another folder" in done.stderr
    assert len([line for line in done.stderr.splitlines() if line]) == 1
    assert blocked.read_text() == "in the way"


def test_ctrl_c_leaves_a_readable_lesson_marked_incomplete(tmp_path: Path):
    import signal

    from classroom_analyzer.app.demo import demo_recording
    from classroom_analyzer.storage.lesson_reader import LessonReader

    process = subprocess.Popen(
        [sys.executable, "-m", "classroom_analyzer", "analyze", str(demo_recording().path),
         "--policy", "observe", "--out", str(tmp_path)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    lesson = tmp_path / f"{demo_recording().path.stem}.lesson"
    deadline_s = time.monotonic() + 120
    while not lesson.is_dir() and time.monotonic() < deadline_s:
        time.sleep(0.05)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 5, said
    assert "incomplete" in said
    assert json.loads((lesson / "lesson.json").read_text())["status"] == "incomplete"
    assert LessonReader.open(lesson).summary()["duration_s"] >= 0
