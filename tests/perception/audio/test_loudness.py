from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.perception.audio.loudness import NoiseFloor, level_dbfs, sound_quality


def test_a_full_scale_sine_has_minus_three_dbfs() -> None:
    sine = np.sin(2 * np.pi * 440 * np.arange(16000) / 16000)
    assert float(level_dbfs(float(np.mean(sine**2)))) == pytest.approx(-3.01, abs=0.01)


def test_digital_silence_has_no_level() -> None:
    assert float(level_dbfs(0.0)) == -np.inf


def test_the_floor_is_that_of_the_room_while_somebody_talks() -> None:
    floor = NoiseFloor()
    power = np.where(np.arange(31) % 4 == 0, 1e-5, 1e-2)
    for _ in range(10):
        floor.push(power, power > 1e-3)
    assert floor.floor_dbfs == pytest.approx(-50, abs=0.1)
    assert floor.speech_dbfs == pytest.approx(-20, abs=0.1)
    assert floor.snr_db == pytest.approx(30, abs=0.2)


def test_the_floor_follows_a_louder_room_within_a_minute() -> None:
    floor = NoiseFloor()
    for level in [1e-6] * 100 + [1e-4] * 60:
        floor.push(np.full(31, level), np.zeros(31, bool))
    assert floor.floor_dbfs == pytest.approx(-40, abs=0.1)


def test_before_any_sound_nothing_is_known() -> None:
    assert NoiseFloor().floor_dbfs is None
    assert NoiseFloor().snr_db is None


def test_quality_falls_with_noise_and_with_clipping() -> None:
    assert sound_quality(30, 0) == 1
    assert 0 < sound_quality(0, 0) < sound_quality(8, 0) < 1
    assert sound_quality(30, 0.02) < 1
    assert sound_quality(30, 0.5) == 0
