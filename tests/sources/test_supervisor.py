from __future__ import annotations

import time

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.sources.child_process import ChildProcess
from classroom_analyzer.sources.supervisor import Supervisor
from classroom_analyzer.sources.watch import SourceWatch
from tests.rigs import children
from tests.rigs.mjpeg import wait_until


class NoProcess(ChildProcess):
    """A child for which the system has no process left."""

    def start(self) -> None:
        raise OSError("Cannot allocate memory")


def test_a_process_that_cannot_be_started_is_tried_again(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.watch.FIRST_WAIT_S", 0.05)
    made: list[ChildProcess] = []

    def make_child() -> ChildProcess:
        kind = NoProcess if not made else ChildProcess
        made.append(kind(children.open_and_wait, (), "child"))
        return made[-1]

    supervisor = Supervisor("rig", make_child, print, lambda: 0, SourceWatch(time.monotonic_ns, 1))
    supervisor.start()
    wait_until(lambda: "Cannot allocate memory" in supervisor.detail, 5)
    assert supervisor.state is SourceState.RETRY
    wait_until(lambda: supervisor.opened is not None, 10)
    assert supervisor.stop()


def test_the_last_data_of_a_child_are_no_sign_of_life_of_the_next_one(monkeypatch):
    monkeypatch.setattr("classroom_analyzer.sources.watch.FIRST_WAIT_S", 0.05)
    came = [0]

    def count_new() -> int:
        new, came[0] = came[0], 0
        return new

    def take(message: object) -> None:
        came[0] += 1

    made: list[ChildProcess] = []

    def make_child() -> ChildProcess:
        made.append(ChildProcess(children.say_and_go if not made else children.open_and_wait, (), "child"))
        return made[-1]

    supervisor = Supervisor("rig", make_child, take, count_new, SourceWatch(time.monotonic_ns, 1))
    supervisor.start()
    wait_until(lambda: len(made) == 2, 10)
    time.sleep(1.5)
    assert supervisor.state is SourceState.RETRY
    assert supervisor.detail == "it went"
    assert supervisor.stop()
    assert supervisor.state is SourceState.OFF
