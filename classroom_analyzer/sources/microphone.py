"""A microphone as a bounded, never dropping stream of 16 kHz mono on the lesson clock."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.portaudio import PortAudioLease, sounddevice
from classroom_analyzer.sources.sound import BlockCutter, Resampler
from classroom_analyzer.sources.watch import LOST_NS, Backoff, SourceWatch

__all__ = ["MicrophoneThread"]

CALLBACKS_PER_S = 20
RING_S = 30  # sound that may wait to be fetched
LATENCY_S = 0.1
BLOCK_S = 0.1
JITTER_S = 0.2  # arrival times are off by less
SETTLE_NS = NS_PER_S // 10  # what waited in a sound server comes in a burst, which is placed as a whole
WATCH_S = 0.25
SAMPLES_TO_BE_BACK = SAMPLE_RATE_HZ // 2
STOP_WITHIN_S = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class _Arrival:
    """What one callback brought: mono samples and the lesson time at which they were handed over."""

    arrival_ns: int
    rate_hz: int
    samples: NDArray[np.float32]


class MicrophoneThread:
    """A running microphone; ``LiveSound``.

    The sound library's callback only copies. A thread opens the device, sees when it falls silent for good, and
    opens it anew by the same name; another microphone is never taken in its place.

    Args:
        microphone: Name as listed, or the start of one name only; None for the system's choice.
        clock: Lesson clock, monotonic, ns.
    """

    def __init__(self, microphone: str | None, clock: Callable[[], int]) -> None:
        self._wanted = microphone
        self._clock = clock
        self._watch = SourceWatch(clock, SAMPLES_TO_BE_BACK)
        self._ring: deque[_Arrival] = deque()
        self._ring_samples = 0
        self._newest_ns = 0
        self._lock = Lock()
        self._overrun_samples = 0
        self._timeline = _Timeline()
        self._detail = ""
        self._gone = Event()
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"microphone {self.name}", daemon=True)

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self._wanted or "default microphone"

    @property
    def state(self) -> SourceState:
        """How the microphone is doing now."""
        return self._watch.state

    @property
    def dropped(self) -> int:
        """Samples lost because they were not fetched for 30 s, or because the device's clock runs fast."""
        return self._overrun_samples + self._timeline.overlap_samples

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        return "" if self.state is SourceState.OK else self._detail

    def start(self) -> None:
        """Open the microphone and begin, in the background."""
        self._watch.started()
        self._thread.start()

    def poll(self) -> tuple[AudioBlock, ...]:
        """All sound that came up to 0.1 s ago and was not given yet; a hole shows as a jump of the start time."""
        settled_ns = self._clock() - (0 if self._stop.is_set() else SETTLE_NS)
        arrived = []
        with self._lock:
            while self._ring and self._ring[0].arrival_ns <= settled_ns:
                arrived.append(self._ring.popleft())
                self._ring_samples -= len(arrived[-1].samples)
        return tuple(self._timeline.place(arrived))

    def stop(self) -> bool:
        """End; False when the sound system hangs, its daemon thread is then left behind."""
        self._stop.set()
        self._gone.set()
        if self._thread.is_alive():
            self._thread.join(STOP_WITHIN_S)
        self._watch.finished(SourceState.OFF)
        return not self._thread.is_alive()

    def _run(self) -> None:
        backoff = Backoff()
        while not self._stop.is_set():
            self._gone.clear()
            try:
                PortAudioLease.take()
                try:
                    self._record(backoff)
                finally:
                    PortAudioLease.release()
            except DeviceUnavailableError as error:
                self._detail = str(error)
            except sounddevice.PortAudioError as error:
                self._detail = f"{self.name} cannot be opened ({error}); choose another with --mic"
            self._watch.reopening()
            self._stop.wait(backoff.wait_s())

    def _record(self, backoff: Backoff) -> None:
        """Record until the device is gone, gives nothing for 3 s, or a stop is asked for."""
        stream = self._opened()
        opened_ns = self._clock()
        try:
            while not self._stop.is_set():
                self._gone.wait(WATCH_S)
                silent_ns = self._clock() - max(opened_ns, self._newest_ns)
                if self._gone.is_set() or silent_ns > LOST_NS:
                    self._detail = f"{self.name} gives no more sound; it is opened again and again"
                    return
                if self._watch.state is SourceState.OK:
                    backoff.reset()
        finally:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    def _opened(self) -> Any:
        """Open and start the device at 16 kHz, or at its own rate where it refuses that."""
        number = _number_of(self._wanted)
        own_rate_hz = int(sounddevice.query_devices(number, "input")["default_samplerate"])
        for rate_hz in (SAMPLE_RATE_HZ, own_rate_hz):
            try:
                sounddevice.check_input_settings(number, channels=1, dtype="float32", samplerate=rate_hz)
            except sounddevice.PortAudioError:
                if rate_hz == own_rate_hz:
                    raise
            else:
                break
        stream = sounddevice.InputStream(
            device=number,
            samplerate=rate_hz,
            channels=1,
            dtype="float32",
            blocksize=rate_hz // CALLBACKS_PER_S,
            latency=LATENCY_S,
            callback=lambda samples, count, times, status: self._arrived(samples, rate_hz),
            finished_callback=self._gone.set,
        )
        stream.start()
        return stream

    def _arrived(self, samples: NDArray[np.float32], rate_hz: int) -> None:
        """Called in the sound library's own thread: copy and return."""
        copied = samples[:, 0].copy()
        with self._lock:
            self._newest_ns = self._clock()
            self._ring.append(_Arrival(self._newest_ns, rate_hz, copied))
            self._ring_samples += len(copied)
            while self._ring_samples > RING_S * rate_hz:
                oldest = self._ring.popleft().samples
                self._ring_samples -= len(oldest)
                self._overrun_samples += len(oldest)
        self._watch.arrived(len(copied) * SAMPLE_RATE_HZ // rate_hz)


class _Timeline:
    """Stamps sound by its sample count, anchored at arrival.

    A sample was taken before it arrived and before all later ones arrived less what lies between; the earliest of
    these bounds places a burst where it belongs. Arrivals that are off by more than the jitter are a hole, or an
    overlap (a device whose clock runs fast), which is cut and counted.
    """

    def __init__(self) -> None:
        self.overlap_samples = 0
        self._resampler = Resampler()
        self._cutter = BlockCutter(BLOCK_S)
        self._end_s: float | None = None

    def place(self, arrivals: Sequence[_Arrival]) -> Iterator[AudioBlock]:
        """Stamp what came in, oldest first."""
        for arrival, latest_start_s in zip(arrivals, _latest_starts_s(arrivals), strict=True):
            start_s = latest_start_s
            if self._end_s is not None:
                if abs(start_s - self._end_s) <= JITTER_S:
                    start_s = self._end_s
                self.overlap_samples += max(0, round((self._end_s - start_s) * SAMPLE_RATE_HZ))
            start_s = max(0.0, start_s)
            self._end_s = start_s + len(arrival.samples) / arrival.rate_hz
            frame = AudioFrame.from_ndarray(arrival.samples[np.newaxis, :], format="fltp", layout="mono")
            frame.sample_rate = arrival.rate_hz
            for t_ns, piece in self._resampler.push(frame, start_s):
                yield from self._cutter.push(t_ns, piece)


def _latest_starts_s(arrivals: Sequence[_Arrival]) -> list[float]:
    """Latest possible time of each first sample, seconds."""
    starts = []
    bound_s = math.inf
    for arrival in reversed(arrivals):
        bound_s = min(bound_s, arrival.arrival_ns / NS_PER_S) - len(arrival.samples) / arrival.rate_hz
        starts.append(bound_s)
    return starts[::-1]


def _number_of(wanted: str | None) -> int | None:
    """PortAudio's number of a microphone; None for the default.

    Raises:
        DeviceUnavailableError: No or more than one microphone has that name.
    """
    devices = [d for d in sounddevice.query_devices() if d["max_input_channels"] > 0]
    names = tuple(dict.fromkeys(d["name"] for d in devices))
    if not devices:
        raise DeviceUnavailableError(wanted or "microphone", "there is no microphone; go on without with --no-audio")
    if wanted is None:
        return None
    exact = [d["index"] for d in devices if d["name"] == wanted]
    begins = [d["index"] for d in devices if d["name"].casefold().startswith(wanted.casefold())]
    for numbers in (exact, begins):
        if len(numbers) == 1 or (numbers and numbers is exact):
            return int(numbers[0])
    raise DeviceUnavailableError(
        wanted, "there is no such microphone" if not begins else "the name fits several", names
    )
