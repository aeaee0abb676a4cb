from __future__ import annotations

import pytest

from classroom_analyzer.domain.class_names import MAX_CLASS_NAME, clean_class_name, same_class
from classroom_analyzer.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "name"),
    [("7b", "7b"), ("  7 b\t\n", "7 b"), ("7\u202eb\u200b\x00", "7b"), ("数学\u3000二", "数学 二"), ("７ｂ", "7b")],
)
def test_a_name_is_one_clean_line(typed: str, name: str):
    assert clean_class_name(typed) == name
    assert clean_class_name(name) == name


@pytest.mark.parametrize("typed", ["", " \n", "\u202e\u200b", "x" * (MAX_CLASS_NAME + 1)])
def test_a_name_of_nothing_or_too_much_is_refused(typed: str):
    with pytest.raises(UsageError, match="class name"):
        clean_class_name(typed)


def test_classes_are_the_same_whatever_the_case_and_none_is_like_none():
    assert same_class("7b", "7B")
    assert not same_class("7b", "7c")
    assert not same_class(None, None)
