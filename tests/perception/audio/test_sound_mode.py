from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.perception.audio.sound_mode import LessonLevel, sound_mode

FRAMES = 468  # 15 s


def _power(dbfs: np.ndarray | float) -> np.ndarray:
    return 10 ** (np.broadcast_to(dbfs, FRAMES).astype(float) / 10)


def test_no_voice_is_none_however_loud_the_room() -> None:
    assert sound_mode(_power(-10), np.zeros(FRAMES, bool), -30) is SoundMode.NONE


def test_a_voice_with_pauses_is_single() -> None:
    talking = np.arange(FRAMES) % 64 < 48
    assert sound_mode(_power(np.where(talking, -25.0, -50.0)), talking, -25) is SoundMode.SINGLE


def test_loud_steady_voices_are_multiple() -> None:
    wobble = np.random.default_rng(0).normal(-22, 3, FRAMES)
    assert sound_mode(_power(wobble), np.ones(FRAMES, bool), -23) is SoundMode.MULTIPLE


def test_a_steady_murmur_far_below_the_lessons_level_is_not_multiple() -> None:
    assert sound_mode(_power(-50), np.ones(FRAMES, bool), -23) is SoundMode.SINGLE


def test_with_too_little_heard_the_mode_is_unknown() -> None:
    assert sound_mode(_power(-20)[:300], np.ones(300, bool), None) is SoundMode.UNKNOWN


def test_the_lessons_level_is_the_median_of_voice_only() -> None:
    level = LessonLevel()
    assert level.median_dbfs is None
    level.push(_power(-70), np.zeros(FRAMES, bool))
    level.push(_power(-30), np.ones(FRAMES, bool))
    assert level.median_dbfs == pytest.approx(-30)
