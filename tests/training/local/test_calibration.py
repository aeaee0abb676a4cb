from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.fusion.calibration_file import CalibrationState
from classroom_analyzer.training.local.calibration import Pairs, judge
from tests.marked_class import PRIOR, Truth


def pairs(
    seed: int = 0, *, lessons: int = 8, each: int = 14, follows: bool = True, kinds: float | None = None
) -> Pairs:
    rng = np.random.default_rng(seed)
    n, truth = lessons * each, Truth()
    w = rng.normal(0, [0.1, 0.08, 0.06], (n, 3))
    level = truth.level(w) if follows else np.full(n, 0.55)
    score = (rng.random(n) < level).astype(float) if kinds is None else (np.arange(n) < kinds).astype(float)
    flat = np.zeros(n, bool)
    index = np.clip(0.6 + rng.normal(0, 0.08, n), 0, 1)
    return Pairs(score, w, np.clip(PRIOR + w.sum(axis=1), 0, 1), index, flat, flat, np.repeat(np.arange(lessons), each))


def test_marks_that_follow_the_line_pass_with_every_figure():
    found = [judge(pairs(seed)) for seed in range(6)]
    assert sum(one.state is CalibrationState.CALIBRATED for one in found) >= 5
    for check in found[0].checks[4:]:
        assert check.low < check.value < check.high
    assert found[0].kappa.n == 112
    assert found[0].figures["brier"] < found[0].figures["brier_uncalibrated"]


def test_marks_by_chance_do_not_pass():
    found = [judge(pairs(seed, follows=False)) for seed in range(25)]
    assert sum(one.state is CalibrationState.CALIBRATED for one in found) <= 1
    assert "Brier skill over the base rate" in found[0].reason
    assert "interval" in found[0].reason


def test_marks_against_the_line_turn_it_only_where_they_do_so_in_every_lesson():
    given = pairs(0)
    turned = Pairs(1 - given.score, *(getattr(given, n) for n in Pairs.__slots__[1:]))
    found = judge(turned)
    assert found.coefficients.slope < 0
    mixed = np.where(given.lesson % 2 == 0, given.score, 1 - given.score)
    assert judge(Pairs(mixed, *(getattr(given, n) for n in Pairs.__slots__[1:]))).state is CalibrationState.OFF


@pytest.mark.parametrize(
    ("lessons", "each", "with_me", "words"),
    [
        (5, 4, 10, "collecting: 20 of 60 marks (10 of 15 marks with me or of level 2-3, 10 of 15 marks lost"),
        (4, 20, 40, "collecting: 80 of 60 marks (4 of 5 lessons)"),
        (4, 20, 70, "collecting: 80 of 60 marks (4 of 5 lessons, 10 of 15 marks lost or of level 0-1)"),
        (6, 20, 110, "collecting: 120 of 60 marks (10 of 15 marks lost or of level 0-1)"),
        (1, 3, 3, "collecting: 3 of 60 marks"),
    ],
)
def test_too_few_marks_lessons_or_kinds_are_said(lessons: int, each: int, with_me: int, words: str):
    found = judge(pairs(lessons=lessons, each=each, kinds=with_me))
    assert found.state is CalibrationState.COLLECTING
    assert found.reason.startswith(words)


def test_fifty_nine_marks_are_one_too_few():
    whole = pairs(lessons=6, each=10)
    rows = np.arange(60) < 59
    found = judge(Pairs(*(getattr(whole, name)[rows] for name in Pairs.__slots__)))
    assert found.state is CalibrationState.COLLECTING
    assert found.reason == "collecting: 59 of 60 marks"


def test_the_same_marks_give_the_same_figures():
    assert judge(pairs(3)).checks == judge(pairs(3)).checks
