"""Puts decoded sound on the lesson clock: 16 kHz mono in even blocks, holes stay holes, overlaps are cut."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock

__all__ = ["BlockCutter", "Resampler"]

# A track's time may differ that much from its sample count (rounded times, a drifting clock) before it is
# taken for a hole or an overlap.
TIME_TOLERANCE_S = 0.04
NS_PER_SAMPLE = NS_PER_S // SAMPLE_RATE_HZ  # 62_500, exact


class Resampler:
    """Turns decoded frames of any rate and layout into timed stretches of 16 kHz mono.

    Channels are averaged. Samples that are not finite become 0 and are counted in ``not_finite``.
    """

    def __init__(self) -> None:
        self.not_finite = 0
        self._resampler: AudioResampler | None = None
        self._shape: tuple[str, str, int] | None = None
        self._expected_s = 0.0  # end of what went in
        self._out_ns = 0  # start of what comes out next

    def push(self, frame: AudioFrame, t_s: float | None) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Take one frame.

        Args:
            frame: Decoded sound.
            t_s: Its time in seconds on the lesson clock, None to follow on.

        Yields:
            Time of the first sample in ns and ``(n,) float32`` samples.
        """
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        start_s = self._expected_s if t_s is None else t_s
        if shape != self._shape or abs(start_s - self._expected_s) > TIME_TOLERANCE_S:
            yield from self.flush()
            self._resampler = AudioResampler(format="fltp", layout=frame.layout, rate=SAMPLE_RATE_HZ)
            self._shape = shape
            self._expected_s = start_s
            self._out_ns = round(start_s * NS_PER_S)
        self._expected_s += frame.samples / frame.sample_rate
        frame.pts = None  # the sample count is the clock inside an unbroken stretch
        if self._resampler is not None:
            yield from self._timed(self._resampler.resample(frame))

    def flush(self) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Give what the filter still holds; the next frame starts anew."""
        if self._resampler is not None:
            yield from self._timed(self._resampler.resample(None))
        self._resampler = None
        self._shape = None

    def _timed(self, frames: list[AudioFrame]) -> Iterator[tuple[int, NDArray[np.float32]]]:
        for frame in frames:
            samples = frame.to_ndarray().mean(axis=0, dtype=np.float32)
            finite = np.isfinite(samples)
            if not finite.all():
                self.not_finite += int(samples.size - finite.sum())
                samples = np.where(finite, samples, np.float32(0))
            yield self._out_ns, samples
            self._out_ns += len(samples) * NS_PER_SAMPLE


class BlockCutter:
    """Joins stretches into blocks of one length; a hole ends a block early.

    Args:
        block_s: Length of a block.
    """

    def __init__(self, block_s: float) -> None:
        self._length = max(1, round(block_s * SAMPLE_RATE_HZ))
        self._pending: list[NDArray[np.float32]] = []
        self._count = 0
        self._start_ns = 0
        self._end_ns = 0

    def push(self, t_ns: int, samples: NDArray[np.float32]) -> Iterator[AudioBlock]:
        """Take samples that start at ``t_ns``; what lies before the end of earlier samples, or before 0, is cut."""
        early = -((t_ns - self._end_ns) // NS_PER_SAMPLE)  # samples before the end of what is there
        if early > 0:
            samples = samples[early:]
            t_ns += early * NS_PER_SAMPLE
        if not len(samples):
            return
        if t_ns - self._end_ns >= NS_PER_SAMPLE:  # a hole
            yield from self.flush()
        if not self._pending:
            self._start_ns = t_ns
        self._pending.append(samples)
        self._count += len(samples)
        self._end_ns = self._start_ns + self._count * NS_PER_SAMPLE
        while self._count >= self._length:
            joined = np.concatenate(self._pending)
            yield AudioBlock(self._start_ns, joined[: self._length])
            self._pending = [joined[self._length :]]
            self._count -= self._length
            self._start_ns += self._length * NS_PER_SAMPLE

    def flush(self) -> Iterator[AudioBlock]:
        """Give what is left as a shorter block."""
        if self._count:
            yield AudioBlock(self._start_ns, np.concatenate(self._pending))
        self._pending = []
        self._count = 0
