"""Pauses behind captions, measured on the sound."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.clock import to_ns, to_s
from classroom_analyzer.domain.media import SAMPLE_RATE_HZ, AudioBlock
from classroom_analyzer.perception.audio.frames import FRAME_NS
from classroom_analyzer.perception.audio.timeline import Pause, VoiceTimeline


def heard(*parts: tuple[bool, float], start_s: float = 0.0, into: VoiceTimeline | None = None) -> VoiceTimeline:
    timeline = into or VoiceTimeline()
    at_ns = to_ns(start_s)
    for voice, length_s in parts:
        frames = round(length_s * 31.25)
        timeline.push(at_ns, np.zeros((frames, 512), np.float32), np.full(frames, voice))
        at_ns += frames * FRAME_NS
    return timeline


def seconds(pause: Pause | None) -> tuple[float, float | None] | None:
    if pause is None:
        return None
    return round(to_s(pause.from_ns), 2), None if pause.to_ns is None else round(to_s(pause.to_ns), 2)


QUESTION_THEN_PAUSE = ((False, 3.2), (True, 3.2), (False, 3.2), (True, 3.2), (False, 3.2))


@pytest.mark.parametrize("caption_end_s", [5.9, 6.4, 7.2])
def test_the_pause_is_that_of_the_sound_though_the_caption_ends_early_or_late(caption_end_s: float) -> None:
    timeline = heard(*QUESTION_THEN_PAUSE)
    assert seconds(timeline.pause_after(to_ns(3.2), to_ns(caption_end_s))) == (6.4, 9.6)


def test_a_voice_that_goes_on_is_no_pause() -> None:
    assert seconds(heard((True, 9.6)).pause_after(0, to_ns(4))) == (4.0, 4.0)


def test_a_pause_that_nobody_ended_is_open() -> None:
    timeline = heard((True, 3.2), (False, 3.2))
    assert seconds(timeline.pause_after(0, to_ns(3.2))) == (3.2, None)
    heard((True, 1.6), start_s=6.4, into=timeline)
    assert seconds(timeline.pause_after(0, to_ns(3.2))) == (3.2, 6.4)


def test_without_that_speech_in_the_sound_nothing_is_said() -> None:
    assert heard((False, 20.0)).pause_after(to_ns(5), to_ns(8)) is None
    assert VoiceTimeline().pause_after(to_ns(5), to_ns(8)) is None


def test_missing_sound_in_the_pause_makes_it_unknown() -> None:
    timeline = heard((True, 3.2), (False, 3.2))
    timeline.gap()
    heard((True, 3.2), start_s=20, into=timeline)
    assert timeline.pause_after(0, to_ns(3.2)) is None


def test_memory_is_flat() -> None:
    timeline = VoiceTimeline()
    for k in range(3000):
        heard((True, 0.32), (False, 0.32), start_s=0.64 * k, into=timeline)
    assert len(timeline._runs) < 250


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_pause_of_known_length_between_spoken_sentences_is_measured_on_the_sound(tmp_path: Path) -> None:
    import soundfile

    from classroom_analyzer.models.store import ModelStore
    from classroom_analyzer.perception.audio.analyzer import AudioAnalyzer
    from classroom_analyzer.perception.audio.vad import SileroVad

    def spoken(words: str) -> np.ndarray:
        path = tmp_path / "said.wav"
        subprocess.run(["espeak-ng", "-w", str(path), words], check=True)
        sound, rate = soundfile.read(path, dtype="float32")
        at = np.arange(0, len(sound) * SAMPLE_RATE_HZ // rate) * rate / SAMPLE_RATE_HZ
        voice = np.interp(at, np.arange(len(sound)), sound).astype(np.float32)
        loud = np.flatnonzero(np.abs(voice) > 0.01)
        return voice[loud[0] : loud[-1] + 1]

    question, answer = spoken("What is the capital of this country?"), spoken("The answer is Paris")
    rng = np.random.default_rng(0)
    true_s = 3.0
    parts = [np.zeros(16_000), question, np.zeros(int(true_s * SAMPLE_RATE_HZ)), answer, np.zeros(32_000)]
    sound = np.concatenate(parts).astype(np.float32)
    sound += rng.normal(0, 0.001, len(sound)).astype(np.float32)
    timeline = VoiceTimeline()
    vad = SileroVad(ModelStore(tmp_path).resolve("bundled:silero-vad", "voice activity").path, "cpu")
    analyzer = AudioAnalyzer(vad, listeners=[timeline])
    for at in range(0, len(sound), 8000):
        analyzer.push(AudioBlock(at * 62_500, sound[at : at + 8000]))
    end_s = 1 + len(question) / SAMPLE_RATE_HZ
    pause = timeline.pause_after(to_ns(1.0), to_ns(end_s + 0.4))  # a caption that stays a little longer
    assert pause is not None
    assert pause.to_ns is not None
    # A voice begins 0.1 s earlier and ends 0.13 s later than its loud part, as people who label speech hear it.
    assert to_s(pause.to_ns - pause.from_ns) == pytest.approx(true_s - 0.22, abs=0.2)
