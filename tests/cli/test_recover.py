"""A lesson that was cut off is brought back from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.cli.test_main import run
from tests.storage.test_recovery import cut_off


def test_a_lesson_that_was_cut_off_is_readable_after(tmp_path: Path):
    lesson = cut_off(tmp_path, KeySource.from_environment())
    refused = run("report", str(lesson))
    assert refused.returncode == 3
    assert "`recover`" in refused.stderr
    done = run("recover", str(lesson), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "recovered"
    assert LessonReader.open(lesson).meta.status == "recovered"
