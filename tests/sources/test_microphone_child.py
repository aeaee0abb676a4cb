"""A real sound server stands in for a microphone: what is heard, when, and under which name."""

from __future__ import annotations

import itertools
import os
import signal
import time
import wave
from collections import deque

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources import microphone_child
from classroom_analyzer.sources.devices import list_call_sounds, list_microphones
from classroom_analyzer.sources.microphone_child import MicrophoneChild
from classroom_analyzer.sources.sound_input import Arrival
from classroom_analyzer.sources.sound_timeline import SoundTimeline
from tests.rigs.mjpeg import wait_until
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio
from tests.sources.recordings import tone


@pytest.fixture(scope="module")
def rig():
    skip_without_pulseaudio()
    with PulseRig() as running:
        running.load("module-null-sink sink_name=call sink_properties=device.description=Call")
        running.load(
            "module-remap-source master=rig.monitor source_name=desk source_properties=device.description=Desk"
        )
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


def started(name: str | None, **options) -> MicrophoneChild:
    microphone = MicrophoneChild(name, time.monotonic_ns(), **options)
    microphone.start()
    return microphone


def holes(blocks) -> list[tuple[int, int]]:
    return [(a.end_ns, b.t_ns) for a, b in itertools.pairwise(blocks) if a.end_ns != b.t_ns]


def test_microphones_and_sound_of_calls_are_listed_by_their_names(rig):
    assert [m.name for m in list_microphones() if not m.is_default] == ["Desk"]
    calls = list_call_sounds()
    assert [m.name for m in calls] == ["Monitor of Null Output", "Monitor of Call"]
    assert {m.host for m in calls} == {"PulseAudio"}


def test_sound_played_in_the_room_is_heard_when_it_is_played_and_nothing_is_dropped(rig, beep):
    origin_ns = time.monotonic_ns()
    microphone = MicrophoneChild("Desk", origin_ns)
    microphone.start()
    blocks = []

    def hears_a_tone() -> bool:
        blocks.extend(microphone.poll())
        return any(np.abs(block.samples).max() > 0.1 for block in blocks)

    try:
        wait_until(lambda: microphone.state is SourceState.OK, 20)
        assert microphone.detail == ""
        played_s = (time.monotonic_ns() - origin_ns) / 1e9
        player = rig.play(beep)
        wait_until(hears_a_tone, 3)
        assert -30 < microphone.level_dbfs <= 0
        player.wait()
    finally:
        assert microphone.stop()
    blocks.extend(microphone.poll())
    loud = next(block for block in blocks if np.abs(block.samples).max() > 0.1)
    assert loud.t_ns / 1e9 == pytest.approx(played_s, abs=0.5)
    assert holes(blocks) == []
    assert microphone.dropped == 0
    assert microphone.level_dbfs is None
    assert {block.samples.dtype for block in blocks} == {np.dtype(np.float32)}


@pytest.mark.parametrize("name", ["Monitor of Call", "call.monitor"])
def test_the_sound_of_a_call_is_its_own_source(rig, beep, name):
    call = started(name, call_sound=True)
    desk = started("Desk")
    try:
        wait_until(lambda: call.state is SourceState.OK and desk.state is SourceState.OK, 20)
        rig.play(beep, "call").wait()
        time.sleep(0.4)
        assert max(np.abs(block.samples).max() for block in call.poll()) > 0.1
        assert max(np.abs(block.samples).max() for block in desk.poll()) == 0
    finally:
        assert call.stop()
        assert desk.stop()


def test_without_a_name_the_sound_of_a_call_is_what_the_system_plays(rig, beep):
    call = started(None, call_sound=True)
    try:
        wait_until(lambda: call.state is SourceState.OK, 20)
        assert call.name == "sound of the call"
        rig.play(beep).wait()
        time.sleep(0.4)
        assert max(np.abs(block.samples).max() for block in call.poll()) > 0.1
    finally:
        assert call.stop()


def test_a_microphone_that_is_not_there_is_never_replaced_by_another(rig):
    microphone = started("No such microphone")
    try:
        with pytest.raises(DeviceUnavailableError, match="no such microphone") as caught:
            microphone.wait_open(10)
        assert "Desk" in caught.value.others
        wait_until(lambda: microphone.state is SourceState.RETRY, 3)
        assert "no such microphone" in microphone.detail
        assert microphone.poll() == ()
    finally:
        assert microphone.stop()


def test_a_process_that_is_killed_is_replaced_and_the_gap_is_a_hole(rig):
    microphone = started("Desk")
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 20)
        os.kill(microphone.pid, signal.SIGKILL)
        wait_until(lambda: microphone.state is SourceState.RETRY, 3)
        wait_until(lambda: microphone.state is SourceState.OK, 25)
    finally:
        assert microphone.stop()
    blocks = microphone.poll()
    assert len(holes(blocks)) == 1
    assert all(after > before for before, after in holes(blocks))


def test_perfect_silence_of_a_microphone_is_said_and_that_of_a_call_is_not(monkeypatch):
    quiet = AudioBlock(0, np.zeros(microphone_child.MUTED_AFTER_SAMPLES, np.float32))
    for is_call, expected in ((False, True), (True, False)):
        microphone = MicrophoneChild("Desk", 0, call_sound=is_call)
        microphone._supervisor._watch.started()
        microphone._add(quiet)
        microphone._supervisor._watch.arrived(SAMPLE_RATE_HZ)
        assert microphone.muted is expected
        assert ("silence" in microphone.detail) is expected
        microphone._add(AudioBlock(quiet.end_ns, np.full(160, 1e-4, np.float32)))
        assert not microphone.muted
        assert microphone.level_dbfs == pytest.approx(-80, abs=0.1)


def test_sound_that_nobody_fetches_for_a_minute_is_lost_and_counted():
    microphone = MicrophoneChild("Desk", 0)
    for n in range(65):
        microphone._add(AudioBlock(to_ns(n), np.zeros(SAMPLE_RATE_HZ, np.float32)))
    assert microphone.dropped == 5 * SAMPLE_RATE_HZ
    assert [block.t_ns for block in microphone.poll()] == [to_ns(n) for n in range(5, 65)]


def test_blocks_of_two_processes_never_overlap():
    microphone = MicrophoneChild("Desk", 0)
    microphone._add(AudioBlock(0, np.zeros(SAMPLE_RATE_HZ, np.float32)))
    microphone._add(AudioBlock(to_ns(0.5), np.arange(SAMPLE_RATE_HZ, dtype=np.float32)))
    microphone._add(AudioBlock(to_ns(0.1), np.zeros(160, np.float32)))
    blocks = microphone.poll()
    assert [(block.t_ns, block.end_ns) for block in blocks] == [(0, to_ns(1)), (to_ns(1), to_ns(1.5))]
    assert blocks[1].samples[0] == SAMPLE_RATE_HZ / 2


def test_sound_that_is_late_for_half_a_second_is_held_back_and_not_taken_for_lost():
    timeline = SoundTimeline()
    waiting: deque[Arrival] = deque()
    blocks = []
    arrive_s = [0.05 * (n + 1) for n in range(40)]
    arrive_s[20:32] = [1.5 + 0.02 * n for n in range(12)]  # 0.45 s late, then caught up piece by piece
    for now_ms in range(0, 2400, 20):
        while arrive_s and arrive_s[0] <= now_ms / 1000:
            waiting.append(Arrival(to_ns(arrive_s.pop(0)), SAMPLE_RATE_HZ, tone(0.05)))
        ready = microphone_child._settled(waiting, timeline, now_ms * 1_000_000)
        for _ in ready:
            waiting.popleft()
        blocks += timeline.place(ready)
    assert holes(blocks) == []
    assert timeline.overlap_samples == 0
    assert blocks[-1].end_ns / 1e9 == pytest.approx(2.0, abs=0.12)


def test_an_input_that_only_portaudio_knows_is_opened_by_its_name_too(rig):
    pytest.importorskip("sounddevice", exc_type=OSError)
    microphone = started("default")
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 25)
        assert microphone.dropped == 0
    finally:
        assert microphone.stop()
