from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.audio.xvectors import XVectorNetwork, XVectorVoice
from tests.perception.tiny_models import tiny_wav2vec2, tiny_xvector


def _buzz(hz: float, seed: int, frames: int = 40) -> np.ndarray:
    t = np.arange(frames * 512) / 16_000
    noise = np.random.default_rng(seed).normal(0, 0.02, len(t))
    wave = sum(np.sin(2 * np.pi * hz * k * t) / k for k in range(1, 12))
    return (0.1 * wave + noise).astype(np.float32).reshape(frames, 512)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> XVectorNetwork:
    return XVectorNetwork(tiny_xvector(tmp_path_factory.mktemp("xvector")), "cpu")


def test_a_stretch_becomes_a_unit_vector_that_does_not_depend_on_gain(network: XVectorNetwork) -> None:
    vector = network.vector(_buzz(120, 0))
    assert vector.shape == (12,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(network.vector(0.1 * _buzz(120, 0)), vector, atol=1e-3)


def test_a_voice_scores_its_own_stretches_above_its_line_and_higher_than_another_sound(network: XVectorNetwork) -> None:
    voice = XVectorVoice(network, [_buzz(120, seed) for seed in range(6)])
    own = voice.score(_buzz(120, 99))
    assert own >= voice.line
    assert own > voice.score(_buzz(410, 7))


def test_a_network_without_speaker_vectors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModelError, match="incomplete"):
        XVectorNetwork(tiny_wav2vec2(tmp_path), "cpu")
