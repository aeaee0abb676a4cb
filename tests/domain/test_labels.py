from __future__ import annotations

import pytest

from classroom_analyzer.domain.labels import Label, LabelKind, LabelSource
from classroom_analyzer.errors import UsageError


def label(kind: LabelKind, value: int, *, t_s: int = 40, source: LabelSource = LabelSource.PRESS, seat=None) -> Label:
    return Label(t_s, kind, value, False, source, seat)


def test_all_kinds_lie_on_the_scale_of_the_estimate():
    assert [label(LabelKind.LOST, 0).score, label(LabelKind.WITH_ME, 1).score] == [0, 1]
    assert [label(LabelKind.LEVEL, v).score for v in range(4)] == [0, 1 / 3, 2 / 3, 1]


def test_levels_two_and_three_are_on_the_side_of_with_me():
    assert [label(LabelKind.LEVEL, v).is_with_me for v in range(4)] == [False, False, True, True]


def test_only_a_moment_that_nobody_chose_is_sampled():
    sampled = {s for s in LabelSource if label(LabelKind.LOST, 0, source=s).is_sampled}
    assert sampled == {LabelSource.PROMPTED, LabelSource.PULSE}


@pytest.mark.parametrize(
    ("kind", "value", "rest"),
    [
        (LabelKind.WITH_ME, 0, {}),
        (LabelKind.LOST, 1, {}),
        (LabelKind.LEVEL, 4, {}),
        (LabelKind.LEVEL, -1, {}),
        (LabelKind.LOST, 0, {"t_s": -1}),
        (LabelKind.LOST, 0, {"seat": 0}),
    ],
)
def test_a_label_that_says_nothing_is_refused(kind: LabelKind, value: int, rest: dict[str, int]):
    with pytest.raises(UsageError):
        label(kind, value, **rest)
