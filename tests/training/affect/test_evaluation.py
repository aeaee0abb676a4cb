from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from classroom_analyzer.fusion.protocol import level_probabilities
from classroom_analyzer.training.affect.evaluation import fit_temperature, score_state
from classroom_analyzer.training.bootstrap import draw_groups

RNG = np.random.default_rng(0)
LEVEL = np.repeat([0, 1, 2, 3], [10, 20, 60, 30])
PERSON = RNG.integers(0, 12, len(LEVEL))
DRAWS = draw_groups(PERSON, 0, draws=200)
BIAS = np.array([2.0, 0.0, -2.0])


def test_who_knows_the_truth_beats_majority_and_prior_and_the_intervals_say_so() -> None:
    found = score_state(LEVEL, LEVEL, np.eye(4)[LEVEL], DRAWS)
    assert found["macro_f1"] == found["uar"] == found["auroc_high"] == found["qwk"] == 1
    assert found["brier"] == found["ece"] == found["mse"] == 0
    assert found["skill"] == 1
    low, high = found["balanced_macro_f1_over_majority_ci95"]
    assert 0 < low <= high
    assert found["majority"]["uar"] == 0.25
    assert found["persons"] == 12


def test_who_only_knows_the_prior_is_no_better_than_chance() -> None:
    prior = np.bincount(LEVEL) / len(LEVEL)
    found = score_state(LEVEL, LEVEL, np.tile(prior, (len(LEVEL), 1)), DRAWS)
    assert found["auroc_high"] == 0.5
    assert found["macro_f1"] == pytest.approx(found["majority"]["macro_f1"])
    assert found["brier"] == pytest.approx(found["prior"]["brier"])
    assert found["skill"] == pytest.approx(0)


def test_levels_that_never_occur_are_said_and_give_no_figure_made_up() -> None:
    level = np.full(20, 3)
    found = score_state(LEVEL, level, np.tile([0.1, 0.2, 0.3, 0.4], (20, 1)), draw_groups(np.arange(20), 0, draws=50))
    assert found["auroc_high"] is None
    assert found["ci95"]["auroc_high"] is None
    assert found["draws_lacking_a_level"] == 1
    assert found["prior"]["auroc_high"] is None


def test_the_temperature_of_overconfident_logits_is_found() -> None:
    true_logits = RNG.normal(0, 1, 4000)[:, None] + BIAS
    cumulative = level_probabilities(expit(true_logits)).cumsum(axis=1)
    level = (RNG.random(len(true_logits))[:, None] > cumulative).sum(axis=1)
    assert fit_temperature(3 * true_logits, level) == pytest.approx(3, rel=0.1)
