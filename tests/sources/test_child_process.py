"""Children that answer, hang, crash, fail and lose their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.child_process import ChildFailed, ChildProcess, RestartBudget
from tests.rigs import children
from tests.rigs.mjpeg import wait_until


def started(entry, *arguments, **options) -> ChildProcess:
    child = ChildProcess(entry, arguments, "test child", **options)
    child.start()
    return child


def test_messages_go_both_ways_in_order_and_it_ends_by_itself_when_asked():
    before = threading.active_count()
    child = started(children.echo, "you said")
    assert child.receive(30) == "you said is up"
    for number in range(100):
        child.send(number)
    assert [child.receive(5) for _ in range(100)] == [("you said", n) for n in range(100)]
    assert child.poll() == []
    assert child.alive
    assert child.exit_code is None
    assert child.stop()
    assert child.exit_code == 0
    assert not child.alive
    assert threading.active_count() == before


def test_it_beats_while_it_has_nothing_to_say():
    child = started(children.echo, "x")
    child.receive(30)
    time.sleep(1.2)
    assert child.silent_s < 0.8
    child.stop()


def test_a_child_that_hangs_is_killed_within_one_and_a_half_seconds():
    child = started(children.hang)
    assert child.receive(30) == "hanging"
    began_s = time.monotonic()
    assert not child.stop()
    assert time.monotonic() - began_s < 1.5
    assert child.exit_code == -signal.SIGKILL


def test_a_child_in_which_nothing_runs_falls_silent_and_sending_to_it_never_waits():
    child = started(children.freeze)
    assert child.receive(30) == "freezing"
    began_s = time.monotonic()
    for _ in range(20):
        child.send(b"x" * 100_000)  # more than any pipe holds
    assert time.monotonic() - began_s < 0.5
    wait_until(lambda: child.silent_s > 0.9, 3)
    began_s = time.monotonic()
    assert not child.stop(ask_s=0.2)
    assert time.monotonic() - began_s < 1.0


def test_a_stopped_child_is_killed_too():
    child = started(children.echo, "x")
    child.receive(30)
    os.kill(child.pid, signal.SIGSTOP)
    assert not child.stop(ask_s=0.2)


def test_a_crash_is_seen_with_its_signal():
    child = started(children.crash)
    assert child.receive(30) is None
    wait_until(lambda: not child.alive, 5)
    assert child.exit_code == -signal.SIGSEGV
    child.send("nobody hears this")
    assert child.stop()


def test_what_a_child_raises_arrives_with_its_class():
    child = started(children.fail, "known")
    failed = child.receive(30)
    assert isinstance(failed, ChildFailed)
    assert isinstance(failed.error, DeviceUnavailableError)
    assert str(failed.error) == "C920 cannot be opened (another program is using it); there are: Other"
    assert "tests/rigs/children.py" in failed.trace
    child.stop()
    assert child.exit_code == 1


def test_what_cannot_travel_arrives_in_words():
    child = started(children.fail, "foreign")
    failed = child.receive(30)
    assert isinstance(failed, ChildFailed)
    assert str(failed.error) == "Local: of this function only"
    child.stop()


def test_ctrl_c_is_for_the_parent_alone():
    child = started(children.ignore_interrupt)
    assert child.receive(30) == "alive"
    assert child.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes in place of numbers")
def test_a_child_can_step_back_for_others():
    child = started(children.tell_niceness, niceness=3)
    assert child.receive(30) == os.nice(0) + 3
    child.stop()


def test_what_cannot_be_sent_is_the_senders_error():
    child = started(children.echo, "x")
    child.receive(30)
    with pytest.raises((AttributeError, TypeError, ValueError)):
        child.send(threading.Lock())
    assert child.stop()


def test_one_that_was_never_started_can_be_stopped():
    assert ChildProcess(children.hang, (), "idle").stop()


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
@pytest.mark.parametrize("program", ["echo", "hang"])
def test_a_child_ends_when_its_parent_is_killed_and_nothing_is_complained_about(tmp_path, program):
    pid_file = tmp_path / "pid"
    code = f"from tests.rigs.children import have_grandchild; have_grandchild({program!r}, {str(pid_file)!r})"
    parent = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: pid_file.exists() and pid_file.read_text(), 30)
    pid = int(pid_file.read_text())
    os.kill(pid, 0)
    parent.kill()
    assert parent.communicate(timeout=10)[1] == ""  # also waits for all that hold the standard error: child and tracker
    wait_until(lambda: not _runs(pid), 3)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_three_restarts_in_five_minutes_are_granted_and_no_fourth():
    now_s = 0.0
    budget = RestartBudget(clock_s=lambda: now_s)
    assert [budget.allow() for _ in range(4)] == [True, True, True, False]
    now_s = 299.0
    assert not budget.allow()
    now_s = 300.0
    assert [budget.allow() for _ in range(4)] == [True, True, True, False]
