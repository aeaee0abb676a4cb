from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.perception.audio.pitch import median_pitch_hz


def _voice(pitch_hz: float, seconds: float = 1.0) -> np.ndarray:
    """Harmonics falling with their number, as a voice has them."""
    t = np.arange(int(seconds * 16000)) / 16000
    wave = sum(np.sin(2 * np.pi * pitch_hz * k * t) / k for k in range(1, 12) if pitch_hz * k < 8000)
    return (0.1 * wave[: len(t) // 512 * 512]).astype(np.float32).reshape(-1, 512)


@pytest.mark.parametrize("pitch_hz", [80, 110, 170, 220, 300, 400])
def test_pitch_of_a_harmonic_sound_is_its_fundamental(pitch_hz: float) -> None:
    frames = _voice(pitch_hz)
    assert median_pitch_hz(frames, np.ones(len(frames), bool)) == pytest.approx(pitch_hz, rel=0.01)


def test_noise_has_no_pitch() -> None:
    frames = np.random.default_rng(0).standard_normal((31, 512)).astype(np.float32)
    assert median_pitch_hz(frames, np.ones(31, bool)) is None


def test_without_voice_there_is_no_pitch() -> None:
    frames = _voice(200)
    assert median_pitch_hz(frames, np.zeros(len(frames), bool)) is None
    assert median_pitch_hz(frames[:0], np.zeros(0, bool)) is None
