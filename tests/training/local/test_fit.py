from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.training.local.fit import fit, left_out_predictions
from tests.marked_class import Truth


def marks(truth: Truth, n: int, lessons: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    w = rng.normal(0, [0.1, 0.08, 0.06], (n, 3))
    y = (rng.random(n) < truth.level(w)).astype(float)
    return w, y, np.arange(n) % lessons


def test_known_coefficients_are_found():
    truth = Truth(0.45, 2.5, (1.4, 0.6, 1.0))
    found = fit(*marks(truth, 2500, 20))
    assert found.intercept == pytest.approx(0.45, abs=0.03)
    assert found.slope == pytest.approx(2.5, rel=0.15)
    assert found.weights == pytest.approx(truth.weights, abs=0.2)


def test_marks_that_the_line_follows_to_its_ends_do_not_flatten_it():
    rng = np.random.default_rng(1)
    w = rng.normal(0, 0.15, (1500, 3))
    truth = Truth(0.5, 4.0, (1.0, 1.0, 1.0))
    found = fit(w, truth.level(w), np.arange(1500) % 10)
    assert found.gains == pytest.approx([4, 4, 4], rel=0.02)


def test_few_marks_leave_weights_near_one_and_none_leave_the_bundles_scale():
    few = fit(*marks(Truth(0.5, 1.0, (3.0, 0.0, 0.0)), 20, 4))
    assert np.abs(few.weights - 1).max() < 0.5
    nothing = fit(np.empty((0, 3)), np.empty(0), np.empty(0, np.int64))
    assert nothing.slope == pytest.approx(1)
    assert nothing.gains == pytest.approx([1, 1, 1])
    assert nothing.intercept == pytest.approx(0.5)


def test_a_modality_that_a_class_never_has_gets_the_common_slope():
    w, y, lesson = marks(Truth(), 900, 6)
    w[:, 2] = 0
    found = fit(w, y, lesson)
    assert found.gains[2] == pytest.approx(found.slope)


def test_the_level_without_evidence_stays_a_level():
    rng = np.random.default_rng(0)
    w = np.abs(rng.normal(0.2, 0.05, (300, 3)))
    found = fit(w, np.clip(w.sum(axis=1) * 3 - 1.5, 0, 1), np.arange(300) % 6)
    assert found.intercept == 0
    assert np.isfinite(found.gains).all()


def test_a_lesson_is_predicted_without_its_own_marks():
    w, y, lesson = marks(Truth(), 90, 6)
    before = left_out_predictions(w, y, lesson)
    changed = np.where(lesson == 2, 1 - y, y)
    after = left_out_predictions(w, changed, lesson)
    assert np.array_equal(before[lesson == 2], after[lesson == 2])
    assert not np.allclose(before[lesson == 3], after[lesson == 3])
    own = fit(w[lesson != 2], y[lesson != 2], lesson[lesson != 2])
    assert before[lesson == 2] == pytest.approx(own.levels(w[lesson == 2]))


def test_one_lesson_alone_cannot_be_left_out():
    w, y, _ = marks(Truth(), 30, 1)
    assert left_out_predictions(w, y, np.zeros(30, np.int64)).size == 0


def test_more_marks_make_the_coefficients_surer():
    few, many = (fit(*marks(Truth(), n, 10)).covariance for n in (100, 800))
    assert (np.diag(many) < np.diag(few)).all()
