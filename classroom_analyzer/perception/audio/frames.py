"""Cuts blocks of sound into the 32 ms frames that everything in this package counts in, and notices gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock

__all__ = ["FRAMES_PER_S", "FRAME_NS", "FRAME_S", "FRAME_SAMPLES", "FrameCutter", "FrameRun"]

FRAME_SAMPLES = 512
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ  # 0.032
FRAME_NS = FRAME_SAMPLES * NS_PER_S // SAMPLE_RATE_HZ  # 32_000_000
FRAMES_PER_S = SAMPLE_RATE_HZ / FRAME_SAMPLES  # 31.25

# A block may start this much earlier or later than the last one ended (timing jitter) and still continue it.
JITTER_NS = NS_PER_S // 10


@dataclass(frozen=True, slots=True, eq=False)
class FrameRun:
    """Consecutive frames.

    Attributes:
        start_ns: Time of the first sample, lesson clock.
        samples: ``(n, 512) float32``, full scale is [-1, 1].
        fresh: Whether sound was missing before these frames, so that nothing carries over.
    """

    start_ns: int
    samples: NDArray[np.float32]
    fresh: bool


class FrameCutter:
    """Joins blocks and cuts them into whole frames; what is left waits for the next block."""

    def __init__(self) -> None:
        self._rest = np.empty(0, np.float32)
        self._next_ns: int | None = None  # time of the first waiting sample
        self._fresh = True

    def push(self, block: AudioBlock) -> Iterator[FrameRun]:
        """Add a block and yield the frames it completes, at most one run.

        A block that does not continue the last one within 100 ms starts anew at its own time; the waiting rest (less
        than one frame) is left out.
        """
        expected_ns = None if self._next_ns is None else self._next_ns + _samples_ns(len(self._rest))
        if self._next_ns is None or expected_ns is None or abs(block.t_ns - expected_ns) > JITTER_NS:
            self._rest = np.empty(0, np.float32)
            self._next_ns = block.t_ns
            self._fresh = True
        samples = np.concatenate([self._rest, block.samples])
        frames = len(samples) // FRAME_SAMPLES
        self._rest = samples[frames * FRAME_SAMPLES :]
        if frames:
            cut = samples[: frames * FRAME_SAMPLES].reshape(frames, FRAME_SAMPLES)
            yield FrameRun(self._next_ns, cut, self._fresh)
            self._next_ns += frames * FRAME_NS
            self._fresh = False


def _samples_ns(samples: int) -> int:
    return samples * NS_PER_S // SAMPLE_RATE_HZ
