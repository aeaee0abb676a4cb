"""Noise is no evidence: clips without anybody in them give reasons, not estimates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from classroom_analyzer.app.analyze import Recording, analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.settings.schema import Settings
from tests.sources.recordings import write_recording

CLIP_S = 35  # a window of sound is full after 30
RATE_HZ = 16_000
SOUND_CLIPS, PICTURE_CLIPS = 18, 2


def coloured_noise(rng: np.random.Generator, slope: int) -> np.ndarray:
    """Noise whose power falls with frequency^slope: white, pink or brown; largest value 1."""
    spectrum = np.fft.rfft(rng.standard_normal(CLIP_S * RATE_HZ))
    frequency = np.maximum(np.arange(len(spectrum)), 1)
    noise = np.fft.irfft(spectrum / frequency ** (slope / 2))
    return (noise / np.abs(noise).max()).astype(np.float32)


def noise_clip(folder: Path, number: int) -> tuple[Path, frozenset[Modality]]:
    rng = np.random.default_rng(number)
    noise = coloured_noise(rng, number % 3) * (0.02, 0.1, 0.5)[number // 3 % 3]
    if number < SOUND_CLIPS:
        soundfile.write(folder / f"{number}.wav", noise, RATE_HZ)
        return folder / f"{number}.wav", frozenset({Modality.AUDIO})
    path = write_recording(folder / f"{number}.mkv", times_ms=range(0, CLIP_S * 1000, 1000), sounds=[(0.0, noise)])
    return path, frozenset({Modality.VISION, Modality.AUDIO})


@pytest.mark.timeout(240)
def test_at_least_nine_of_ten_windows_of_twenty_clips_of_noise_abstain(tmp_path: Path, own_home: Path):
    windows = abstained = 0
    for number in range(SOUND_CLIPS + PICTURE_CLIPS):
        path, modalities = noise_clip(tmp_path, number)
        request = replace(demo_request(Settings(), tmp_path / "out"), switched_on=modalities)
        engagement = analyze(Recording(path), request, own_home).engagement
        assert engagement is not None
        windows += engagement.windows
        abstained += engagement.abstained
    assert windows >= 20 * (CLIP_S - 1)
    assert abstained >= 0.9 * windows
