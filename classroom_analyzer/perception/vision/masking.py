"""Hiding excluded seats: a solid fill, before any encoder or view gets the picture. In doubt, everything is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box

__all__ = ["GROWTH", "OPEN_MASK", "SHUT_MASK", "Mask", "seat_mask"]

GROWTH = 0.3  # TRUST.md: the box grown by 30 %, united with the area the seat was ever seen in
FILL = 0  # black


@dataclass(frozen=True, slots=True)
class Mask:
    """What of a picture must not be seen.

    Attributes:
        areas: Rectangles, picture pixels.
        whole: True hides the whole picture.
    """

    areas: tuple[Box, ...] = ()
    whole: bool = False

    @property
    def hides_nothing(self) -> bool:
        """Whether the picture may be seen as it is."""
        return not self.whole and not self.areas

    def also(self, areas: Sequence[Box]) -> Mask:
        """This mask and more rectangles."""
        return Mask((*self.areas, *areas), self.whole)

    def fill(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Fill what is hidden.

        Args:
            image: ``(h, w, 3) uint8``.

        Returns:
            A filled copy; ``image`` itself when nothing is hidden.
        """
        if self.hides_nothing:
            return image
        if self.whole:
            return np.full_like(image, FILL)
        filled = image.copy()
        for area in self.areas:
            left, top = max(int(np.floor(area.x_px)), 0), max(int(np.floor(area.y_px)), 0)
            right, bottom = int(np.ceil(area.x_px + area.w_px)), int(np.ceil(area.y_px + area.h_px))
            filled[top : max(bottom, 0), left : max(right, 0)] = FILL
        return filled


OPEN_MASK = Mask()
SHUT_MASK = Mask(whole=True)


def seat_mask(excluded: frozenset[int], places: dict[int, tuple[Box, Box]]) -> Mask:
    """Mask for excluded seats; fails closed.

    Args:
        excluded: Seat numbers that must not be seen.
        places: Per seat number its newest box and the area it was ever seen in, picture pixels.

    Returns:
        Both rectangles of each excluded seat, grown; the whole picture while an excluded seat has no place yet,
        because the person may be anywhere.
    """
    if not excluded:
        return OPEN_MASK
    if not excluded <= places.keys():
        return SHUT_MASK
    return Mask(tuple(box.grown(GROWTH) for seat in sorted(excluded) for box in places[seat]))
