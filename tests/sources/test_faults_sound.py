"""Faults of sound, really injected into a private sound server: removed, hanging, listed in another order."""

from __future__ import annotations

import time
import wave

import numpy as np
import pytest

from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.errors import DeviceUnavailableError
from classroom_analyzer.sources.devices import list_call_sounds, list_microphones
from classroom_analyzer.sources.microphone_child import MicrophoneChild
from tests.rigs.mjpeg import wait_until
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio
from tests.sources.recordings import tone

pytestmark = pytest.mark.long

NAMES = {"first": "First_microphone", "second": "Second_microphone"}


@pytest.fixture
def rig():
    skip_without_pulseaudio()
    with PulseRig() as running:
        yield running


def add_microphone(rig: PulseRig, which: str) -> str:
    """A null sink whose monitor is a microphone by another name; the number of its module."""
    properties = f"sink_name={which} sink_properties=device.description={which}"
    number = rig.load(f"module-null-sink {properties}")
    rig.load(
        f"module-remap-source master={which}.monitor source_name={which}_mic "
        f"source_properties=device.description={NAMES[which]}"
    )
    return number


def started(name: str | None) -> MicrophoneChild:
    microphone = MicrophoneChild(name, time.monotonic_ns())
    microphone.start()
    return microphone


def loudest(microphone: MicrophoneChild) -> float:
    return max((float(np.abs(block.samples).max()) for block in microphone.poll()), default=0.0)


@pytest.fixture
def beep(tmp_path):
    path = tmp_path / "beep.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((tone(0.5) * 32767).astype(np.int16).tobytes())
    return path


@pytest.mark.fault(4)
def test_a_microphone_that_is_taken_away_is_seen_within_2_s_and_has_no_level(rig, record_property):
    rig.load("module-rescue-streams")  # as on every desktop: moves streams to what is left
    number = add_microphone(rig, "first")
    add_microphone(rig, "second")
    microphone = started(NAMES["first"])
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 20)
        rig.unload(number)
        seen_s = wait_until(lambda: microphone.state is not SourceState.OK, 4)
        assert seen_s <= 2
        assert microphone.level_dbfs is None
        wait_until(lambda: microphone.state is SourceState.RETRY, 4)
        assert NAMES["first"] in microphone.detail
        add_microphone(rig, "first")
        back_s = wait_until(lambda: microphone.state is SourceState.OK, 25)
    finally:
        assert microphone.stop()
    record_property(
        "measured", f"seen after {seen_s:.1f} s, level is none; back {back_s:.1f} s after it was plugged in"
    )


@pytest.mark.fault(5)
def test_a_sound_server_that_hangs_is_seen_within_2_s_and_stopping_takes_less_than_3_s(rig, record_property):
    microphone = started(None)
    origin_ns = time.monotonic_ns()
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 20)
        rig.freeze()
        seen_s = wait_until(lambda: microphone.state is not SourceState.OK, 4)
        assert seen_s <= 2
        began_s = time.monotonic()
        with pytest.raises(DeviceUnavailableError, match="does not answer"):
            list_microphones()
        assert time.monotonic() - began_s < 3
        wait_until(lambda: microphone.state is SourceState.RETRY, 6)
        time.sleep(1.5)  # a fresh process now hangs while it opens
    finally:
        began_s = time.monotonic()
        assert microphone.stop()
        stop_s = time.monotonic() - began_s
        rig.thaw()
    assert stop_s <= 3
    assert microphone.state is SourceState.OFF
    assert microphone.poll()[-1].end_ns < time.monotonic_ns() - origin_ns
    record_property("measured", f"seen after {seen_s:.1f} s, stopped in {stop_s:.1f} s while the server hung")


@pytest.mark.fault(5)
def test_a_sound_server_that_hung_for_a_moment_brings_its_sound_at_the_right_time(rig, record_property):
    origin_ns = time.monotonic_ns()
    microphone = MicrophoneChild(None, origin_ns)
    microphone.start()
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 20)
        rig.freeze()
        wait_until(lambda: microphone.state is SourceState.STALE, 3)
        rig.thaw()
        back_s = wait_until(lambda: microphone.state is SourceState.OK, 20)
        time.sleep(1.0)
        blocks = microphone.poll()
        behind_s = (time.monotonic_ns() - origin_ns - blocks[-1].end_ns) / 1e9
    finally:
        rig.thaw()
        assert microphone.stop()
    assert -0.05 < behind_s < 0.6
    record_property("measured", f"back after {back_s:.1f} s, newest sound {behind_s:.2f} s old")


@pytest.mark.fault(6)
def test_microphones_that_are_listed_in_another_order_keep_their_names_and_none_stands_in_for_another(
    rig, beep, record_property, monkeypatch
):
    monkeypatch.setattr("classroom_analyzer.sources.watch.FIRST_WAIT_S", 0.5)
    for which in ("first", "second"):
        add_microphone(rig, which)
    microphone = started(NAMES["second"])
    try:
        wait_until(lambda: microphone.state is SourceState.OK, 20)
        rig.unload("module-remap-source")
        rig.unload("module-null-sink")
        wait_until(lambda: microphone.state is SourceState.RETRY, 4)
        add_microphone(rig, "first")  # for a moment it is the only one
        microphone.poll()
        rig.play(beep, "first").wait()
        assert loudest(microphone) == 0
        assert microphone.state is SourceState.RETRY
        add_microphone(rig, "second")
        names = [found.name for found in list_microphones()]
        assert [name for name in names if name in NAMES.values()] == [NAMES["first"], NAMES["second"]]
        wait_until(lambda: microphone.state is SourceState.OK, 25)
        microphone.poll()
        rig.play(beep, "first").wait()
        time.sleep(0.4)
        assert loudest(microphone) == 0
        rig.play(beep, "second").wait()
        time.sleep(0.4)
        assert loudest(microphone) > 0.1
    finally:
        assert microphone.stop()
    assert {found.key for found in list_call_sounds()} == {"first.monitor", "second.monitor"}
    record_property("measured", "the same microphone by name after a reload in another order, silence in between")
