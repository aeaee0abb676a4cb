from __future__ import annotations

import pytest

from classroom_analyzer.perception.text.usual_rate import UsualRate


def _after(*minutes: int) -> UsualRate:
    rate = UsualRate()
    for messages in minutes:
        for second in range(60):
            rate.push(messages if second == 0 else 0)
    return rate


def test_there_is_no_usual_rate_before_five_minutes():
    assert _after(3, 3, 3, 3).z() is None
    assert _after(3, 3, 3, 3, 3).z() == 0


def test_z_is_the_distance_from_the_lessons_own_median():
    # Minutes 2 4 6 8 10: median 6, MAD 2; the last minute holds 10.
    assert _after(2, 4, 6, 8, 10).z() == pytest.approx(4 / (1.4826 * 2))


def test_a_quiet_chat_is_not_alarmed_by_one_message_and_a_flood_stays_at_the_end_of_the_scale():
    assert _after(0, 0, 0, 0, 0, 1).z() == pytest.approx(1 / 1.4826)
    assert _after(0, 0, 0, 0, 0, 10_000).z() == 4
    assert _after(50, 60, 55, 52, 51, 0).z() == -4


def test_minutes_are_kept_for_ten_hours_at_most():
    rate = _after(*([1] * 700))
    assert len(rate._minutes) == 600
