"""From probabilities of voice to a steady speech mask, stretches of silence and turns of voice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.sound import SpeechTurn
from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_S

__all__ = ["GATE_DELAY_S", "SpeechGate", "TurnTracker", "run_lengths"]

# Chosen on the labelled meetings of `evaluate speech` (docs/results/sound.md), in the middle of a wide plateau.
ON_PROBABILITY = 0.4
OFF_PROBABILITY = 0.1
# Voice goes on through dips that are shorter (VALIDITY.md: hang-over of 200 to 300 ms).
HANG_OVER_FRAMES = 9  # 288 ms
LEAD_IN_FRAMES = 3  # 96 ms: the network is sure of a voice later than people who label speech
GATE_DELAY_S = HANG_OVER_FRAMES * FRAME_S  # no frame waits longer for its decision

TURN_GAP_FRAMES = round(0.8 / FRAME_S)  # shorter gaps do not end a turn (VALIDITY.md ``turns``)
TURN_MINIMUM_NS = 500_000_000


class SpeechGate:
    """Hysteresis: on at 0.4, off once the probability has stayed below 0.1 for the hang-over.

    A dip that turns out to be the end was no speech, and whether a voice comes next, whose lead-in is speech, is not
    known yet, so frames wait for their decision; decided frames come out in order.
    """

    def __init__(self) -> None:
        self._open = False
        self._dip = 0  # frames since the last one with a voice, while open
        self._waiting = 0  # not decided yet: of the dip, or those that may turn out to be a lead-in

    def push(self, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Decide on as many frames as can be decided.

        Args:
            probabilities: ``(n,)`` of voice, of the frames that follow those of the last call.

        Returns:
            ``(m,) bool``: whether the oldest ``m`` waiting frames are speech; what is left over waits, at most 8.
        """
        decided: list[bool] = []
        for probability in probabilities:
            if probability >= (OFF_PROBABILITY if self._open else ON_PROBABILITY):
                decided += [True] * (self._waiting + 1)
                self._open, self._dip, self._waiting = True, 0, 0
                continue
            self._waiting += 1
            self._dip += self._open
            if self._open and self._dip < HANG_OVER_FRAMES:
                continue
            surplus = max(self._waiting - LEAD_IN_FRAMES, 0)
            decided += [False] * surplus
            self._waiting -= surplus
            self._open, self._dip = False, 0
        return np.array(decided, bool)

    def settle(self, frames: int | None = None) -> NDArray[np.bool_]:
        """Decide now on frames that wait, as if no voice came after them.

        Args:
            frames: How many, the oldest first; None for all.
        """
        settled = self._waiting if frames is None else min(frames, self._waiting)
        self._waiting -= settled
        return np.zeros(settled, bool)


@dataclass(slots=True)
class TurnTracker:
    """Joins speech frames into turns; who speaks is not known.

    Attributes:
        turns: Turns that have ended, oldest first; the caller drops what is too old.
    """

    turns: list[SpeechTurn]
    _start_ns: int | None = None
    _end_ns: int = 0
    _quiet_frames: int = 0

    def push(self, start_ns: int, mask: NDArray[np.bool_]) -> None:
        """Add consecutive frames whose first begins at ``start_ns``."""
        for i, voiced in enumerate(mask):
            if voiced:
                at_ns = start_ns + i * FRAME_NS
                self._start_ns = at_ns if self._start_ns is None else self._start_ns
                self._end_ns = at_ns + FRAME_NS
                self._quiet_frames = 0
            elif self._start_ns is not None:
                self._quiet_frames += 1
                if self._quiet_frames > TURN_GAP_FRAMES:
                    self.close()

    def close(self) -> None:
        """End the open turn; call it at a gap."""
        turn = self.open_turn
        if turn is not None:
            self.turns.append(turn)
        self._start_ns = None
        self._quiet_frames = 0

    @property
    def open_turn(self) -> SpeechTurn | None:
        """The turn going on, as long as it is so far; None when there is none of at least 0.5 s."""
        if self._start_ns is None or self._end_ns - self._start_ns < TURN_MINIMUM_NS:
            return None
        return SpeechTurn(self._start_ns, self._end_ns)


def run_lengths(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Lengths of the unbroken stretches of True, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return np.asarray(edges[1::2] - edges[::2], np.int64)
