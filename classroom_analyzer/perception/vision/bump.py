"""A bumped or turned camera: everybody's place moves at once, by the same step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.faces import Box

__all__ = ["IN_PLACE", "common_step_px"]

IN_PLACE = 0.6  # of a face's size: who is nearer to a place is in it
LANDED = 0.4  # and after the step
LEAST_PLACES = 2  # one person who moves is one person who moves
LEAST_SHARE = 0.7  # of the places that the step must bring onto faces,
BETTER_BY = 0.4  # and so much of them more than are in their places without it


def common_step_px(places: Sequence[Box], faces: Sequence[Box]) -> tuple[float, float] | None:
    """Find the one step that brings the places of those just seen onto the faces of now.

    Args:
        places: Where people were a moment ago.
        faces: Where faces are now, in any order.

    Returns:
        Step to the right and down in pixels; None when most people are in their places, and when no step explains
        better where they are.
    """
    if len(places) < LEAST_PLACES or len(faces) < LEAST_PLACES:
        return None
    before, now = _centres(places), _centres(faces)
    sizes = np.sqrt([place.area_px for place in places])
    steps = now[None, :] - before[:, None]  # (places, faces, 2)
    in_place = int((np.linalg.norm(steps, axis=2).min(axis=1) <= IN_PLACE * sizes).sum())
    least = max(LEAST_PLACES, LEAST_SHARE * len(places), in_place + BETTER_BY * len(places))
    if least > len(places):
        return None
    candidates = steps.reshape(-1, 2)
    apart = np.linalg.norm(candidates[:, None, None] + before[None, :, None] - now[None, None], axis=3)
    landed = apart.min(axis=2) <= LANDED * sizes
    best = int(landed.sum(axis=1).argmax())
    if landed[best].sum() < least:
        return None
    rows = np.flatnonzero(landed[best])
    step = (now[apart[best, rows].argmin(axis=1)] - before[rows]).mean(axis=0)
    return float(step[0]), float(step[1])


def _centres(boxes: Sequence[Box]) -> NDArray[np.float64]:
    return np.array([box.centre_px for box in boxes])
