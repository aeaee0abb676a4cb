from __future__ import annotations

import pytest

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.reports.group_rule import GroupRule


def summary(expected: int | None, participants: int | None, seats: int | None) -> dict:
    return {"seats": {"expected": expected, "max": seats}, "chat": {"participants": participants}}


@pytest.mark.parametrize(("n", "hidden"), [(4, True), (5, True), (9, True), (10, False), (11, False), (None, True)])
@pytest.mark.parametrize(("policy", "share"), [(Policy.OBSERVE, False), (Policy.ENGAGEMENT, True)])
def test_below_ten_nothing_about_people_is_told_where_the_rule_binds(n, hidden, policy, share):
    rule = GroupRule.of(summary(n, None, n), policy, share=share)
    assert (rule.hides_people() is not None) == hidden
    assert (rule.hides_seats() is not None) == hidden
    assert rule.is_small == hidden


@pytest.mark.parametrize("n", [1, 4, 9, None])
def test_the_teachers_own_copy_under_engagement_hides_nothing(n):
    rule = GroupRule.of(summary(n, None, n), Policy.ENGAGEMENT, share=False)
    assert rule.hides_people() is rule.hides_seats() is rule.hides_sound() is None
    assert rule.is_small


def test_sound_of_the_whole_room_needs_no_minimum_inside_the_lesson_folder():
    assert GroupRule.of(summary(4, None, 4), Policy.OBSERVE, share=False).hides_sound() is None
    assert GroupRule.of(summary(4, None, 4), Policy.OBSERVE, share=True).hides_sound() is not None


def test_figures_of_the_picture_count_the_seats_seen_not_the_class():
    rule = GroupRule.of(summary(26, 20, 6), Policy.OBSERVE, share=False)
    assert rule.hides_seats() is not None
    assert rule.hides_people() is None


@pytest.mark.parametrize(("share", "text"), [(0.0, "under 5%"), (0.04, "under 5%"), (0.5, "50%"), (1.0, "over 95%")])
def test_shares_are_clamped_where_the_rule_binds(share, text):
    rule = GroupRule.of(summary(12, None, 12), Policy.OBSERVE, share=False)
    assert rule.share_text(share) == text
    assert 0.05 <= rule.clamped(share) <= 0.95
    assert GroupRule.of(summary(12, None, 12), Policy.ENGAGEMENT, share=False).share_text(share) == f"{share:.0%}"
