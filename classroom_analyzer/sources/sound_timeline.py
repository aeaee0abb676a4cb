"""Puts sound of a running microphone on the lesson clock: even blocks of 16 kHz mono without drift.

A sample was taken before it was handed over, so each arrival gives a latest time for its samples, late by chance and
never early. The earliest of these bounds within some seconds follows the device's clock, which may be off by some
100 ppm; the sound is stretched or squeezed by at most 0.5 % until it lies there.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.sources.sound import BlockCutter, Resampler
from classroom_analyzer.sources.sound_input import Arrival

__all__ = ["DeviceClock", "SoundTimeline"]

BLOCK_S = 0.1
HOLE_S = 0.2  # bounds that jump by more are sound that was lost, not chance
WINDOW_S = 5.0
RECENT_WINDOWS = 4
FITTED_WINDOWS = 60  # five minutes
ENOUGH_TO_FIT = 24
STRETCHED_SAMPLES = 1600
MOST_PER_STRETCH = 8  # samples put in or taken out: 5 ms per second
NS_PER_SAMPLE = NS_PER_S // SAMPLE_RATE_HZ


class DeviceClock:
    """How far the times of a device, counted in its own samples, lie behind the lesson clock.

    Straight line through the earliest bounds of windows of 5 s: its slope by Theil and Sen (the median over all pairs)
    over five minutes, its height by the median of the last 20 s.

    Attributes:
        drift: Seconds that the lesson clock gains on the device per second of the device; 0 until it is known.
    """

    def __init__(self) -> None:
        self.drift = 0.0
        self._points: deque[tuple[float, float]] = deque(maxlen=FITTED_WINDOWS)
        self._window_until_s: float | None = None
        self._earliest = (0.0, math.inf)

    def observe(self, device_s: float, behind_s: float) -> None:
        """Take one bound: at that time of the device the lesson clock was at most so far ahead."""
        if self._window_until_s is None:
            self._window_until_s = device_s + WINDOW_S
        elif device_s >= self._window_until_s:
            self._points.append(self._earliest)
            self.drift = self._fitted_drift()
            self._earliest = (0.0, math.inf)
            self._window_until_s = device_s + WINDOW_S
        if behind_s < self._earliest[1]:
            self._earliest = (device_s, behind_s)

    def behind_s(self, device_s: float) -> float:
        """What has to be added to a time of the device."""
        recent = range(max(0, len(self._points) - RECENT_WINDOWS), len(self._points))
        if not recent:
            return self._earliest[1]
        height_s = median(self._points[k][1] + self.drift * (device_s - self._points[k][0]) for k in recent)
        return min(height_s, self._earliest[1])

    def _fitted_drift(self) -> float:
        if len(self._points) < ENOUGH_TO_FIT:
            return 0.0
        times, heights = np.array(self._points).T
        first, second = np.triu_indices(len(times), k=1)
        return float(np.median((heights[second] - heights[first]) / (times[second] - times[first])))


class SoundTimeline:
    """Stamps sound by its sample count, held to the device's clock.

    Attributes:
        overlap_samples: Sound that was cut because it lay before the end of what had been given.
    """

    def __init__(self) -> None:
        self.overlap_samples = 0
        self._resampler = Resampler()
        self._cutter = BlockCutter(BLOCK_S)
        self._clock = DeviceClock()
        self._device_s: float | None = None  # time of the device, from 0 at the begin of an unbroken stretch
        self._pieces: list[NDArray[np.float32]] = []
        self._pending_samples = 0
        self._resampled_s = 0.0  # time of the device at the begin of what is pending
        self._out_ns: int | None = None

    @property
    def drift_ppm(self) -> float:
        """How much slower than the lesson clock the device's clock is; 0 until it is known."""
        return self._clock.drift * 1e6

    def seems_lost(self, arrivals: Sequence[Arrival]) -> bool:
        """Whether these would be placed behind a hole; what arrives soon after may show that they were only late."""
        if self._device_s is None or not arrivals:
            return False
        return _latest_starts_s(arrivals)[0] - (self._device_s + self._clock.behind_s(self._device_s)) > HOLE_S

    def place(self, arrivals: Sequence[Arrival]) -> Iterator[AudioBlock]:
        """Stamp what came in, oldest first; arrivals of one burst come in one call.

        Args:
            arrivals: With ``arrival_ns`` on the lesson clock.
        """
        for arrival, latest_start_s in zip(arrivals, _latest_starts_s(arrivals), strict=True):
            if self._device_s is not None:
                behind_s = self._clock.behind_s(self._device_s)
                if latest_start_s - (self._device_s + behind_s) > HOLE_S:
                    yield from self._break()
            if self._device_s is None:
                self._device_s = 0.0
            self._clock.observe(self._device_s, latest_start_s - self._device_s)
            yield from self._push(arrival)
            self._device_s += len(arrival.samples) / arrival.rate_hz

    def flush(self) -> Iterator[AudioBlock]:
        """Give what is left."""
        yield from self._break()
        yield from self._cutter.flush()

    def _break(self) -> Iterator[AudioBlock]:
        """End an unbroken stretch; what comes next is placed anew."""
        for _, piece in self._resampler.flush():
            self._keep(piece)
        if self._pending_samples:
            yield from self._give(self._pending_samples)
        self._pieces, self._pending_samples, self._resampled_s = [], 0, 0.0
        self._clock = DeviceClock()
        self._device_s = self._out_ns = None

    def _push(self, arrival: Arrival) -> Iterator[AudioBlock]:
        frame = AudioFrame.from_ndarray(arrival.samples[np.newaxis, :], format="fltp", layout="mono")
        frame.sample_rate = arrival.rate_hz
        for _, piece in self._resampler.push(frame, None):
            self._keep(piece)
        while self._pending_samples >= STRETCHED_SAMPLES:
            yield from self._give(STRETCHED_SAMPLES)

    def _keep(self, piece: NDArray[np.float32]) -> None:
        self._pieces.append(piece)
        self._pending_samples += len(piece)

    def _give(self, count: int) -> Iterator[AudioBlock]:
        """Put the next samples where the device's clock says, by a small step."""
        joined = np.concatenate(self._pieces)
        samples, rest = joined[:count], joined[count:]
        self._pieces, self._pending_samples = [rest], len(rest)
        wanted_ns = round((self._resampled_s + self._clock.behind_s(self._resampled_s)) * NS_PER_S)
        self._resampled_s += count / SAMPLE_RATE_HZ
        if self._out_ns is None:
            self._out_ns = wanted_ns
        off = (wanted_ns - self._out_ns) // NS_PER_SAMPLE
        if off < -HOLE_S * SAMPLE_RATE_HZ:  # far too late by its first bound: what overlaps is cut
            self.overlap_samples += min(-off, count)
            self._out_ns = wanted_ns
            off = 0
        step = max(-MOST_PER_STRETCH, min(MOST_PER_STRETCH, off))
        stretched = _stretched(samples, count + step) if step and count > 2 * MOST_PER_STRETCH else samples
        yield from self._cutter.push(self._out_ns, stretched)
        self._out_ns += len(stretched) * NS_PER_SAMPLE


def _stretched(samples: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The same sound in a few samples more or fewer."""
    at = np.arange(count) * (len(samples) / count)
    return np.asarray(np.interp(at, np.arange(len(samples)), samples), np.float32)


def _latest_starts_s(arrivals: Sequence[Arrival]) -> list[float]:
    """Latest possible time of each first sample, seconds: also before all that came later in the same burst."""
    starts = []
    bound_s = math.inf
    for arrival in reversed(arrivals):
        bound_s = min(bound_s, arrival.arrival_ns / NS_PER_S) - len(arrival.samples) / arrival.rate_hz
        starts.append(bound_s)
    return starts[::-1]
