"""Cuts speech into pieces that a recogniser takes: a turn ends at a pause, a long one is cut where it is quietest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.audio.frames import FRAME_NS, FRAME_S

__all__ = ["LONGEST_S", "Segment", "TurnCutter"]

PAUSE_FRAMES = round(0.5 / FRAME_S)  # 16 frames, 0.512 s
LONGEST_S = 28.0  # Whisper takes 30 s
LONGEST_FRAMES = int(LONGEST_S / FRAME_S)
EARLIEST_CUT_FRAMES = LONGEST_FRAMES // 2  # a cut further back would send the rest through twice as often


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A stretch of speech.

    Attributes:
        start_ns: Time of the first sample, lesson clock.
        end_ns: End of its last voiced frame.
        samples: ``(n,) float32`` mono at 16 kHz, full scale is [-1, 1].
    """

    start_ns: int
    end_ns: int
    samples: NDArray[np.float32]

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return (self.end_ns - self.start_ns) / 1e9


class TurnCutter:
    """Gathers decided frames until a segment is whole.

    Attributes:
        settled_ns: All speech before this time was given out; None before the first sound.
    """

    def __init__(self) -> None:
        self.settled_ns: int | None = None
        self._start_ns = 0
        self._frames: list[NDArray[np.float32]] = []
        self._last_voiced = 0  # frames up to the last voiced one

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> list[Segment]:
        """Take frames that follow those of the last call.

        Args:
            start_ns: Time of the first sample.
            frames: ``(n, 512) float32``.
            voiced: ``(n,) bool`` speech.

        Returns:
            Segments that are whole now, in order.
        """
        done: list[Segment] = []
        for index, (frame, voice) in enumerate(zip(frames, voiced.tolist(), strict=True)):
            if not self._frames:
                if not voice:
                    continue
                self._start_ns = start_ns + index * FRAME_NS
            self._frames.append(frame)
            if voice:
                self._last_voiced = len(self._frames)
            if len(self._frames) - self._last_voiced >= PAUSE_FRAMES:
                done += self.close()
            elif len(self._frames) >= LONGEST_FRAMES:
                done.append(self._cut())
        self.settled_ns = self._start_ns if self._frames else start_ns + len(frames) * FRAME_NS
        return done

    def close(self) -> list[Segment]:
        """Give out what is open; for a pause, a gap and the end of the lesson."""
        if not self._frames:
            return []
        whole = self._taken(self._last_voiced)
        self._frames = []
        self._last_voiced = 0
        self.settled_ns = max(self.settled_ns or 0, whole.end_ns)
        return [whole]

    def _cut(self) -> Segment:
        # Something voiced stays behind the cut: a rest of nothing but pause would be no segment.
        candidates = self._frames[EARLIEST_CUT_FRAMES : self._last_voiced - 1]
        power = np.array([float(np.mean(f.astype(np.float64) ** 2)) for f in candidates])
        at = EARLIEST_CUT_FRAMES + int(np.argmin(power)) + 1
        part = self._taken(at)
        self._frames = self._frames[at:]
        self._start_ns += at * FRAME_NS
        self._last_voiced -= at
        return part

    def _taken(self, frames: int) -> Segment:
        return Segment(
            self._start_ns, self._start_ns + frames * FRAME_NS, np.concatenate(self._frames[:frames], dtype=np.float32)
        )
