"""The engine draws the line that the class's calibration gives, and keeps what the bundle itself said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus, SeatEstimate
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.fusion.local_calibration import UNCALIBRATED, Coefficients, LocalCalibrator
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.marked_class import PRIOR, estimate_of
from tests.storage.lessons import make_meta

FITTED = Coefficients(0.5, 2.0, np.array([3.0, 1.0, 2.0]), np.zeros((4, 4)))


class ScriptedEstimator:
    """Says the same every second, and abstains in the third."""

    def estimate(self, *, t_s: int, **_: Any) -> tuple[ClassEstimate, tuple[SeatEstimate, ...]]:
        line = estimate_of((0.1, None, -0.05), t_s=t_s)
        if t_s == 3:
            line = replace(line, engagement=None, low=None, high=None, status=EstimateStatus.LOW_COVERAGE)
        return line, (SeatEstimate(t_s, 1, 0.7, 0.6, 0.8, 0.9, EstimateStatus.OK),)


def run(tmp_path: Path, calibrator: LocalCalibrator | None) -> LessonReader:
    parts = EngineParts(None, None, None, ScriptedEstimator(), (), "cpu", [], calibrator=calibrator)  # type: ignore[arg-type]
    writer = LessonWriter.create(tmp_path, "lesson", make_meta(), None)
    grant = PolicyGrant(Policy.ENGAGEMENT, "command line")
    engine = LessonEngine(parts, writer, grant, class_size=4, seed=0)
    for t_s in range(1, 5):
        engine.close_second(t_s)
    engine.finish(4.0, complete=True, processing_s=1.0)
    return LessonReader.open(writer.folder)


def test_line_summary_and_contributions_are_the_calibrated_ones(tmp_path: Path):
    lesson = run(tmp_path, LocalCalibrator(FITTED, 0.0))
    rows = lesson.estimates()
    assert rows["engagement"].to_list() == [pytest.approx(0.7), pytest.approx(0.7), None, pytest.approx(0.7)]
    assert rows["w_vision"][0] == pytest.approx(0.3)
    assert rows["w_audio"][0] is None
    assert rows["w_text"][0] == pytest.approx(-0.1)
    figures = lesson.summary()["engagement"]
    assert figures["mean"] == pytest.approx(0.7)
    assert (figures["windows"], figures["abstained"]) == (4, 1)


@pytest.mark.parametrize("coefficients", [FITTED, None])
def test_what_the_bundle_itself_said_is_kept_also_where_it_is_switched_off(tmp_path: Path, coefficients):
    lesson = run(tmp_path, LocalCalibrator(coefficients, 0.0))
    rows = lesson.indicators().filter(pl.col("name") == UNCALIBRATED[0])
    assert rows["value"].to_list() == [pytest.approx(PRIOR + 0.05)] * 2 + [None, pytest.approx(PRIOR + 0.05)]
    if coefficients is None:
        assert lesson.estimates()["engagement"].count() == 0
        assert lesson.summary()["engagement"]["mean"] is None


def test_without_a_calibration_nothing_is_added(tmp_path: Path):
    lesson = run(tmp_path, None)
    assert lesson.estimates()["engagement"][0] == pytest.approx(PRIOR + 0.05)
    assert lesson.indicators().filter(pl.col("name").is_in(UNCALIBRATED)).is_empty()
