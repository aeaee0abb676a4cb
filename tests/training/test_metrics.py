from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.training import metrics

TRUTH = np.array([0, 0, 1, 1, 2, 2, 3, 3])
GUESS = np.array([0, 1, 1, 1, 2, 3, 3, 0])
COUNTS = metrics.confusion(TRUTH, GUESS)


def test_confusion_has_truth_in_rows():
    assert COUNTS.tolist() == [[1, 1, 0, 0], [0, 2, 0, 0], [0, 0, 1, 1], [1, 0, 0, 1]]


def test_macro_f1_is_the_mean_of_the_f1_of_each_level():
    # F1: level 0: 2*1/(2+2), level 1: 2*2/(2+3), level 2: 2*1/(2+1), level 3: 2*1/(2+2)
    assert metrics.macro_f1(COUNTS) == pytest.approx((0.5 + 0.8 + 2 / 3 + 0.5) / 4)


def test_macro_f1_drops_a_level_that_is_neither_true_nor_guessed():
    counts = metrics.confusion(np.array([1, 1, 2]), np.array([1, 1, 2]))
    assert metrics.macro_f1(counts) == 1.0


def test_macro_f1_counts_a_level_that_is_never_hit_as_zero():
    counts = metrics.confusion(np.array([1, 2]), np.array([1, 1]))
    assert metrics.macro_f1(counts) == pytest.approx((2 / 3 + 0) / 2)


def test_unweighted_average_recall():
    assert metrics.uar(COUNTS) == pytest.approx((0.5 + 1 + 0.5 + 0.5) / 4)


def test_always_the_majority_has_a_recall_of_one_in_four_and_no_kappa():
    counts = metrics.confusion(np.array([0, 1, 2, 2, 3]), np.full(5, 2))
    assert metrics.uar(counts) == 0.25
    assert metrics.qwk(counts) == 0.0


def test_quadratic_weighted_kappa_against_a_hand_computed_value():
    # observed: 1 + 1 + 9 of 9; expected: sum over pairs of rows (2 each) and columns (2, 3, 1, 2) of (i-j)^2 / 9
    expected = sum(2 * c * (i - j) ** 2 / 9 for i in range(4) for j, c in enumerate((2, 3, 1, 2))) / 8
    assert metrics.qwk(COUNTS) == pytest.approx(1 - (11 / 9) / expected)


def test_counts_of_many_draws_are_scored_at_once():
    both = np.stack([COUNTS, COUNTS.T])
    for metric in (metrics.macro_f1, metrics.uar, metrics.qwk):
        np.testing.assert_allclose(metric(both), [metric(COUNTS), metric(COUNTS.T)])


def test_concordance_punishes_a_shift():
    x = np.array([0.0, 1.0, 2.0])
    assert metrics.ccc(x, x) == pytest.approx(1)
    assert metrics.ccc(x, x + 1) == pytest.approx(2 * (2 / 3) / (4 / 3 + 1))
    assert metrics.ccc(np.ones(3), np.ones(3)) == 0


def test_skill_is_the_share_of_the_constants_error_that_is_gone():
    x = np.array([0.0, 1.0])
    assert metrics.mse(x, np.array([0.5, 0.5])) == 0.25
    assert metrics.mae(x, np.array([0.5, 0.25])) == pytest.approx(0.625)
    assert metrics.skill(0.1, 0.25) == pytest.approx(0.6)
    assert metrics.skill(0.1, 0.0) is None


def test_auroc_counts_ties_half():
    positive = np.array([True, True, False, False])
    assert metrics.auroc(positive, np.array([0.9, 0.5, 0.5, 0.1])) == pytest.approx((1 + 1 + 1 + 0.5) / 4)
    assert metrics.auroc(np.ones(3, bool), np.arange(3.0)) is None


def test_average_precision_against_a_hand_computed_value():
    positive = np.array([True, False, True, False])
    assert metrics.auprc(positive, np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert metrics.auprc(positive, np.zeros(4)) == pytest.approx(0.5)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy():
    probabilities = np.tile([0.1, 0.8, 0.1, 0.0], (10, 1))
    truth = np.array([1] * 6 + [0] * 4)
    assert metrics.ece(truth, probabilities) == pytest.approx(0.2)
    assert metrics.ece(truth, probabilities, equal_mass=True) >= 0.2 - 1e-9


def test_brier_of_certainty_is_zero_when_right_and_two_when_wrong():
    assert metrics.brier(np.array([0]), np.array([[1.0, 0, 0, 0]])) == 0
    assert metrics.brier(np.array([1]), np.array([[1.0, 0, 0, 0]])) == 2


def test_levels_that_macro_f1_drops_are_named():
    assert metrics.absent_levels(COUNTS) == ()
    assert metrics.absent_levels(metrics.confusion(np.array([1, 1, 2]), np.array([1, 1, 3]))) == (0,)


def test_a_reliability_table_has_a_line_per_bin_that_holds_rows():
    probabilities = np.concatenate([np.tile([0.1, 0.8, 0.1, 0.0], (10, 1)), np.tile([0.4, 0.3, 0.2, 0.1], (5, 1))])
    truth = np.array([1] * 6 + [0] * 4 + [0] * 5)
    found = metrics.reliability(truth, probabilities)
    assert found.n.tolist() == [5, 10]
    np.testing.assert_allclose(found.confidence, [0.4, 0.8])
    np.testing.assert_allclose(found.accuracy, [1.0, 0.6])
    assert metrics.ece(truth, probabilities) == pytest.approx((5 * 0.6 + 10 * 0.2) / 15)
    assert metrics.reliability(truth, probabilities, equal_mass=True).n.tolist() == [1] * 15


def test_risk_coverage_answers_the_surest_first_and_equals_together():
    sure = np.array([0.9, 0.8, 0.8, 0.6])
    coverage, risk = metrics.risk_coverage(sure, np.array([True, False, True, False]))
    np.testing.assert_allclose(coverage, [0.25, 0.75, 1.0])
    np.testing.assert_allclose(risk, [0, 1 / 3, 2 / 4])
    assert metrics.aurc(sure, np.array([True, False, True, False])) == pytest.approx(0.25 * 0 + 0.5 / 3 + 0.25 / 2)
    assert metrics.aurc(sure, np.ones(4, bool)) == 0


def test_scores_agree_with_scikit_learn():
    sklearn = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    rng = np.random.default_rng(2)
    truth, guess = rng.integers(0, 4, 300), rng.integers(0, 4, 300)
    counts = metrics.confusion(truth, guess)
    assert metrics.macro_f1(counts) == pytest.approx(sklearn.f1_score(truth, guess, average="macro"))
    assert metrics.uar(counts) == pytest.approx(sklearn.balanced_accuracy_score(truth, guess))
    assert metrics.qwk(counts) == pytest.approx(sklearn.cohen_kappa_score(truth, guess, weights="quadratic"))
    score = np.round(rng.random(300), 2)
    assert metrics.auroc(truth <= 1, score) == pytest.approx(sklearn.roc_auc_score(truth <= 1, score))
    assert metrics.auprc(truth <= 1, score) == pytest.approx(sklearn.average_precision_score(truth <= 1, score))
