from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.training import metrics
from classroom_analyzer.training.bootstrap import GroupDraws, draw_groups, interval

RNG = np.random.default_rng(4)
N = 240
GROUP = RNG.integers(0, 12, N) * 7  # ids need not be 0, 1, 2
TRUTH = RNG.integers(0, 4, N)
P = RNG.dirichlet(np.ones(4), N)
X, Y = RNG.random(N), RNG.random(N)
SCORE = np.round(RNG.random(N), 1)  # many ties
POSITIVE = TRUTH <= 1
RIGHT = RNG.random(N) < 0.7
DRAWN = draw_groups(GROUP, 3, draws=20)

BY_DRAW = {
    "mse": (lambda d: d.mean((X - Y) ** 2), lambda i: metrics.mse(X[i], Y[i])),
    "ccc": (lambda d: d.ccc(X, Y), lambda i: metrics.ccc(X[i], Y[i])),
    "ece": (lambda d: d.ece(TRUTH, P), lambda i: metrics.ece(TRUTH[i], P[i])),
    "auroc": (lambda d: d.auroc(POSITIVE, SCORE), lambda i: metrics.auroc(POSITIVE[i], SCORE[i])),
    "auprc": (lambda d: d.auprc(POSITIVE, SCORE), lambda i: metrics.auprc(POSITIVE[i], SCORE[i])),
    "aurc": (lambda d: d.aurc(SCORE, RIGHT), lambda i: metrics.aurc(SCORE[i], RIGHT[i])),
    "macro-F1": (
        lambda d: metrics.macro_f1(d.confusion(TRUTH, P.argmax(axis=1))),
        lambda i: float(metrics.macro_f1(metrics.confusion(TRUTH[i], P[i].argmax(axis=1)))),
    ),
}


@pytest.mark.parametrize("name", BY_DRAW)
def test_a_draw_scores_exactly_the_rows_of_its_groups_each_as_often_as_drawn(name):
    at_once, one_by_one = BY_DRAW[name]
    ids = np.unique(GROUP)
    expected = []
    for weights in DRAWN.weights.astype(int):
        rows = np.concatenate([np.flatnonzero(g == GROUP) for g in np.repeat(ids, weights)])
        expected.append(one_by_one(rows))
    np.testing.assert_allclose(at_once(DRAWN), expected, atol=1e-12)


def test_as_many_groups_are_drawn_as_there_are_and_the_same_seed_draws_the_same():
    assert (DRAWN.weights.sum(axis=1) == 12).all()
    np.testing.assert_array_equal(DRAWN.weights, draw_groups(GROUP, 3, draws=20).weights)
    assert not np.array_equal(DRAWN.weights, draw_groups(GROUP, 4, draws=20).weights)


def test_draws_without_one_kind_have_no_auroc_and_are_left_out_of_the_interval():
    only_first = GroupDraws(np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([0, 0, 1]))
    found = only_first.auroc(np.array([True, True, False]), np.array([0.9, 0.1, 0.5]))
    assert np.isnan(found[0])
    assert found[1] == 0.5
    assert interval(found) == (0.5, 0.5)
    assert interval(np.array([np.nan])) is None


def test_the_share_of_draws_that_lack_a_level_is_counted():
    levels = np.array([0, 1, 2, 3])
    draws = GroupDraws(np.array([[1.0, 1, 1, 1], [2, 1, 1, 0], [0, 4, 0, 0], [1, 1, 1, 1]]), np.arange(4))
    assert draws.lacking(levels) == 0.5


def test_the_interval_of_a_mean_is_about_as_wide_as_theory_says():
    rng = np.random.default_rng(0)
    values = rng.standard_normal(400)
    low, high = interval(draw_groups(np.arange(400), 0).mean(values))
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.1)
    whole = np.repeat(values[:40], 10)  # ten copies of a value are one piece of evidence
    low, high = interval(draw_groups(np.repeat(np.arange(40), 10), 0).mean(whole))
    assert high - low == pytest.approx(2 * 1.96 * values[:40].std() / np.sqrt(40), rel=0.15)
