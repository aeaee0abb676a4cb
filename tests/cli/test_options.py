"""Options that commands share: said once, seen by each command as its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer
from typer.testing import CliRunner

from classroom_analyzer.cli.live import progress_line
from classroom_analyzer.cli.options import Json, LessonOptions, spread
from classroom_analyzer.domain.estimates import ClassEstimate, EstimateStatus
from classroom_analyzer.domain.live import Dashboard, DeviceHealth, SourceState
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import Policy


def told(*arguments: str) -> tuple[str, LessonOptions]:
    heard: list[tuple[str, LessonOptions]] = []
    app = typer.Typer()

    @app.command()
    @spread
    def command(name: str, *, lesson: LessonOptions, as_json: Json = False) -> None:
        heard.append((name, lesson))

    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return heard[0]


def test_a_command_gets_the_shared_options_as_one_value():
    name, lesson = told("7b", "--policy", "observe", "--class-size", "12", "--exclude-seat", "3", "--exclude-seat", "4")
    assert name == "7b"
    assert (lesson.policy, lesson.class_size, lesson.exclude_seat) == (Policy.OBSERVE, 12, [3, 4])
    assert told("7b", "--out", "x", "--no-vision")[1] == replace(LessonOptions(), out=Path("x"), vision=False)


def test_shared_options_that_are_left_out_are_their_defaults():
    assert told("7b")[1] == LessonOptions()


def test_the_line_of_progress_tells_sources_and_estimate_but_no_estimate_under_observe():
    seen = ClassEstimate(
        70, 0.613, 0.5, 0.72, (0.1, 0.2, 0.4, 0.3), 0.9, (0.1, 0.0, None), Phase.LECTURE, EstimateStatus.OK, 11, 12
    )
    board = Dashboard(
        t_s=70, duration_s=None, policy=Policy.ENGAGEMENT, estimates=(seen,), seats=(), readings={}, chat=(),
        devices=(
            DeviceHealth(Modality.VISION, "Ana's phone", SourceState.OK, 14),
            DeviceHealth(Modality.AUDIO, "microphone", SourceState.STALE, 0),
        ),
        lesson=None, warnings=(), finished=False, error=None,
    )  # fmt: skip
    assert progress_line(board) == "1:10; vision ok, 14 dropped; audio stale; estimate 0.61 (0.50 to 0.72)"
    gap = replace(seen, engagement=None, low=None, high=None, status=EstimateStatus.LOW_COVERAGE)
    assert progress_line(replace(board, estimates=(gap,))).endswith("no estimate (low coverage)")
    assert "estimate" not in progress_line(replace(board, policy=Policy.OBSERVE))
