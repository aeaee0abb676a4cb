"""The one place of this package that imports OpenCV."""

from __future__ import annotations

from classroom_analyzer.settings.opencv_guard import opencv_guard

with opencv_guard():
    import cv2

__all__ = ["cv2"]

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
