"""The one place of this package that imports OpenCV, and what has to surround that import.

The wheel points Qt at its own plugins, which breaks a PySide6 window in the same process; and an image may be no
larger than the picture limit of this program.
"""

from __future__ import annotations

import os

from classroom_analyzer.sources.limits import MAX_PIXELS

__all__ = ["cv2"]

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_PIXELS))
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # a lost camera is reported by state, not on the terminal
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}

import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
