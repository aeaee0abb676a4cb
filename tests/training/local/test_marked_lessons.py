from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.storage.labels import undo_last_label
from classroom_analyzer.training.local.calibration import pairs_of
from classroom_analyzer.training.local.fit import fit
from classroom_analyzer.training.local.marked_lessons import read_marked_lesson
from tests.marked_class import PRIOR, Plan, Truth, add_marks, write_class


def test_a_mark_gets_the_mean_of_the_half_minute_before_it(tmp_path: Path):
    (folder,) = write_class(tmp_path, Plan(lessons=1, marks=3))
    first, second, _ = read_marked_lesson(folder).marks
    assert second.label.t_s == 60
    assert second.estimate == pytest.approx(PRIOR + sum(second.contributions))
    assert second.shown == second.estimate
    assert second.index == pytest.approx(0.6)
    add_marks(folder, [Label(45, LabelKind.LOST, 0, False, LabelSource.PRESS)])
    between = read_marked_lesson(folder).marks[-1]
    halves = [(a + b) / 2 for a, b in zip(first.contributions, second.contributions, strict=True)]
    assert between.contributions == pytest.approx(halves)


def test_visible_marks_marks_of_seats_and_marks_taken_back_do_not_count(tmp_path: Path):
    folder, seen = write_class(tmp_path, Plan(lessons=1)) + write_class(tmp_path, Plan(lessons=1, visible=True))
    lesson = read_marked_lesson(seen)
    assert (len(lesson.marks), lesson.visible) == (0, 12)
    undo_last_label(folder)
    assert len(read_marked_lesson(folder).marks) == 11


def test_a_mark_beside_too_little_of_the_line_is_counted_and_not_used(tmp_path: Path):
    (folder,) = write_class(tmp_path, Plan(lessons=1, marks=2))
    add_marks(folder, [Label(t, LabelKind.LOST, 0, False, LabelSource.PRESS) for t in (14, 15)])
    lesson = read_marked_lesson(folder)
    assert [m.estimate is None for m in lesson.marks[2:]] == [True, False]
    assert (len(lesson.marks), len(lesson.usable)) == (4, 3)


def test_a_lesson_under_observe_has_nothing_beside_its_marks(tmp_path: Path):
    (folder,) = write_class(tmp_path, Plan(lessons=1, marks=2, policy=Policy.OBSERVE))
    lesson = read_marked_lesson(folder)
    assert lesson.bundle_sha256 is None
    assert lesson.usable == ()


def test_known_coefficients_come_back_through_the_lesson_folders(tmp_path: Path):
    truth = Truth(0.5, 2.0, (1.4, 0.6, 1.0))
    folders = write_class(tmp_path, Plan(lessons=8, marks=40, truth=truth, levels=True))
    found = pairs_of([read_marked_lesson(folder) for folder in folders])
    assert found.is_level.all()
    fitted = fit(found.contributions, found.score, found.lesson)
    assert fitted.intercept == pytest.approx(0.5, abs=0.03)
    assert fitted.slope == pytest.approx(2.0, rel=0.15)
    assert fitted.gains == pytest.approx(2.0 * np.array(truth.weights), abs=0.5)
