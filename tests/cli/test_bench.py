from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from classroom_analyzer.app.bench import run as bench_run
from classroom_analyzer.app.bench.figures import BenchFigures, FacesFigure, StageFigure
from classroom_analyzer.cli.main import app

FIGURES = BenchFigures(
    {"cpu": "any", "cores": 2, "os": "any", "python": "3", "torch": "2", "opencv": "5"},
    "cpu",
    stages=[StageFigure("decode", "frame", 3.0, 1.5), StageFigure("vision", "frame", None, None)],
    faces=[FacesFigure("bundled", n, 40.0 + n, 30.0, n) for n in (1, 6, 12)],
    notes=["packs were left out"],
)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_run, "run_bench", lambda *_args, **_options: FIGURES)


@pytest.mark.usefixtures("measured")
def test_json_is_one_document_and_notes_go_to_stderr(tmp_path: Path):
    done = CliRunner().invoke(app, ["bench", "--json", "--out", str(tmp_path / "bench.json")])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == FIGURES.to_json() == json.loads((tmp_path / "bench.json").read_text())
    assert "packs were left out" in done.stderr


@pytest.mark.usefixtures("measured")
def test_the_table_shows_what_is_unknown_as_a_dash():
    lines = CliRunner().invoke(app, ["bench"]).stdout.splitlines()
    assert any(line.split()[:4] == ["decode", "3.00", "1.50", "2.00"] for line in lines)
    assert any(line.split()[:4] == ["vision", "–", "–", "–"] for line in lines)
    assert any("40.0 ms + 1.00 ms per face" in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interrupt signal to send to one process")
def test_ctrl_c_ends_it_with_exit_code_5():
    process = subprocess.Popen(
        [sys.executable, "-m", "classroom_analyzer", "bench", "--quick", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "analysing" in line or "measuring" in line:
            break
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, complaints = process.communicate(timeout=60)
    assert process.returncode == 5, complaints
    assert out == ""
    assert "Traceback" not in complaints
