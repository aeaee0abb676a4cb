"""Parts that a child process can make: a camera's analyzer that is as slow or as fragile as a test wants."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from classroom_analyzer.domain.faces import Box, FrameAnalysis, SeatSighting
from classroom_analyzer.domain.readings import VisionSecond
from classroom_analyzer.pipeline.parts import EngineParts

PLACE = Box(10.0, 20.0, 30.0, 40.0)


class ScriptedVision:
    """Sees one person at one place, whose number is the one after those that were given before."""

    picture_rate_hz = 10.0
    gallery_hidden = False

    def __init__(self, takes_s: float) -> None:
        self._takes_s = takes_s
        self._frames = 0
        self._excluded: frozenset[int] = frozenset()
        self._seat = 1

    def analyze(self, frame):
        time.sleep(self._takes_s)
        self._frames += 1
        return FrameAnalysis(frame.t_ns, (SeatSighting(self._seat, PLACE, None, None, None),))

    def second(self, t_s: int) -> VisionSecond:
        frames, self._frames = self._frames, 0
        return VisionSecond(t_s, frames, 1.0 if frames else None, (), ())

    def masked(self, frame, analysis):
        return np.zeros_like(frame.image) if self._excluded else frame.image

    def exclude(self, seat: int) -> None:
        self._excluded |= {seat}

    @property
    def places(self):
        return {self._seat: (PLACE, PLACE)}

    def resume(self, places, last_seat: int) -> None:
        self._seat = next(iter(places))


@dataclass(frozen=True)
class ScriptedParts:
    """Makes the parts in the child."""

    takes_s: float = 0.0
    loads_s: float = 0.0

    def __call__(self) -> EngineParts:
        time.sleep(self.loads_s)
        return EngineParts(ScriptedVision(self.takes_s), None, None, None, (), "cpu", [])  # type: ignore[arg-type]


def refuse() -> EngineParts:
    """Parts that cannot be made."""
    from classroom_analyzer.errors import ModelMissingError

    raise ModelMissingError("pack:none", "install it")
