"""Noise is no evidence: clips without anybody in them give reasons, not estimates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from classroom_analyzer.app.analyze import Recording, analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.noise_clips import coloured_noise, noise_abstention
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.settings.schema import Settings
from tests.sources.recordings import write_recording


def test_at_least_nine_of_ten_windows_of_twenty_clips_of_noise_abstain():
    found = noise_abstention()
    assert found["clips"] == 20
    assert found["windows"] >= 20 * 34
    assert found["abstained"] >= 0.9


def test_noise_with_a_picture_without_anybody_gives_no_estimate_either_and_says_why(tmp_path: Path, own_home: Path):
    noise = 0.1 * coloured_noise(np.random.default_rng(1), 1).astype(np.float32)
    path = write_recording(tmp_path / "noise.mkv", times_ms=range(0, 35_000, 1000), sounds=[(0.0, noise)])
    request = demo_request(Settings(), tmp_path / "out")
    request = replace(request, switched_on=frozenset({Modality.VISION, Modality.AUDIO}))
    summary = analyze(Recording(path), request, own_home)
    assert summary.engagement is not None
    assert summary.engagement.mean is None
    assert any("no voice was heard" in warning for warning in summary.warnings)


def test_noise_has_the_colour_that_was_asked_for():
    white, brown = (np.abs(np.fft.rfft(coloured_noise(np.random.default_rng(0), s))) ** 2 for s in (0, 2))
    half = len(white) // 2
    assert 0.9 < white[:half].sum() / white[half:].sum() < 1.1
    assert brown[:half].sum() > 100 * brown[half:].sum()
