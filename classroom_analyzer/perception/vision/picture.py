"""Why nobody can be seen in a picture, when the reason is the picture."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["PictureTrouble", "picture_trouble"]

LEAST_SIDE_PX = 48
DARK_LEVEL = 12.0  # of 255
PLAIN_LEVELS = 2.0  # standard deviation
STEP_PX = 8  # every so many pixels are looked at


class PictureTrouble(StrEnum):
    """What is wrong with a picture, as it is told to people."""

    TINY = "too small to show a face"
    BLACK = "black: is the camera covered, or the room dark?"
    PLAIN = "of one plain colour: is the camera covered or too bright?"
    SIDEWAYS = "lying on its side: turn the camera or the recording by a quarter"


def picture_trouble(image: NDArray[np.uint8]) -> PictureTrouble | None:
    """Look for what makes a picture useless.

    Args:
        image: ``(h, w, 3) uint8 BGR``.
    """
    if min(image.shape[:2]) < LEAST_SIDE_PX:
        return PictureTrouble.TINY
    some = image[::STEP_PX, ::STEP_PX]
    if float(some.mean()) < DARK_LEVEL and float(some.std()) < DARK_LEVEL:
        return PictureTrouble.BLACK
    return PictureTrouble.PLAIN if float(some.std()) < PLAIN_LEVELS else None
