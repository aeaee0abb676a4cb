"""Whether seats stay where they were born: the measure of a tracker that needs no names.

A seat switch is a seat that leaves its home. Its home is the tile or fixed place of the truth in which it was first
seen; where the truth knows none, the spot itself. In a tile a seat is at home while the middle of its face is inside
the tile; at a fixed place while that place is the nearest of all and at most ``LEAVE_SIZES`` face sizes away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_analyzer.domain.faces import Box, FrameAnalysis

__all__ = ["LEAVE_SIZES", "Place", "SwitchCounter"]

# People lean and sway by up to about one face size on their chairs; the next chair is two or more away.
LEAVE_SIZES = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody belongs.

    Attributes:
        box: The tile; for a fixed place the face.
        is_tile: Whether ``box`` is the tile of a call.
        people: How many belong there.
    """

    box: Box
    is_tile: bool
    people: int = 1

    def holds(self, face: Box) -> bool:
        """Whether a face is there."""
        x, y = face.centre_px
        if self.is_tile:
            inside = self.box.x_px <= x < self.box.x_px + self.box.w_px
            return inside and self.box.y_px <= y < self.box.y_px + self.box.h_px
        return self.distance(face) <= LEAVE_SIZES

    def distance(self, face: Box) -> float:
        """Between centres, in face sizes (square root of the face's area at this place)."""
        (x1, y1), (x2, y2) = self.box.centre_px, face.centre_px
        return math.hypot(x1 - x2, y1 - y2) / math.sqrt(self.box.area_px)


class SwitchCounter:
    """Follows seats through a video.

    Args:
        places: Tiles or fixed places of the truth, disjoint; empty when none are known.

    Attributes:
        switches: Times that a seat left its home. Coming back is not counted; leaving again is.
        second_seats: Seats born in a place of the truth that had its people already: one person got a second number,
            or something that is no face got one.
    """

    def __init__(self, places: Sequence[Place] = ()) -> None:
        self._places = places
        self._homes: dict[int, Place] = {}
        self._away: set[int] = set()
        self.switches = 0
        self.second_seats = 0

    def add(self, analysis: FrameAnalysis) -> None:
        """Take one frame; seats that are not seen in it stay where they were."""
        for sighting in analysis.seats:
            if sighting.face is None:
                continue
            seat, box = sighting.seat, sighting.face.box
            if seat not in self._homes:
                self._settle(seat, box)
            elif self._is_home(seat, box):
                self._away.discard(seat)
            elif seat not in self._away:
                self._away.add(seat)
                self.switches += 1

    def _settle(self, seat: int, box: Box) -> None:
        place = self._place_of(box)
        if place is not None:
            self.second_seats += list(self._homes.values()).count(place) >= place.people
        self._homes[seat] = place or Place(box, is_tile=False)

    def _is_home(self, seat: int, box: Box) -> bool:
        home = self._homes[seat]
        return home.holds(box) and (home not in self._places or self._place_of(box) == home)

    def _place_of(self, box: Box) -> Place | None:
        return min((p for p in self._places if p.holds(box)), key=lambda p: p.distance(box), default=None)
