"""What has to surround the first import of OpenCV in a process, wherever it is.

The wheel points Qt at its own plugins, which crashes a PySide6 window made later in the same process or in a child; and
an image may be no larger than the picture limit of this program.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from classroom_analyzer.domain.media import MAX_PIXELS

__all__ = ["opencv_guard"]

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


@contextmanager
def opencv_guard() -> Iterator[None]:
    """Import OpenCV inside: limits are set before, and Qt's variables are afterwards what they were."""
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # a lost camera is reported by state, not on the terminal
    before = {name: os.environ.get(name) for name in _QT_VARIABLES}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
