from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.domain.transcript import SpeakerRole
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.audio.enrolled import EnrolledTalkers, VoiceScorer, enrol
from classroom_analyzer.perception.audio.frames import FRAME_NS
from classroom_analyzer.perception.audio.voice_cuts import VoiceCollector
from classroom_analyzer.perception.audio.voice_model import VoiceBackground, load_voice_background
from classroom_analyzer.training.sound.mixtures import SceneMaker, Voice
from classroom_analyzer.training.sound.voice_background import fit_background
from tests.made_up_voices import frames_of, made_up_voice

OTHERS = ((105, 0.9), (125, 1.0), (150, 0.95), (190, 1.1), (220, 1.15), (260, 1.25))
TEACHER, PUPIL = (135, 1.08), (280, 1.3)


@pytest.fixture(scope="module")
def background() -> VoiceBackground:
    return fit_background([Voice(str(p), made_up_voice(*p, 4, seed=i)) for i, p in enumerate(OTHERS)], seed=0)


def _sample(sound: np.ndarray) -> list[np.ndarray]:
    collector = VoiceCollector()
    frames = frames_of(0.05 * sound)
    collector.push(0, frames, np.ones(len(frames), bool))
    collector.gap()
    return collector.stretches()


def _noisy(sound: np.ndarray, seed: int) -> np.ndarray:
    return sound + np.random.default_rng(seed).normal(0, 0.05, len(sound))


@pytest.fixture(scope="module")
def teacher(background: VoiceBackground) -> VoiceScorer:
    voice = enrol(_sample(_noisy(made_up_voice(*TEACHER, 25, seed=50), 1)), background, same_microphone=False)
    assert not isinstance(voice, str)
    return voice


def test_an_enrolment_takes_twenty_seconds_in_stretches_of_two_at_most() -> None:
    stretches = _sample(made_up_voice(*TEACHER, 40))
    assert sum(map(len, stretches)) * 0.032 == pytest.approx(20, abs=2)
    assert max(map(len, stretches)) * 0.032 <= 2.02


def test_the_teacher_is_told_from_a_pupil(teacher: VoiceScorer) -> None:
    talkers = EnrolledTalkers(teacher)
    start_ns = 0
    for turn in range(8):
        who = TEACHER if turn % 2 == 0 else PUPIL
        frames = frames_of(0.05 * _noisy(made_up_voice(*who, 6 if who is TEACHER else 3, seed=100 + turn), turn))
        talkers.push(start_ns, frames, np.ones(len(frames), bool))
        pause = frames_of(np.random.default_rng(turn).normal(0, 0.002, 16_000))
        talkers.push(start_ns + len(frames) * FRAME_NS, pause, np.zeros(len(pause), bool))
        start_ns += (len(frames) + len(pause)) * FRAME_NS
    talkers.gap()
    assert talkers.totals().teacher_share == pytest.approx(24 / 36, abs=0.1)
    assert talkers.role_of(1_000_000_000, 5_000_000_000) is SpeakerRole.TEACHER
    assert talkers.role_of(7_200_000_000, 9_500_000_000) is SpeakerRole.STUDENT


def test_at_the_end_the_voice_is_forgotten_and_the_roles_are_not(background: VoiceBackground) -> None:
    voice = enrol(_sample(_noisy(made_up_voice(*TEACHER, 25, seed=50), 1)), background, same_microphone=False)
    assert not isinstance(voice, str)
    talkers = EnrolledTalkers(voice)
    frames = frames_of(0.05 * _noisy(made_up_voice(*TEACHER, 6, seed=3), 3))
    before = voice.score(frames[:60])
    talkers.push(0, frames, np.ones(len(frames), bool))
    talkers.close()
    assert talkers.totals().teacher_s == pytest.approx(6, abs=0.1)
    assert voice.score(frames[:60]) < min(before, 0)


def test_a_word_is_nobodys_voice(teacher: VoiceScorer) -> None:
    talkers = EnrolledTalkers(teacher)
    word = frames_of(made_up_voice(*TEACHER, 0.4))
    talkers.push(0, word, np.ones(len(word), bool))
    talkers.gap()
    assert talkers.role_of(0, 400_000_000) is SpeakerRole.UNKNOWN
    assert talkers.totals().teacher_share is None


def test_a_sample_that_is_too_short_or_no_single_voice_is_refused_in_words(background: VoiceBackground) -> None:
    short = enrol(_sample(made_up_voice(*TEACHER, 6)), background, same_microphone=False)
    assert isinstance(short, str)
    assert "6 s" in short
    crowd = np.concatenate([made_up_voice(*OTHERS[k % 6], 2.016, seed=k) for k in range(12)])
    maker = SceneMaker([Voice("crowd", crowd)], 0)
    heard = maker.voice_in_room(Voice("crowd", crowd), maker.room())
    several = enrol(_sample(20 * heard), background, same_microphone=False)
    assert isinstance(several, str)
    assert "several voices" in several


def test_with_the_same_microphone_a_voice_from_far_off_is_less_like_the_teacher(background: VoiceBackground) -> None:
    sample = _sample(_noisy(made_up_voice(*TEACHER, 25, seed=50), 1))
    near = enrol(sample, background, same_microphone=True)
    assert not isinstance(near, str)
    frames = frames_of(0.05 * _noisy(made_up_voice(*TEACHER, 2, seed=7), 3))
    assert near.score(frames) == pytest.approx(near.score(0.8 * frames), abs=0.05)
    assert near.score(0.2 * frames) < near.score(frames) - 0.8


def test_weights_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"weight": np.ones(3, np.float32)}, path)
    with pytest.raises(BadModelError):
        load_voice_background(path)
