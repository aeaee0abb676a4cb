"""Made-up lessons to report on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.reports.lessons import Sample, write_sample


@pytest.fixture
def lesson(tmp_path: Path) -> Callable[..., LessonReader]:
    def make(**differences: Any) -> LessonReader:
        return LessonReader.open(write_sample(tmp_path / "out", Sample(**differences)))

    return make
