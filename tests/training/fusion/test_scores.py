from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.index import AdditiveIndex
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.fusion.novelty import fit_gauge
from classroom_analyzer.training.bootstrap import draw_groups
from classroom_analyzer.training.fusion import scores
from classroom_analyzer.training.fusion.temperatures import fit_calibration, rows_with, selective_threshold
from classroom_analyzer.training.labelled_rows import assert_disjoint
from classroom_analyzer.training.simulator.classes import simulate_classes
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS

WORLD = TRAINING_WORLDS[0]


@pytest.fixture(scope="module")
def train():
    return simulate_classes(WORLD, 12, seed=1)


@pytest.fixture(scope="module")
def test_rows():
    return simulate_classes(WORLD, 12, seed=1, first_class_id=100)


@pytest.fixture(scope="module")
def index_bundle(train, test_rows):
    gauges = {m: fit_gauge(WINDOWS[m], train.batch, test_rows.batch) for m in MODALITIES}
    calibration, _ = fit_calibration(AdditiveIndex(), train, test_rows)
    return FusionBundle(FusionKind.ATTENTION, AdditiveIndex(), calibration, gauges, {})


def test_sets_that_share_a_class_are_refused(train, test_rows):
    assert_disjoint(train=train, test=test_rows)
    with pytest.raises(AssertionError, match="train and again share groups"):
        assert_disjoint(train=train, test=test_rows, again=train.take(np.arange(3)))


@pytest.fixture(scope="module")
def complete(test_rows):
    return test_rows.take(rows_with(test_rows, scores.FULL))


@pytest.fixture(scope="module")
def needs_nothing(train, complete):
    shares = np.bincount(train.level, minlength=4) / len(train)
    return scores.baseline_scores(shares, float(train.engagement.mean()), complete)


def test_the_best_single_modality_is_one_of_three_however_well_pairs_do():
    table = {name: {"macro_f1": f1} for name, f1 in (("text", 0.2), ("vision", 0.3), ("vision+text", 0.9))}
    assert scores.best_single(table) == "vision"


def test_rows_that_are_all_alike_have_no_skill(test_rows):
    alike = replace(test_rows, engagement=np.full(len(test_rows), 0.5))
    rows = scores.baseline_scores(np.full(4, 0.25), 0.5, alike, draw_groups(alike.group, 0, 20))
    assert rows["constant"]["skill"] is None
    assert rows["constant"]["ci95"]["skill"] is None


def test_the_majority_has_chance_recall_and_no_kappa(needs_nothing):
    rows = needs_nothing
    assert rows["majority"]["uar"] == pytest.approx(0.25)
    assert rows["majority"]["qwk"] == 0
    assert rows["constant"]["ccc"] == pytest.approx(0, abs=1e-12)
    assert rows["constant"]["skill"] == pytest.approx(0)
    assert rows["constant"]["auroc_low"] == 0.5


def test_the_prior_guesses_levels_as_often_as_training_had_them(needs_nothing):
    rows = needs_nothing
    assert rows["prior"]["macro_f1"] > rows["majority"]["macro_f1"]
    assert rows["prior"]["ece"] == rows["constant"]["ece"]


def test_every_metric_has_an_interval_around_it(index_bundle, complete):
    draws = draw_groups(complete.group, 0, draws=400)
    found = scores.estimates(index_bundle, complete)
    row = scores.scores(complete, found.probabilities, found.mean, draws, constant=0.6)
    assert set(row) - set(row["ci95"]) == {
        "n", "groups", "absent_levels", "engagement_constant", "draws_lacking_a_level", "ci95"
    }  # fmt: skip
    for name in ("macro_f1", "uar", "qwk", "ccc", "mse", "mae", "auroc_low", "auprc_low", "brier", "aurc", "skill"):
        low, high = row["ci95"][name]
        assert low <= row[name] <= high, name
    assert row["groups"] == len(np.unique(complete.group))


def test_two_models_are_compared_on_the_same_draws(test_rows):
    draws = draw_groups(test_rows.group, 0, draws=300)
    worse = np.where(np.arange(len(test_rows)) % 10 == 0, (test_rows.level + 1) % 4, test_rows.level)
    point, (low, high) = scores.macro_f1_difference(test_rows.level, test_rows.level, worse, draws)
    assert 0 < low <= point <= high < 0.3


def test_a_model_against_itself_differs_by_nothing(test_rows):
    draws = draw_groups(test_rows.group, 0, draws=50)
    assert scores.macro_f1_difference(test_rows.level, test_rows.level, test_rows.level, draws) == (0.0, (0.0, 0.0))


def test_the_truth_beats_a_constant_in_every_draw(test_rows):
    draws, constant = draw_groups(test_rows.group, 0, draws=200), np.full(len(test_rows), 2)
    _, (low, high) = scores.macro_f1_difference(test_rows.level, test_rows.level, constant, draws)
    assert 0 < low <= high


def test_selective_threshold_keeps_the_most_with_at_most_a_fifth_wrong():
    top = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    right = np.array([True, True, True, True, False, False])
    assert selective_threshold(top, right) == 0.5
    assert selective_threshold(np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.5]), right) == 0.6  # ties are kept together
    assert selective_threshold(top, np.zeros(6, bool)) > 0.9


def test_rows_with_enough_evidence_have_half_of_each_window(test_rows):
    rows = rows_with(test_rows, np.array([True, False, True]))
    valid = test_rows.batch.valid
    assert (valid[MODALITIES[0]][rows].mean(axis=1) >= 0.5).all()
    assert (valid[MODALITIES[2]][rows].mean(axis=1) >= 0.5).all()
