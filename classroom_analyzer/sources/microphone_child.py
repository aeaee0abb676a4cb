"""A microphone, or the sound of a call, in a child process that can be killed; nothing is dropped."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from classroom_analyzer.domain.clock import NS_PER_S
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.child_process import ChildLink, ChildProcess, quiet_libraries
from classroom_analyzer.sources.devices import call_sound_help, microphone_help
from classroom_analyzer.sources.pulse import PulseInput, PulseSource, list_pulse_sources
from classroom_analyzer.sources.sound_input import Arrival, SoundInput, picked
from classroom_analyzer.sources.supervisor import Gone, Opened, Supervisor
from classroom_analyzer.sources.watch import SourceWatch

if TYPE_CHECKING:
    from classroom_analyzer.sources.sound_timeline import SoundTimeline

__all__ = ["MicrophoneChild", "capture_sound"]

POLL_S = 0.02
SETTLE_NS = NS_PER_S // 10  # what waited in a sound server comes in a burst, which is placed as a whole
DOUBT_NS = 6 * SETTLE_NS  # sound that may have been lost is held back so long: it may only have been late
SAMPLES_TO_BE_BACK = SAMPLE_RATE_HZ // 2
RING_SAMPLES = 60 * SAMPLE_RATE_HZ  # sound that may wait to be fetched
MUTED_AFTER_SAMPLES = 10 * SAMPLE_RATE_HZ  # a noise gate is silent for shorter times
LEVEL_FLOOR_DBFS = -120.0
MUTED_WORDS = "it gives perfect silence: it is muted, or its switch is off"


@dataclass(frozen=True, slots=True)
class _Sound:
    """What a child recorded.

    Attributes:
        blocks: In time order.
        lost_samples: Lost in this child so far.
    """

    blocks: tuple[AudioBlock, ...]
    lost_samples: int


class MicrophoneChild:
    """A running microphone; ``LiveSound``.

    It is opened by name in a fresh process after each loss; another microphone is never taken in its place.

    Args:
        name: As listed, or the start of one name only; None for the system's choice.
        origin_ns: ``time.monotonic_ns()`` at zero of the lesson clock.
        call_sound: Whether it is the sound of a call, which is silent while nobody there speaks; None as name is then
            what the system plays.
    """

    def __init__(self, name: str | None, origin_ns: int, *, call_sound: bool = False) -> None:
        self._is_call = call_sound
        self._lock = Lock()
        self._ring: deque[AudioBlock] = deque()
        self._ring_samples = 0
        self._new_samples = 0
        self._end_ns = 0
        self._overrun_samples = 0
        self._lost_before = 0  # by children that are gone
        self._lost_now = 0
        self._silent_samples = 0
        self._level_dbfs: float | None = None
        shown = name or ("sound of the call" if call_sound else "default microphone")

        def make_child() -> ChildProcess:
            self._lost_before, self._lost_now = self._lost_before + self._lost_now, 0
            self._silent_samples = 0
            return ChildProcess(capture_sound, (name, shown, call_sound, origin_ns), f"capture {shown}")

        watch = SourceWatch(time.monotonic_ns, SAMPLES_TO_BE_BACK)
        self._supervisor = Supervisor(shown, make_child, self._take, self._count_new, watch)

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self._supervisor.name

    @property
    def state(self) -> SourceState:
        """How the microphone is doing now."""
        return self._supervisor.state

    @property
    def detail(self) -> str:
        """What is wrong, empty when all is well."""
        return MUTED_WORDS if self.muted else self._supervisor.detail

    @property
    def retry_in_s(self) -> float | None:
        """Seconds until it is opened again, while it waits for that."""
        return self._supervisor.retry_in_s

    @property
    def muted(self) -> bool:
        """Whether it works and gave nothing but digital silence for 10 s."""
        silent = self._silent_samples >= MUTED_AFTER_SAMPLES
        return silent and not self._is_call and self.state is SourceState.OK

    @property
    def level_dbfs(self) -> float | None:
        """Effective level of the newest tenth of a second, full scale is 0; None while nothing comes."""
        return self._level_dbfs if self.state is SourceState.OK else None

    @property
    def dropped(self) -> int:
        """Samples that came and were lost; 0 in a sound lesson."""
        return self._overrun_samples + self._lost_before + self._lost_now

    @property
    def pid(self) -> int | None:
        """Process number of the present child."""
        return self._supervisor.pid

    def start(self) -> None:
        """Open the microphone and begin, in the background."""
        self._supervisor.start()

    def wait_open(self, within_s: float) -> bool:
        """Wait for the first opening; False when it is not over in time.

        Raises:
            DeviceUnavailableError: The microphone cannot be opened.
        """
        return self._supervisor.wait_open(within_s)

    def poll(self) -> tuple[AudioBlock, ...]:
        """All sound that was not given yet, oldest first; a hole shows as a jump of the start time."""
        with self._lock:
            blocks = tuple(self._ring)
            self._ring.clear()
            self._ring_samples = 0
        return blocks

    def stop(self) -> bool:
        """End within 3 s; a child that hangs is killed. What was recorded can still be fetched."""
        return self._supervisor.stop()

    def _take(self, message: object) -> None:
        if isinstance(message, _Sound):
            self._lost_now = message.lost_samples
            for block in message.blocks:
                self._add(block)

    def _add(self, block: AudioBlock) -> None:
        loudest = float(np.abs(block.samples).max(initial=0.0))
        self._silent_samples = 0 if loudest > 0 else self._silent_samples + len(block.samples)
        power = float(np.mean(np.square(block.samples, dtype=np.float64))) if len(block.samples) else 0.0
        self._level_dbfs = max(LEVEL_FLOOR_DBFS, 10 * float(np.log10(max(power, 1e-30))))
        if block.t_ns < self._end_ns:  # the child before gave that time already
            early = -((block.t_ns - self._end_ns) * SAMPLE_RATE_HZ // NS_PER_S)
            block = AudioBlock(block.t_ns + early * NS_PER_S // SAMPLE_RATE_HZ, block.samples[early:])
        if not len(block.samples):
            return
        self._end_ns = block.end_ns
        with self._lock:
            self._new_samples += len(block.samples)
            self._ring.append(block)
            self._ring_samples += len(block.samples)
            while self._ring_samples > RING_SAMPLES:
                oldest = len(self._ring.popleft().samples)
                self._ring_samples -= oldest
                self._overrun_samples += oldest

    def _count_new(self) -> int:
        with self._lock:
            new, self._new_samples = self._new_samples, 0
        return new


def capture_sound(link: ChildLink, wanted: str | None, shown: str, is_call: bool, origin_ns: int) -> None:
    """What the child runs: open the input once and hand on its sound for as long as it comes."""
    quiet_libraries()
    from classroom_analyzer.sources.sound_timeline import SoundTimeline

    sound = _opened(wanted, shown, is_call)
    link.send(Opened())
    timeline = SoundTimeline()
    waiting: deque[Arrival] = deque()
    is_over = False
    while not is_over:
        is_over = link.wait_stop(POLL_S) or sound.gone
        for arrival in sound.read():
            waiting.append(Arrival(arrival.arrival_ns - origin_ns, arrival.rate_hz, arrival.samples))
        ready = list(waiting) if is_over else _settled(waiting, timeline, time.monotonic_ns() - origin_ns)
        for _ in ready:
            waiting.popleft()
        blocks = (*timeline.place(ready), *(timeline.flush() if is_over else ()))
        if blocks:
            link.send(_Sound(blocks, sound.overrun_samples + timeline.overlap_samples))
    if not link.stopping:
        link.send(Gone(f"{shown} gives no more sound; it is opened again and again"))
    sound.close()


def _settled(waiting: deque[Arrival], timeline: SoundTimeline, now_ns: int) -> list[Arrival]:
    """What can be placed now: all that came in one burst together, and what looks like a loss a little later."""
    settled = [each for each in waiting if each.arrival_ns <= now_ns - SETTLE_NS]
    if not timeline.seems_lost(settled):
        return settled
    # Only what came since can tell whether it was late or lost, so all of it is placed together.
    is_decided = not timeline.seems_lost(waiting) or waiting[0].arrival_ns <= now_ns - DOUBT_NS
    return list(waiting) if is_decided else []


def _opened(wanted: str | None, shown: str, is_call: bool) -> SoundInput:
    """Open the input that is meant.

    Raises:
        DeviceUnavailableError: It is not there.
    """
    sources = list_pulse_sources()
    if sources is None:
        return _opened_without_server(wanted, is_call)
    if wanted is None and not is_call:
        if not sources:
            raise DeviceUnavailableError(shown, f"there is no microphone; {microphone_help()}")
        return PulseInput(shown, None)
    if wanted is None:
        return PulseInput(shown, _monitor_key(sources, shown))
    by_name = {source.label_among(sources): source.key for source in sources}
    key = wanted if any(source.key == wanted for source in sources) else None
    try:
        return PulseInput(shown, key if key is not None else by_name[picked(wanted, tuple(by_name))])
    except DeviceUnavailableError as error:
        if "no such" not in error.reason or is_call:
            raise
        return _opened_elsewhere(wanted, error)


def _opened_elsewhere(wanted: str, unknown: DeviceUnavailableError) -> SoundInput:
    """A name that the sound server does not know may be PortAudio's."""
    from classroom_analyzer.sources.portaudio import PortAudioInput

    try:
        return PortAudioInput(wanted)
    except DeviceUnavailableError:
        raise unknown from None


def _opened_without_server(wanted: str | None, is_call: bool) -> SoundInput:
    from classroom_analyzer.sources.portaudio import PortAudioInput

    if wanted is None and is_call:
        raise DeviceUnavailableError("sound of the call", call_sound_help())
    return PortAudioInput(wanted)


def _monitor_key(sources: tuple[PulseSource, ...], shown: str) -> str:
    """The monitor of what the system plays on."""
    monitors = [source for source in sources if source.monitor_of is not None]
    if not monitors:
        raise DeviceUnavailableError(shown, call_sound_help())
    return next((source.key for source in monitors if source.is_default_output), monitors[0].key)
