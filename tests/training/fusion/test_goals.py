from __future__ import annotations

import copy

import pytest

from classroom_analyzer.training.fusion.goals import TRAINING_MIX, goals

LINE = {"band_coverage": 0.8, "abstained": 0.1, "selective_error": 0.1}
GOOD = {
    "best_single": "vision",
    "paired_ci95": (0.01, 0.03),
    "against": {"index": (0.02, 0.04), "weighted_average": (0.01, 0.02), "concatenation": (0.001, 0.02)},
    "subset_loss": {"vision": {"macro_f1_difference": 0.0}, "vision+text": {"macro_f1_difference": -0.009}},
    "subsets": {"vision": {"ece": 0.02}, "vision+text": {"ece": 0.05}},
    "worlds": {TRAINING_MIX: LINE, "chat reversed": LINE, "everybody takes notes": LINE, "dead microphone": LINE},
    "stationary": {"without_dip": 0.9, "lessons": 30, "abstained": 0.1},
    "noise": {"abstained": 0.9, "clips": 20},
    "shapley": {"largest_gap": 1e-16},
}


def unmet(report) -> set[str]:
    return {goal["name"] for goal in goals(report) if not goal["met"]}


def test_a_bundle_that_just_reaches_every_goal_meets_them_all():
    assert unmet(GOOD) == set()


@pytest.mark.parametrize(
    ("where", "value", "name"),
    [
        (("paired_ci95",), (-0.001, 0.03), "beats its best single modality (vision)"),
        (("against", "index"), (0.0, 0.03), "beats the additive index"),
        (("subset_loss", "vision+text", "macro_f1_difference"), -0.011, "no subset worse than its best modality"),
        (("subsets", "vision", "ece"), 0.051, "calibrated in every subset"),
        (("worlds", TRAINING_MIX, "band_coverage"), 0.86, "band holds the truth: training worlds"),
        (("worlds", TRAINING_MIX, "abstained"), 0.21, "abstains seldom: training worlds"),
        (("worlds", "dead microphone", "band_coverage"), 0.69, "band holds the truth: dead microphone"),
        (("stationary", "without_dip"), 0.89, "no dip in lessons without change"),
        (("noise", "abstained"), 0.85, "silent on clips of noise"),
        (("shapley", "largest_gap"), 1e-5, "Shapley values sum to estimate minus prior"),
    ],
)
def test_a_goal_is_missed_just_beyond_its_border(where, value, name):
    report = copy.deepcopy(GOOD)
    place = report
    for key in where[:-1]:
        place[key] = dict(place[key])
        place = place[key]
    place[where[-1]] = value
    assert unmet(report) == {name}


def test_a_rival_that_is_not_there_was_not_measured():
    report = {**GOOD, "against": {"index": (0.02, 0.04), "weighted_average": None}}
    found = next(goal for goal in goals(report) if "weighted average" in goal["name"])
    assert found["met"] is None
