"""A private PulseAudio server with one null sink: its monitor is a real microphone without hardware.

Needs the Debian packages pulseaudio, pulseaudio-utils, libasound2-plugins and libportaudio2.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest

TOOLS = ("pulseaudio", "pactl", "paplay")
START_WITHIN_S = 10.0


def skip_without_pulseaudio() -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


class PulseRig:
    """Context manager; the environment of this process points at the server while it runs.

    The monitor delivers its first sound one to two seconds after it is opened.
    """

    def __init__(self, sink: str = "rig") -> None:
        self.sink = sink
        self._stack = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PulseRig:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="pulse-")))
        folder.chmod(0o700)
        config = folder / "pa.conf"
        config.write_text(
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={folder}/native\n"
            f"load-module module-null-sink sink_name={self.sink} rate=48000\n"
            f"set-default-sink {self.sink}\n"
        )
        private = {"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
        self._process = subprocess.Popen(
            ["pulseaudio", "-n", "-F", str(config), "--exit-idle-time=-1", "--daemonize=no", "--disallow-exit"],
            env=os.environ | private,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(self._end)
        environment = {
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_SOURCE": f"{self.sink}.monitor",
            "PULSE_LATENCY_MSEC": "30",
        }
        self._stack.enter_context(_environment(environment))
        deadline = time.monotonic() + START_WITHIN_S
        while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
            if time.monotonic() > deadline:
                self._stack.close()
                pytest.skip("pulseaudio does not start here")
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def play(self, sound: Path, sink: str | None = None) -> subprocess.Popen[bytes]:
        """Begin to play a sound file into the sink, or into another one."""
        return subprocess.Popen(["paplay", f"--device={sink or self.sink}", str(sound)])

    def load(self, module: str) -> str:
        """Load a module with its arguments; return its number."""
        return subprocess.run(
            ["pactl", "load-module", *module.split()], check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()

    def unload(self, number: str) -> None:
        """Unload one module."""
        subprocess.run(["pactl", "unload-module", number], check=True)

    def unload_sink(self) -> None:
        """Take the microphone away, and every other null sink."""
        subprocess.run(["pactl", "unload-module", "module-null-sink"], check=True)

    def freeze(self) -> None:
        """Let the server hang."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def _end(self) -> None:
        if self._process is not None:
            self.thaw()
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
