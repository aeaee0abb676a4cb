"""Starts what is measured in a process of its own, follows its progress, and ends it when the user stops."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from classroom_analyzer.app.bench.workbench import Workbench
from classroom_analyzer.domain.progress import Progress
from classroom_analyzer.settings.paths import HOME_VARIABLE

__all__ = ["ChildFailedError", "run_child", "run_lines", "startup_s"]

STARTUP_LIMIT_S = 60.0


class ChildFailedError(RuntimeError):
    """A process that was started ended without a result; the message is the last line of what it said."""


def startup_s(bench: Workbench) -> float:
    """Median time of ``classroom-analyzer --help`` in fresh processes.

    Raises:
        ChildFailedError: It does not answer.
    """
    took_s = []
    for _ in range(bench.effort.starts):
        bench.check()
        started_s = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "classroom_analyzer", "--help"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=STARTUP_LIMIT_S,
            check=False,
        )
        if done.returncode:
            raise ChildFailedError(f"--help ended with code {done.returncode}")
        took_s.append(time.perf_counter() - started_s)
    return median(took_s)


def run_child(bench: Workbench, job: str, arguments: dict[str, Any], step: str, progress: Progress) -> dict[str, Any]:
    """Run a job of ``child``.

    Raises:
        ChildFailedError: It ended without a result.
        StoppedByUserError: A stop was asked for; the process is ended.
    """
    environment = {
        HOME_VARIABLE: str(bench.home),
        # Its lesson is thrown away: it must not make a key in the user's keyring.
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "CLASSROOM_ANALYZER_PASSPHRASE": os.urandom(8).hex(),
    }
    command = [sys.executable, "-m", "classroom_analyzer.app.bench.child", job, json.dumps(arguments)]
    return run_lines(bench, command, environment, step, progress)


def run_lines(
    bench: Workbench, command: Sequence[str], environment: dict[str, str], step: str, progress: Progress
) -> dict[str, Any]:
    """Run a command that says ``{"done": .., "total": ..}`` and at last ``{"result": ..}`` on lines of its own.

    Args:
        bench: Tells when to stop.
        command: Program and arguments.
        environment: Added to this process's own.
        step: Name for ``progress``.
        progress: Told how far the command is.

    Raises:
        ChildFailedError: It cannot be started or ended without a result.
        StoppedByUserError: A stop was asked for; the process is ended.
    """
    log = bench.scratch / "child.log"
    with log.open("w") as complaints:
        try:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=complaints, text=True, env={**os.environ, **environment}
            )
        except OSError as error:
            raise ChildFailedError(f"{Path(command[0]).name} cannot be started ({error.strerror})") from error
        with process:
            try:
                result = _follow(bench, process, step, progress)
            finally:
                process.terminate()
    bench.check()  # a key press stops both processes, this one last
    if result is None:
        said = log.read_text(errors="replace").strip().splitlines()
        raise ChildFailedError(said[-1] if said else f"it ended with code {process.returncode}")
    return result


def _follow(bench: Workbench, process: subprocess.Popen[str], step: str, progress: Progress) -> dict[str, Any] | None:
    for line in process.stdout or ():
        bench.check()
        try:
            fact = json.loads(line)
        except ValueError:
            continue
        if not isinstance(fact, dict):
            continue
        if "result" in fact:
            found: dict[str, Any] = fact["result"]
            return found
        progress(step, fact["done"], fact["total"])
    return None
