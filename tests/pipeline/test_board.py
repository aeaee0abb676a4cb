"""The board shows the newest second, also when nobody analysed it."""

from __future__ import annotations

from pathlib import Path

from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.pipeline.board import RATE_S, LiveBoard
from classroom_analyzer.pipeline.seconds import ClosedSecond


def second(t_s: int, frames: int | None) -> ClosedSecond:
    vision = None if frames is None else VisionSecond(t_s, frames, None, (), ())
    return ClosedSecond(t_s, vision, None, None, Phase.UNKNOWN, None, (), ())


def test_seconds_that_nobody_analysed_count_as_none_in_the_rate_of_pictures(tmp_path: Path) -> None:
    board = LiveBoard(Policy.OBSERVE, None, tmp_path, ())
    board.publish(second(1, None), None, ())
    assert board.snapshot().analysed_fps is None
    board.publish(second(2, 8), None, ())
    assert board.snapshot().analysed_fps == 8
    for t_s in range(3, 3 + RATE_S):
        board.publish(second(t_s, None), None, ())
    assert board.snapshot().analysed_fps == 0
