"""How large the detector shall see the picture: as small as the smallest face allows, because cost grows with area.

From time to time, and after a cut, a scout pass looks at the picture in two sizes, one for small and one for large
faces (CenterFace overlooks faces of several hundred pixels). What it finds sets the size of the passes in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.faces import Face
from classroom_analyzer.perception.opencv import cv2

__all__ = ["CutWatch", "ScaleChooser"]

TARGET_FACE_PX = 18.0  # width of the smallest face on the detector's input
SCOUT_LONG_PX = 1280  # a larger picture is scouted reduced to this
SMALL_LONG_PX = 960  # a smaller picture is scouted enlarged to this, by ``MAX_ENLARGEMENT`` at most
MAX_ENLARGEMENT = 2.0
LEAST_LONG_PX = 480  # no pass is smaller: below, turned and half-covered faces are lost first
IDLE_LONG_PX = 640  # while no face is known
SCOUT_GAP_NS = 10 * NS_PER_S
IDLE_SCOUT_GAP_NS = 2 * NS_PER_S
HYSTERESIS = 1.25  # the scale stays while the wanted one is within this factor
CUT_LEVELS = 30.0  # mean change of a 16 x 9 grey thumbnail, of 255
THUMB_SIZE = (16, 9)
THUMB_LINES = 90  # of the picture are looked at for it


@dataclass(slots=True)
class ScaleChooser:
    """Chooses detector scales for one stream of pictures of one size."""

    _scale: float | None = None
    _scouted_ns: int | None = None

    def scales(self, t_ns: int, shape: tuple[int, ...], cut: bool = False) -> tuple[float, ...]:
        """Scales at which to look at this frame.

        Args:
            t_ns: Time of the frame.
            shape: Picture shape, height and width first.
            cut: Whether this frame shows another scene than the one before.

        Returns:
            Two scales for a scout pass, large first; one for an ordinary pass.
        """
        largest, least, idle = limits(shape)
        gap_ns = IDLE_SCOUT_GAP_NS if self._scale is None else SCOUT_GAP_NS
        if cut or self._scouted_ns is None or t_ns - self._scouted_ns >= gap_ns:
            self._scouted_ns = t_ns
            return (largest,) if largest == least else (largest, least)
        return (idle if self._scale is None else self._scale,)

    def idle_scale(self, shape: tuple[int, ...]) -> float:
        """Scale for a look at a picture in which nobody is expected."""
        return limits(shape)[2]

    def learn(self, shape: tuple[int, ...], faces: Sequence[Face], known_widths_px: Sequence[float]) -> None:
        """Set the scale from a scout pass.

        Args:
            shape: Picture shape.
            faces: Faces of the scout pass, picture pixels.
            known_widths_px: Widths of faces that were seen lately, so that a face the scout missed still counts.
        """
        widths_px = [face.box.w_px for face in faces if face.sure] + list(known_widths_px)
        if not widths_px:
            self._scale = None
            return
        largest, least, _ = limits(shape)
        wanted = min(max(TARGET_FACE_PX / max(min(widths_px), 1.0), least), largest)
        if self._scale is None or not 1 / HYSTERESIS < wanted / self._scale < HYSTERESIS:
            self._scale = wanted


def limits(shape: tuple[int, ...]) -> tuple[float, float, float]:
    """Largest, least and idle scale for a picture.

    Args:
        shape: Picture shape, height and width first.

    Returns:
        Largest >= idle >= least, factors on the picture's sides.
    """
    long_px = max(shape[:2])
    if long_px >= SCOUT_LONG_PX:
        largest = SCOUT_LONG_PX / long_px
    else:
        largest = min(max(SMALL_LONG_PX / long_px, 1.0), MAX_ENLARGEMENT)
    return largest, min(LEAST_LONG_PX / long_px, largest), min(IDLE_LONG_PX / long_px, largest)


@dataclass(slots=True)
class CutWatch:
    """Tells when the whole picture changes at once."""

    _before: NDArray[np.float32] | None = None

    def is_cut(self, image: NDArray[np.uint8]) -> bool:
        """Compare with the picture of the last call; False at the first.

        Args:
            image: ``(h, w, 3) uint8 BGR``.
        """
        step = max(min(image.shape[0] // THUMB_LINES, image.shape[1] // THUMB_LINES), 1)
        small = cv2.resize(image[::step, ::step], THUMB_SIZE, interpolation=cv2.INTER_AREA)
        now = np.asarray(small, np.float32).mean(axis=2)
        before, self._before = self._before, now
        return before is not None and float(np.abs(now - before).mean()) > CUT_LEVELS
