"""A display without hardware and a person's hands on its keyboard: Xvfb and xdotool.

Needs the Debian packages xvfb and xdotool.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pytest

TOOLS = ("Xvfb", "xdotool")
SIZE = "1280x800x24"
KEY_GAP_MS = 30


def skip_without_display_tools() -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


class DesktopRig:
    """Context manager; ``environment`` lets a process draw there. There is no window manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.display = ""

    def __enter__(self) -> DesktopRig:
        read, write = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as number:
            said = number.readline().strip()
        if not said:
            self._end()
            pytest.skip("Xvfb does not start here")
        self.display = f":{said}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that draws on this display."""
        kept = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return {**kept, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}

    def windows(self, title: str) -> list[str]:
        """Ids of visible windows whose title holds a text, oldest first."""
        return self._do("search", "--onlyvisible", "--name", title).split()

    def wait_for(self, title: str, within_s: float) -> tuple[str, float]:
        """Wait for a window; its id and how long it took, seconds."""
        began = time.monotonic()
        while not (found := self.windows(title)):
            assert time.monotonic() - began < within_s, f"no window {title!r} within {within_s} s"
            time.sleep(0.02)
        return found[-1], time.monotonic() - began

    def wait_gone(self, title: str, within_s: float) -> float:
        """Wait until no such window is there; how long it took, seconds."""
        began = time.monotonic()
        while self.windows(title):
            assert time.monotonic() - began < within_s, f"window {title!r} still there after {within_s} s"
            time.sleep(0.02)
        return time.monotonic() - began

    def focus(self, window: str) -> None:
        """Give a window the keyboard, as a window manager would."""
        self._do("windowfocus", "--sync", window)

    def press(self, *keys: str) -> None:
        """Press keys by their X names, such as ``Tab`` or ``ctrl+r``."""
        for key in keys:
            self._do("key", "--clearmodifiers", "--delay", str(KEY_GAP_MS), key)
            time.sleep(KEY_GAP_MS / 1000)

    def write(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", str(KEY_GAP_MS // 3), text)

    def picture(self, path: Path) -> None:
        """Keep what is on the display, for a person who looks for the cause of a failure."""
        import mss
        import mss.tools

        with mss.mss(display=self.display) as grabber:
            shot = grabber.grab(grabber.monitors[0])
            mss.tools.to_png(shot.rgb, shot.size, output=str(path))

    def _do(self, *command: str) -> str:
        done = subprocess.run(
            ["xdotool", *command], capture_output=True, text=True, timeout=20, check=False, env=self.environment
        )
        return done.stdout

    def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)


def wait_true(condition: Callable[[], bool], within_s: float, what: str) -> float:
    """Wait for a condition; how long it took, seconds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within_s, f"{what}: not within {within_s} s"
        time.sleep(0.05)
    return time.monotonic() - began
