"""A live lesson without a window, as scripts hold it: ended by a signal it is kept, by a second one at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from classroom_analyzer.cli.main import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
START_WITHIN_S = 60.0
AT_ONCE_S = 5.0


@contextmanager
def held(out: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A lesson of the chat alone, which needs no device, as soon as it runs."""
    command = [sys.executable, "-m", "classroom_analyzer", "live", "--headless", "--chat-port", "0", "--name", "held",
               "--policy", "observe", "--place", "other", "--out", str(out), *arguments]  # fmt: skip
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=os.environ
    )
    try:
        deadline_s = time.monotonic() + START_WITHIN_S
        assert process.stderr is not None
        while "the lesson runs" not in process.stderr.readline():
            assert time.monotonic() < deadline_s
            assert process.poll() is None
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its stopped children, too, which hold its pipes
        process.communicate()


def alive_in(session: int) -> list[int]:
    """Processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_lesson_and_keeps_it(tmp_path: Path, ending: signal.Signals):
    with held(tmp_path, "--json") as process:
        time.sleep(2)
        process.send_signal(ending)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out)["lesson"].endswith("held.lesson")
    assert json.loads((tmp_path / "held.lesson" / "lesson.json").read_text())["status"] == "complete"


def test_a_lesson_ends_when_nobody_can_be_told_of_it_any_more(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    from classroom_analyzer.app import live

    class Unseen:
        chat_address = None
        stopped = False

        def stop(self) -> None:
            self.stopped = True

        def dashboard(self):
            raise BrokenPipeError

    lesson = Unseen()
    monkeypatch.setattr(live, "start_live", lambda *_: lesson)
    with pytest.raises(BrokenPipeError):
        run(["live", "--headless", "--mic", "default"], open_demo=lambda: 0, open_session=lambda session: 0)
    assert lesson.stopped


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is that of Linux")
def test_a_second_ctrl_c_ends_at_once_and_leaves_no_process(tmp_path: Path):
    with held(tmp_path) as process:
        children = [pid for pid in alive_in(process.pid) if pid != process.pid]
        for pid in children:
            os.kill(pid, signal.SIGSTOP)  # so that closing the lesson takes its time
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        while "stopping" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(AT_ONCE_S) == 5
        for pid in children:
            os.kill(pid, signal.SIGCONT)
        deadline_s = time.monotonic() + 10
        while (left := alive_in(process.pid)) and time.monotonic() < deadline_s:
            time.sleep(0.05)
        assert left == []
    assert json.loads((tmp_path / "held.lesson" / "lesson.json").read_text())["status"] == "recording"
