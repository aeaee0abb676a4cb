from __future__ import annotations

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.sources.watch import Backoff, SourceWatch


class Clock:
    now_s = 0.0

    def __call__(self) -> int:
        return to_ns(self.now_s)


def test_a_source_goes_stale_after_1_s_and_is_lost_after_3_s_and_needs_enough_data_to_be_back():
    clock = Clock()
    watch = SourceWatch(clock, enough=3)
    assert watch.state is SourceState.OFF
    watch.started()
    for _ in range(3):
        assert watch.state is SourceState.STALE
        watch.arrived()
    assert watch.state is SourceState.OK
    clock.now_s = 1.1
    assert watch.state is SourceState.STALE
    clock.now_s = 3.1
    assert watch.state is SourceState.LOST
    watch.reopening()
    assert watch.state is SourceState.RETRY
    watch.arrived()
    watch.arrived()
    assert watch.state is SourceState.STALE
    watch.arrived()
    assert watch.state is SourceState.OK


def test_a_short_pause_does_not_ask_for_proof_again():
    clock = Clock()
    watch = SourceWatch(clock, enough=3)
    watch.started()
    for _ in range(3):
        watch.arrived()
    clock.now_s = 2.0
    watch.arrived()
    assert watch.state is SourceState.OK


def test_an_end_is_final():
    watch = SourceWatch(Clock(), enough=1)
    watch.started()
    watch.finished(SourceState.ENDED)
    watch.arrived()
    assert watch.state is SourceState.ENDED


def test_attempts_come_after_1_2_4_up_to_30_s():
    backoff = Backoff()
    assert [backoff.wait_s() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    backoff.reset()
    assert backoff.wait_s() == 1
