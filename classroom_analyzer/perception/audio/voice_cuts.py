"""Cuts speech at its pauses into stretches short enough to be one person's and long enough to tell whose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_S

__all__ = ["ENROLMENT_S", "SHORTEST_FRAMES", "VoiceCollector", "VoiceCut", "VoiceCutter"]

ENROLMENT_S = 20.0
LONGEST_FRAMES = round(2.0 / FRAME_S)
SHORTEST_FRAMES = round(0.6 / FRAME_S)  # less tells nothing of a voice


@dataclass(frozen=True, slots=True, eq=False)
class VoiceCut:
    """A stretch of speech without a pause: ``(n, 512) float32`` from ``start_ns`` on."""

    start_ns: int
    frames: NDArray[np.float32]

    @property
    def end_ns(self) -> int:
        """First sample behind it."""
        return self.start_ns + len(self.frames) * FRAME_NS


class VoiceCutter:
    """Cuts what comes behind the speech gate into stretches of at most two seconds."""

    def __init__(self) -> None:
        self._parts: list[NDArray[np.float32]] = []
        self._start_ns = 0

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> list[VoiceCut]:
        """Take what follows; return the stretches that it ends."""
        done: list[VoiceCut] = []
        for i, speech in enumerate(voiced):
            if not speech:
                done += self.close()
                continue
            if not self._parts:
                self._start_ns = start_ns + i * FRAME_NS
            self._parts.append(frames[i])
            if len(self._parts) == LONGEST_FRAMES:
                done += self.close()
        return done

    def close(self) -> list[VoiceCut]:
        """End the stretch going on, if there is one."""
        if not self._parts:
            return []
        cut = VoiceCut(self._start_ns, np.stack(self._parts))
        self._parts = []
        return [cut]


class VoiceCollector:
    """A ``VoiceListener`` that keeps the first 20 s of speech, for an enrolment."""

    def __init__(self) -> None:
        self._cutter = VoiceCutter()
        self._stretches: list[NDArray[np.float32]] = []

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch."""
        self._keep(self._cutter.push(start_ns, frames, voiced))

    def gap(self) -> None:
        """Sound was missing here, or the sample ends."""
        self._keep(self._cutter.close())

    def stretches(self) -> list[NDArray[np.float32]]:
        """Stretches of 0.6 to 2 s, ``(n, 512) float32`` each."""
        return self._stretches

    def _keep(self, cuts: list[VoiceCut]) -> None:
        for cut in cuts:
            if len(cut.frames) >= SHORTEST_FRAMES and sum(map(len, self._stretches)) * FRAME_S < ENROLMENT_S:
                self._stretches.append(cut.frames)
