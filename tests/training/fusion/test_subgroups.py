from __future__ import annotations

import numpy as np

from classroom_analyzer.fusion.rows import take_rows
from classroom_analyzer.training.fusion.subgroups import subgroup_table
from classroom_analyzer.training.labelled_rows import LabelledRows
from tests.fusion.fusion_samples import windows

PEOPLE, EACH = 60, 8
N = PEOPLE * EACH
RNG = np.random.default_rng(1)
LEVEL = RNG.integers(0, 4, N)
PERSON = np.repeat(np.arange(PEOPLE), EACH)
GLASSES = np.where(PERSON < 25, "yes", "no")
ROWS = LabelledRows(
    take_rows(windows(2), np.zeros(N, int)), LEVEL / 3, LEVEL.astype(np.int64), PERSON.astype(np.int64), PERSON * 0
)


def guesses(right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Levels that are right for some rows, all given as sure by .7."""
    level = np.where(right, LEVEL, (LEVEL + 1) % 4)
    return np.where(np.eye(4)[level] == 1, 0.7, 0.1), level


def table(right, properties, **options):
    return {(r["property"], r["value"]): r for r in subgroup_table(ROWS, *guesses(right), properties, **options)}


def test_a_gap_is_flagged_when_the_intervals_separate():
    found = table(RNG.random(N) < np.where(GLASSES == "yes", 0.4, 0.8), {"glasses": GLASSES})
    assert "macro_f1" in found["glasses", "yes"]["flagged"]
    assert found["glasses", "no"]["flagged"] == [] or found["glasses", "no"]["flagged"] == ["ece"]
    assert found["glasses", "yes"]["people"] == 25
    assert found["glasses", "yes"]["n"] == 25 * EACH


def test_a_gap_that_chance_could_make_is_not_flagged():
    found = table(RNG.random(N) < 0.7, {"glasses": GLASSES})
    assert all(row["flagged"] == [] for row in found.values())


def test_subgroups_below_the_minimum_are_not_scored_and_unknown_values_are_left_out():
    light = np.where(PERSON < 5, "dark", np.where(PERSON < 40, "bright", ""))
    found = table(RNG.random(N) < 0.7, {"light": light})
    assert set(found) == {("light", "dark"), ("light", "bright")}
    assert found["light", "dark"]["suppressed"]
    assert "macro_f1" not in found["light", "dark"]
    assert not found["light", "bright"]["suppressed"]
