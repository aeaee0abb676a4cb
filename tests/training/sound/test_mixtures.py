from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.training.sound.mixtures import Background, SceneMaker, Voice, background, level_to
from tests.made_up_voices import made_up_voice

VOICES = [Voice(str(k), made_up_voice(110 + 30 * k, 0.9 + 0.08 * k, 3, seed=k)) for k in range(5)]


def _dbfs(sound: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(sound**2)))


def test_the_same_seed_makes_the_same_scene_and_another_seed_another() -> None:
    scenes = []
    for seed in (1, 1, 2):
        maker = SceneMaker(VOICES, seed)
        scenes.append(maker.many_voices(3, maker.room()).samples)
    np.testing.assert_array_equal(scenes[0], scenes[1])
    assert np.abs(scenes[0] - scenes[2]).max() > 0


def test_one_at_a_time_has_one_speaker_with_pauses_and_says_who() -> None:
    maker = SceneMaker(VOICES, 3)
    scene = maker.one_voice(30, maker.room(), [2])
    assert set(np.unique(scene.speaker)) == {-1, 2}
    assert 0.6 < (scene.speaker == 2).mean() < 0.99
    turns = maker.one_voice(60, maker.room(), [0, 1, 4], turns=True)
    assert set(np.unique(turns.speaker)) == {-1, 0, 1, 4}


def test_voices_lie_above_the_background_by_the_rooms_ratio() -> None:
    maker = SceneMaker(VOICES, 4)
    room = {"speech_dbfs": -30.0, "snr_db": 20.0, "reverberation_s": 0.3, "direct_db": 12.0, "kind": 1.0}
    assert _dbfs(maker.silence(5, room).samples) == pytest.approx(-50, abs=0.1)
    assert _dbfs(maker.voice_in_room(VOICES[0], room)) == pytest.approx(-30, abs=1.5)


def test_in_a_dialogue_the_teacher_has_about_the_turns_asked_for() -> None:
    maker = SceneMaker(VOICES, 5)
    scene = maker.dialogue(200, maker.room(), 0, [1, 2], 0.7)
    spoken = scene.speaker[scene.speaker >= 0]
    assert (spoken == 0).mean() == pytest.approx(0.7, abs=0.15)


@pytest.mark.parametrize("kind", Background)
def test_backgrounds_have_the_length_and_level_asked_for(kind: Background) -> None:
    noise = level_to(background(kind, 16_000, np.random.default_rng(0)), -40)
    assert len(noise) == 16_000
    assert _dbfs(noise) == pytest.approx(-40, abs=0.01)
