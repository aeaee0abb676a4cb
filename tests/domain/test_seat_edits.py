from __future__ import annotations

import pytest

from classroom_analyzer.domain.seat_edits import ExcludeSeat, MergeSeats, SplitSeat, known_seats, shown_seat
from classroom_analyzer.errors import UsageError


def test_without_edits_every_seat_is_shown_as_measured():
    assert shown_seat(3, 10, ()) == 3
    assert known_seats([1, 3], ()) == {1, 3}


def test_a_merged_seat_is_shown_under_the_kept_number():
    assert shown_seat(4, 10, [MergeSeats(2, 4)]) == 2
    assert known_seats([2, 4], [MergeSeats(2, 4)]) == {2}


def test_a_split_gives_later_seconds_to_the_new_number():
    edits = [SplitSeat(1, 30, 5)]
    assert [shown_seat(1, t_s, edits) for t_s in (29, 30, 31)] == [1, 1, 5]
    assert known_seats([1], edits) == {1, 5}


def test_edits_count_in_the_order_in_which_they_were_made():
    split_then_merge = [SplitSeat(1, 30, 5), MergeSeats(2, 5)]
    assert [shown_seat(1, t_s, split_then_merge) for t_s in (30, 31)] == [1, 2]
    chain = [MergeSeats(2, 3), MergeSeats(1, 2)]
    assert shown_seat(3, 1, chain) == 1


def test_an_excluded_seat_is_not_shown_nor_are_those_merged_into_it():
    edits = [MergeSeats(1, 2), ExcludeSeat(1)]
    assert shown_seat(2, 5, edits) is None
    assert known_seats([1, 2, 3], edits) == {3}


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([MergeSeats(1, 1)], "into itself"),
        ([MergeSeats(1, 9)], "no seat 9"),
        ([MergeSeats(9, 1)], "no seat 9"),
        ([MergeSeats(1, 2), SplitSeat(2, 3, 7)], "no seat 2"),
        ([SplitSeat(9, 3, 7)], "no seat 9"),
        ([SplitSeat(1, 3, 2)], "choose 4"),
        ([MergeSeats(1, 2), SplitSeat(1, 3, 2)], "choose 4"),  # a number is never given twice
        ([SplitSeat(1, 3, 0)], "choose 4"),
        ([SplitSeat(1, -1, 7)], "before the lesson begins"),
        ([ExcludeSeat(1), ExcludeSeat(1)], "no seat 1"),
    ],
)
def test_nonsense_is_refused_in_one_clear_sentence(edits, said):
    with pytest.raises(UsageError, match=said):
        known_seats([1, 2, 3], edits)
