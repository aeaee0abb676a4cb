from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.data_set import SETS, DataSet, Gathered, make_data_set, number_subjects
from classroom_analyzer.training.datasets.windows import batch_of
from classroom_analyzer.training.labelled_rows import LabelledRows

HERE = Path("data")


def gathered(names: list[str], published: list[str] | None = None) -> Gathered:
    subjects, group = number_subjects(names)
    n = len(names)
    rows = LabelledRows(batch_of(n, WINDOWS, {}), np.full(n, 0.5), np.ones(n, np.int64), group, np.arange(n))
    return Gathered(rows, subjects, None if published is None else tuple(published))


def people_in(data: DataSet, name: str) -> set[str]:
    return {data.subjects[group] for group in data.sets[name].group.tolist()}


def test_no_subject_is_in_two_sets_and_every_row_is_in_one() -> None:
    names = [f"s{i % 20}" for i in range(200)]
    data = make_data_set("x", HERE, WINDOWS, gathered(names), {})
    assert set().union(*(people_in(data, one) for one in SETS)) == set(names)
    assert sum(len(people_in(data, one)) for one in SETS) == 20
    assert sum(len(rows) for rows in data.sets.values()) == 200
    assert [len(people_in(data, one)) for one in SETS] == [12, 3, 2, 3]


def test_who_goes_where_follows_from_the_name_and_not_from_the_order() -> None:
    names = [f"s{i % 20}" for i in range(40)]
    one, other = (make_data_set("x", HERE, WINDOWS, gathered(n), {}) for n in (names, names[::-1]))
    assert all(people_in(one, s) == people_in(other, s) for s in SETS)


def test_a_published_split_is_kept_and_calibration_comes_from_training() -> None:
    names = [f"s{i}" for i in range(12)]
    published = ["train"] * 8 + ["validation"] * 2 + ["test"] * 2
    data = make_data_set("x", HERE, WINDOWS, gathered(names, published), {})
    assert people_in(data, "test") == {"s10", "s11"}
    assert people_in(data, "validation") == {"s8", "s9"}
    assert len(people_in(data, "calibration")) == 1
    assert data.card["split"] == "as published; calibration taken from the training subjects"


def test_a_published_split_that_leaks_a_subject_is_made_anew_and_said_so() -> None:
    names = [f"s{i % 10}" for i in range(20)]
    published = ["train"] * 10 + ["test"] * 10
    data = make_data_set("x", HERE, WINDOWS, gathered(names, published), {})
    assert data.card["split"].startswith("anew by subject: 10 of 10 subjects")
    assert sum(len(people_in(data, one)) for one in SETS) == 10


def test_sets_that_share_a_subject_cannot_be_made() -> None:
    rows = gathered(["a", "b"]).rows
    with pytest.raises(AssertionError, match="train and validation share groups"):
        DataSet("x", WINDOWS, rows, rows, rows, rows, subjects={0: "a", 1: "b"}, card={})


@pytest.mark.parametrize(
    ("names", "published"),
    [(["a", "b", "c"], None), (["a", "b", "c"], ["train", "validation", "test"])],
    ids=["three people in all", "one person in training"],
)
def test_too_few_people_for_four_sets_are_refused(names: list[str], published: list[str] | None) -> None:
    with pytest.raises(BadInputError, match="are too few for training and"):
        make_data_set("x", HERE, WINDOWS, gathered(names, published), {})


def test_the_card_counts_rows_people_and_levels_of_each_set() -> None:
    data = make_data_set("x", HERE, WINDOWS, gathered(["a", "b", "c", "d", "e"] * 3), {"terms": "none"})
    assert data.card["sets"]["test"] == {"rows": 3, "subjects": 1, "levels": [0, 3, 0, 0]}
    assert data.card["terms"] == "none"
