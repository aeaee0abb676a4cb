"""A virtual screen and a window on it, announced as window managers do.

Needs the Debian packages xvfb and libxkbcommon-x11-0 with what Qt's ``xcb`` wants.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

XA_WINDOW = 33
REPLACE = 0


def announce(display: str, windows: list[int]) -> None:
    """Set ``_NET_CLIENT_LIST`` of the root window (Extended Window Manager Hints)."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XChangeProperty.argtypes = [
        ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
        ctypes.c_void_p, ctypes.c_int,
    ]  # fmt: skip
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    connection = x11.XOpenDisplay(display.encode())
    assert connection, f"no X server at {display}"
    name = x11.XInternAtom(connection, b"_NET_CLIENT_LIST", 0)
    values = (ctypes.c_ulong * len(windows))(*windows)
    root = x11.XDefaultRootWindow(connection)
    x11.XChangeProperty(connection, root, name, XA_WINDOW, 32, REPLACE, values, len(windows))
    x11.XCloseDisplay(connection)


@contextlib.contextmanager
def virtual_screen(width_px: int, height_px: int) -> Iterator[str]:
    """Run an X server of the test's own; its name is given and stands in ``DISPLAY`` meanwhile."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    read_fd, write_fd = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write_fd),
            "-screen",
            "0",
            f"{width_px}x{height_px}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[write_fd],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_fd)
    with os.fdopen(read_fd) as pipe:
        number = pipe.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DISPLAY", f":{number}")
            patch.delenv("WAYLAND_DISPLAY", raising=False)
            yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class WindowRig:
    """A window in a process of its own: ``title``, of one colour, which changes while ``moving``."""

    def __init__(self, title: str, *, moving: bool = True) -> None:
        code = f"from tests.rigs.x_windows import show; show({title!r}, {moving!r})"
        environment = os.environ | {"QT_QPA_PLATFORM": "xcb"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        if self._process.stdout is None or not self._process.stdout.readline().startswith("shown"):
            self.close()
            pytest.skip("Qt shows no window on X11 here")

    def close(self) -> None:
        if self._process.poll() is None:
            announce(os.environ["DISPLAY"], [])  # window managers name no window that is gone
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


SIZE_PX = (320, 200)
COLOUR_BGR = (200, 60, 30)


def show(title: str, moving: bool) -> None:
    """The window's process."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    window = QLabel()
    window.setWindowTitle(title)
    window.setFixedSize(*SIZE_PX)
    blue, green, red = COLOUR_BGR
    shade = [0]

    def paint() -> None:
        window.setStyleSheet(f"background: rgb({red + shade[0] % 20}, {green}, {blue})")
        shade[0] += 1

    paint()
    window.show()
    application.processEvents()
    announce(os.environ["DISPLAY"], [int(window.winId())])
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    timer = QTimer()
    timer.timeout.connect(paint)
    if moving:
        timer.start(100)
    application.exec()
