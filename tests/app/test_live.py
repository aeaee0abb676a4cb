"""A live lesson from devices that are real here: an MJPEG camera on loopback and a PulseAudio microphone."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.app.demo import demo_recording, demo_request
from classroom_analyzer.app.live import LiveSources, start_live
from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.live import SourceState
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.errors import DeviceUnavailableError, UsageError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.build import build_audio
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.sources.media import MediaFile
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.rigs.mjpeg import MjpegRig, wait_until
from tests.rigs.pulse import PulseRig, skip_without_pulseaudio

pytest.importorskip("sounddevice", exc_type=OSError)

from classroom_analyzer.sources.microphone_child import MicrophoneChild


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """Twenty seconds of the demo lesson's teacher."""
    blocks = [b.samples for b in MediaFile(demo_recording().path).audio() if b.t_ns < 20e9]
    return _wave(tmp_path / "speech.wav", np.concatenate(blocks))


def _wave(path: Path, samples: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())
    return path


def test_a_live_lesson_sees_hears_and_reads(tmp_path: Path, own_home: Path, speech: Path):
    skip_without_pulseaudio()
    picture = next(iter(MediaFile(demo_recording().path).frames())).image
    chat = tmp_path / "chat.jsonl"
    chat.write_text('{"t": 0.0, "name": "Ana", "text": "hello"}\n')
    with PulseRig() as pulse, MjpegRig(rate_hz=10, picture=picture) as camera:
        sources = LiveSources(camera=camera.url, microphone="", chat=chat, duration_s=12, name="live")
        lesson = start_live(sources, demo_request(Settings(), tmp_path / "out"), own_home)
        player = pulse.play(speech)
        previews = 0
        while not (board := lesson.dashboard()).finished:
            previews += lesson.preview() is not None
            if board.t_s == 4:
                with chat.open("a") as stream:
                    stream.write('{"t": 4.0, "name": "Bo", "text": "what is that?"}\n')
            time.sleep(0.25)
        summary = lesson.wait()
        player.terminate()
        player.wait()
    assert {d.modality: d.state for d in board.devices}[Modality.TEXT] is SourceState.OK
    assert previews >= 20
    assert Path(summary.lesson).name == "live.lesson"
    assert summary.duration_s == 12
    assert summary.seats.max == 12
    assert summary.talk.speech_share is not None
    assert summary.talk.speech_share > 0.2
    assert (summary.chat.participants, summary.chat.messages) == (2, summary.chat.messages)
    assert (summary.chat.questions or 0) >= 1
    counters = LessonReader.open(Path(summary.lesson)).counters()
    assert {"dropped_vision", "dropped_audio"} <= set(counters)


class FirstVoice:
    """A ``VoiceListener`` that notes when it was first told of a voice, by the wall clock and the lesson's."""

    def __init__(self) -> None:
        self.heard_at: float | None = None
        self.start_s = 0.0

    def push(self, start_ns: int, frames: np.ndarray, voiced: np.ndarray) -> None:
        if self.heard_at is None and voiced.any():
            self.heard_at = time.monotonic()
            self.start_s = to_s(start_ns) + 0.032 * int(voiced.argmax())

    def gap(self) -> None:
        pass


def test_speech_at_the_microphone_is_seen_as_speech_within_a_second(own_home: Path, speech: Path, tmp_path: Path):
    skip_without_pulseaudio()
    vad = ModelStore(own_home).resolve("bundled:silero-vad", "voice activity").path
    recorded = FirstVoice()
    audio = build_audio(vad=vad, device="cpu", encoder=None, listeners=(recorded,))
    blocks = [b for b in MediaFile(speech).audio() if b.t_ns < 20e9]
    for block in blocks:
        audio.push(block)
    samples = np.concatenate([b.samples for b in blocks])[int(recorded.start_s * SAMPLE_RATE_HZ) :]
    live = FirstVoice()
    audio = build_audio(vad=vad, device="cpu", encoder=None, listeners=(live,))
    with PulseRig() as pulse:
        began_s = time.monotonic()
        microphone = MicrophoneChild(None, int(began_s * 1e9))
        microphone.start()
        try:
            wait_until(lambda: bool(microphone.poll()), within_s=10)  # the monitor delivers after a second or two
            player = pulse.play(_wave(tmp_path / "at_once.wav", samples))
            played_at = time.monotonic()
            while live.heard_at is None and time.monotonic() < played_at + 10:
                for block in microphone.poll():
                    audio.push(block)
                time.sleep(0.02)
            player.terminate()
            player.wait()
        finally:
            microphone.stop()
    assert live.heard_at is not None
    assert live.heard_at - played_at < 1.0


def test_a_camera_that_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path, own_home: Path):
    sources = LiveSources(camera="http://127.0.0.1:9/none.mjpg")
    with pytest.raises(DeviceUnavailableError) as caught:
        start_live(sources, demo_request(Settings(), tmp_path / "out"), own_home)
    assert caught.value.exit_code == 4
    assert not (tmp_path / "out").exists()


def test_a_lesson_without_any_source_is_wrong_usage(tmp_path: Path, own_home: Path):
    with pytest.raises(UsageError, match="camera"):
        start_live(LiveSources(), demo_request(Settings(), tmp_path), own_home)
