"""When there was a voice, remembered for as long as wait times are looked at: nothing but edges."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.perception.audio.frames import FRAME_NS

__all__ = ["Pause", "VoiceTimeline"]

KEPT_NS = 130 * NS_PER_S  # a little more than the window of wait times
# How far the times of captions may lie from the sound. Behind a voice that goes on longer somebody else has begun.
SLACK_NS = NS_PER_S


@dataclass(frozen=True, slots=True)
class Pause:
    """What follows a stretch of speech.

    Attributes:
        from_ns: End of the voice.
        to_ns: Begin of the next voice; None as long as there was none.
    """

    from_ns: int
    to_ns: int | None


@dataclass(slots=True)
class _Run:
    start_ns: int
    end_ns: int


class VoiceTimeline:
    """Edges of voiced stretches of the last 130 s. A ``VoiceListener``.

    Attributes:
        heard_until_ns: What comes before is decided; 0 before the first sound.
    """

    def __init__(self) -> None:
        self.heard_until_ns = 0
        self._runs: deque[_Run] = deque()
        self._gaps: deque[_Run] = deque()
        self._fresh = True

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch."""
        if self._fresh:
            self._gaps.append(_Run(self.heard_until_ns, start_ns))
            self._fresh = False
        edges = np.flatnonzero(np.diff(np.concatenate([[False], voiced, [False]]).astype(np.int8)))
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            run = _Run(start_ns + first * FRAME_NS, start_ns + end * FRAME_NS)
            if self._runs and self._runs[-1].end_ns == run.start_ns:
                self._runs[-1].end_ns = run.end_ns
            else:
                self._runs.append(run)
        self.heard_until_ns = start_ns + len(voiced) * FRAME_NS
        for kept in (self._runs, self._gaps):
            while kept and kept[0].end_ns < self.heard_until_ns - KEPT_NS:
                kept.popleft()

    def gap(self) -> None:
        """Sound was missing here."""
        self._fresh = True

    def pause_after(self, start_ns: int, end_ns: int) -> Pause | None:
        """Say when a stretch of speech really ended and when the next voice came.

        Args:
            start_ns: Begin of the stretch, as a transcript has it.
            end_ns: Its end; the voice may end up to a second earlier or later.

        Returns:
            None where the sound does not tell: it has none of that speech, or was missing in between.
        """
        near = [r for r in self._runs if r.start_ns < end_ns + SLACK_NS and r.end_ns > start_ns - SLACK_NS]
        if not near:
            return None
        begun = [r for r in near if r.start_ns < end_ns] or near[:1]
        run = begun[-1]
        from_ns = run.end_ns if abs(run.end_ns - end_ns) <= SLACK_NS else end_ns
        if run.end_ns > end_ns + SLACK_NS:
            to_ns: int | None = end_ns  # somebody speaks on without a pause
        elif run.end_ns >= self.heard_until_ns:
            to_ns = None  # it may still go on
        else:
            to_ns = next((r.start_ns for r in self._runs if r.start_ns > run.end_ns), None)
        until_ns = self.heard_until_ns if to_ns is None else to_ns
        if any(g.start_ns < until_ns and g.end_ns > from_ns and g.end_ns > g.start_ns for g in self._gaps):
            return None
        return Pause(from_ns, to_ns)
