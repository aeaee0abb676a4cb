from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.training.local.agreement import ccc_figure, cohen_kappa, kappa_figure, krippendorff_alpha
from classroom_analyzer.training.metrics import ccc

GAP = np.nan
# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
)


def test_kappa_is_the_textbook_value():
    # Cohen's two raters: 20 and 15 agreed, 5 and 10 not: po .7, pe .5, kappa .4.
    one = np.repeat([1, 1, 0, 0], [20, 5, 10, 15])
    other = np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert cohen_kappa(one, other) == pytest.approx(0.4)


def test_kappa_says_nothing_where_both_raters_always_say_the_same_one():
    assert cohen_kappa(np.ones(9, np.int64), np.ones(9, np.int64)) is None
    assert cohen_kappa(np.empty(0, np.int64), np.empty(0, np.int64)) is None


def test_ordinal_alpha_is_the_published_value():
    alpha = krippendorff_alpha(OBSERVERS)
    assert alpha == pytest.approx(0.815, abs=5e-4)


def test_alpha_is_one_for_raters_who_agree_and_undefined_without_a_difference_or_a_pair():
    assert krippendorff_alpha(np.array([[0.0, 1, 2, 3], [0, 1, 2, 3]])) == pytest.approx(1)
    assert krippendorff_alpha(np.ones((2, 4))) is None
    assert krippendorff_alpha(np.array([[1.0, GAP], [GAP, 2]])) is None


def test_figures_carry_their_number_of_marks_and_an_interval_around_them():
    rng = np.random.default_rng(0)
    level = rng.random(80)
    estimate = np.clip(level + rng.normal(0, 0.2, 80), 0, 1)
    group = np.arange(80) // 10
    kappa = kappa_figure(level >= 0.5, estimate, group)
    concord = ccc_figure(level, estimate, group)
    assert kappa.value == cohen_kappa((level >= 0.5).astype(int), (estimate >= 0.5).astype(int))
    assert concord.value == ccc(level, estimate)
    for figure in (kappa, concord):
        assert figure.n == 80
        assert figure.low < figure.value < figure.high


def test_without_marks_there_is_no_figure():
    none = np.empty(0)
    assert kappa_figure(none.astype(bool), none, none.astype(int)).value is None
    assert ccc_figure(none, none, none.astype(int)).n == 0
