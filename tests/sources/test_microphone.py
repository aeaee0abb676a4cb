"""A real sound server with a null sink stands in for a microphone; without one, the placing of sound is tested."""

from __future__ import annotations

import itertools
import math
import time
import wave

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from tests.rigs.mjpeg import wait_until
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio
from tests.sources.recordings import tone

pytest.importorskip("sounddevice", exc_type=OSError)

from classroom_analyzer.sources.devices import list_microphones
from classroom_analyzer.sources.microphone import MicrophoneThread, _Arrival, _Timeline


class LessonClock:
    def __init__(self) -> None:
        self._began_ns = time.monotonic_ns()

    def __call__(self) -> int:
        return time.monotonic_ns() - self._began_ns


def is_lost(microphone: MicrophoneThread) -> bool:
    return microphone.state in (SourceState.LOST, SourceState.RETRY)


def holes(blocks) -> list[tuple[float, float]]:
    return [(a.end_ns / 1e9, b.t_ns / 1e9) for a, b in itertools.pairwise(blocks) if a.end_ns != b.t_ns]


def arrivals(ends_s, rate_hz=SAMPLE_RATE_HZ, length_s=0.05) -> list[_Arrival]:
    return [_Arrival(to_ns(end_s), rate_hz, tone(length_s, rate_hz)) for end_s in ends_s]


def test_jitter_of_arrivals_leaves_no_holes():
    jitter = np.random.default_rng(3).uniform(0, 0.08, 200)
    blocks = list(_Timeline().place(arrivals([0.05 * (n + 1) + jitter[n] for n in range(200)])))
    assert holes(blocks) == []
    assert blocks[-1].end_ns / 1e9 == pytest.approx(10.0, abs=0.15)


def test_a_burst_after_a_stall_is_placed_where_it_belongs():
    timeline = _Timeline()
    before = list(timeline.place(arrivals([0.05 * (n + 1) for n in range(20)])))
    burst = list(timeline.place(arrivals([4.0] * 60)))  # 3 s of sound at once, at 4 s
    assert holes(before + burst) == []
    assert burst[-1].end_ns / 1e9 == pytest.approx(4.0, abs=0.11)


def test_sound_that_was_lost_is_a_hole():
    blocks = list(_Timeline().place(arrivals([0.05 * (n + 1) for n in range(20)] + [5 + 0.05 * n for n in range(20)])))
    assert holes(blocks) == [(pytest.approx(1.0, abs=0.01), pytest.approx(4.95, abs=0.01))]


def test_a_fast_device_clock_stays_within_the_jitter_and_the_cut_is_counted():
    timeline = _Timeline()
    fast = 1.001  # far worse than real devices, so that it shows within minutes
    blocks = []
    for first in range(0, 12_000, 100):
        blocks += timeline.place(arrivals([0.05 * (n + 1) / fast for n in range(first, first + 100)]))
    assert timeline.overlap_samples > 0
    assert abs(blocks[-1].end_ns / 1e9 - 600 / fast) < 0.35


def test_another_rate_becomes_16_khz():
    blocks = list(_Timeline().place(arrivals([0.05 * (n + 1) for n in range(40)], rate_hz=44_100)))
    assert sum(len(b.samples) for b in blocks) == pytest.approx(2 * SAMPLE_RATE_HZ, abs=0.11 * SAMPLE_RATE_HZ)


@pytest.fixture(scope="module")
def rig():
    skip_without_pulseaudio()
    with PulseRig() as running:
        yield running


@pytest.fixture
def beep(tmp_path):
    path = tmp_path / "beep.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((tone(0.5) * 32767).astype(np.int16).tobytes())
    return path


def test_sound_played_in_the_room_is_heard_when_it_is_played_and_nothing_is_dropped(rig, beep):
    assert any(m.is_default for m in list_microphones())
    clock = LessonClock()
    microphone = MicrophoneThread(None, clock)
    microphone.start()
    blocks = []

    def hears_a_tone() -> bool:
        blocks.extend(microphone.poll())
        return any(np.abs(block.samples).max() > 0.1 for block in blocks)

    try:
        wait_until(lambda: microphone.state is SourceState.OK, 8)
        played_s = clock() / 1e9
        player = rig.play(beep)
        wait_until(hears_a_tone, 3)
        player.wait()
    finally:
        assert microphone.stop()
    blocks.extend(microphone.poll())
    loud = next(block for block in blocks if np.abs(block.samples).max() > 0.1)
    assert loud.t_ns / 1e9 == pytest.approx(played_s, abs=0.5)
    assert holes(blocks) == []
    assert microphone.dropped == 0
    assert {block.samples.dtype for block in blocks} == {np.dtype(np.float32)}


def test_a_microphone_that_is_not_there_is_never_replaced_by_another(rig):
    microphone = MicrophoneThread("No such microphone", LessonClock())
    microphone.start()
    try:
        wait_until(lambda: "no such microphone" in microphone.detail, 5)
        assert "default" in microphone.detail
        assert microphone.poll() == ()
    finally:
        assert microphone.stop()


def test_a_hanging_sound_server_is_seen_and_its_sound_comes_back_at_the_right_time(rig):
    clock = LessonClock()
    microphone = MicrophoneThread(None, clock)
    microphone.start()
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 8)
        blocks = list(microphone.poll())
        rig.freeze()
        assert wait_until(lambda: microphone.state is not SourceState.OK, 3) <= 2.0
        rig.thaw()
        wait_until(lambda: microphone.state is SourceState.OK, 8)
        time.sleep(0.5)
        blocks += microphone.poll()
        assert math.isclose(blocks[-1].end_ns / 1e9, clock() / 1e9, abs_tol=0.6)
        rig.freeze()
    finally:
        began_s = time.monotonic()
        microphone.stop()
        assert time.monotonic() - began_s <= 3.2
        rig.thaw()


def test_a_microphone_that_was_taken_away_is_lost(rig):
    microphone = MicrophoneThread(None, LessonClock())
    microphone.start()
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 8)
        rig.unload_sink()
        wait_until(lambda: is_lost(microphone), 5)
        assert microphone.detail
    finally:
        assert microphone.stop()
