from __future__ import annotations

from classroom_analyzer.app.bench.burst import MOST_MESSAGES, burst


def test_no_two_messages_of_a_burst_are_alike_and_they_are_as_long_as_real_ones():
    messages = burst(MOST_MESSAGES)
    assert len(messages) == len({message.text for message in messages}) == MOST_MESSAGES
    assert 25 < sum(len(message.text) for message in messages) / MOST_MESSAGES < 40
    assert [m.t_ns for m in messages] == sorted(m.t_ns for m in messages)
    assert messages[-1].t_ns < 5 * 10**9
