"""A part of the screen as a camera: the window of a video call."""

from __future__ import annotations

import time
from dataclasses import dataclass

import mss
import mss.exception
import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.media import MAX_PIXELS
from classroom_analyzer.errors import DeviceUnavailableError

__all__ = ["ScreenRegion"]

MIN_GAP_S = 0.1  # the screen is looked at ten times a second at most


@dataclass(slots=True)
class ScreenRegion:
    """A rectangle of the screen, all monitors joined; a ``PictureDevice``.

    Attributes:
        x: Left edge, screen pixels.
        y: Top edge.
        w: Width.
        h: Height.
    """

    x: int
    y: int
    w: int
    h: int
    _grabber: mss.MSS | None = None
    _last_s: float = 0.0
    _taken_ns: int = 0

    @property
    def name(self) -> str:
        """Position and size."""
        return f"screen {self.x},{self.y},{self.w},{self.h}"

    @property
    def ended(self) -> bool:
        """A screen never ends."""
        return False

    @property
    def may_be_still(self) -> bool:
        """What is shown may stay as it is."""
        return True

    @property
    def taken_ns(self) -> int:
        """When the newest picture was taken, ``time.monotonic_ns``."""
        return self._taken_ns

    @property
    def skipped(self) -> int:
        """None: the screen is asked for each picture."""
        return 0

    def open(self) -> None:
        """Connect to the screen; read and close in the same thread.

        Raises:
            DeviceUnavailableError: There is no screen, or the rectangle lies outside of it.
        """
        self.close()
        if self.w <= 0 or self.h <= 0 or self.w * self.h > MAX_PIXELS:
            raise DeviceUnavailableError(self.name, "width and height must be above 0 and not larger than a screen")
        try:
            grabber = mss.MSS()
            whole = grabber.monitors[0]
        except mss.exception.ScreenShotError as error:
            raise DeviceUnavailableError(self.name, "there is no screen that may be read") from error
        across = min(self.x + self.w, whole["left"] + whole["width"]) - max(self.x, whole["left"])
        down = min(self.y + self.h, whole["top"] + whole["height"]) - max(self.y, whole["top"])
        if across < self.w or down < self.h:
            grabber.close()
            size = f"{whole['width']} x {whole['height']}"
            raise DeviceUnavailableError(self.name, f"it reaches over the edge of the screen, which has {size}")
        self._grabber = grabber

    def read(self) -> NDArray[np.uint8] | None:
        """Take a picture, a tenth of a second after the last one at the earliest.

        Returns:
            ``(h, w, 3) uint8 BGR`` (larger on screens with scaled pixels); None when the screen is gone.
        """
        if self._grabber is None:
            return None
        time.sleep(max(0.0, self._last_s + MIN_GAP_S - time.monotonic()))
        self._last_s = time.monotonic()
        self._taken_ns = time.monotonic_ns()
        try:
            shot = self._grabber.grab({"left": self.x, "top": self.y, "width": self.w, "height": self.h})
        except mss.exception.ScreenShotError:
            return None
        return np.ascontiguousarray(np.asarray(shot, dtype=np.uint8)[:, :, :3])

    def close(self) -> None:
        """Let go of the screen."""
        if self._grabber is not None:
            self._grabber.close()
        self._grabber = None
