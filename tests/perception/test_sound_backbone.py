from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from classroom_analyzer.perception.encoders import build_sound_encoder
from classroom_analyzer.perception.sound_backbone import SoundBackbone
from tests.perception.tiny_models import tiny_hubert, tiny_wav2vec2, tiny_wavlm, tiny_whisper

SOUND = (0.1 * np.sin(np.arange(16_000) / 20)).astype(np.float32)
RNG = np.random.default_rng(0)
STRETCHES = [RNG.normal(0, 0.1, n).astype(np.float32) for n in (4_000, 2_000, 4_000, 3_990, 1_001, 6_000, 2_000)]


def test_sound_becomes_one_vector_that_does_not_depend_on_gain(tmp_path: Path) -> None:
    folder = tiny_wav2vec2(tmp_path)
    encoder = build_sound_encoder(f"dir:{folder}", folder, "cpu")
    code = encoder.encode(SOUND)
    assert code.embedding.shape == (16,)
    assert code.novelty is None
    np.testing.assert_allclose(code.embedding, encoder.encode(SOUND * 3).embedding, atol=1e-4)


def test_whispers_encoder_works_too(tmp_path: Path) -> None:
    folder = tiny_whisper(tmp_path)
    assert build_sound_encoder(f"dir:{folder}", folder, "cpu").encode(SOUND).embedding.shape == (16,)


@pytest.mark.parametrize("norm", ["group", "layer"])
@pytest.mark.parametrize("make", [tiny_wav2vec2, tiny_hubert, tiny_wavlm])
def test_a_stretch_gets_the_same_vector_whatever_shares_its_batch(
    tmp_path: Path, make: Callable[[Path, str], Path], norm: str
) -> None:
    encoder = SoundBackbone(make(tmp_path, norm), "cpu")
    together = encoder.encode_many(STRETCHES)
    alone = np.stack([encoder.encode(stretch).embedding for stretch in STRETCHES])
    assert together.shape == (7, 16)
    np.testing.assert_allclose(together, alone, atol=1e-5)
    assert np.ptp(together, axis=0).max() > 1e-3  # they are not all one


def test_whisper_hears_a_batch_as_it_hears_its_stretches_alone(tmp_path: Path) -> None:
    encoder = SoundBackbone(tiny_whisper(tmp_path), "cpu")
    together = encoder.encode_many(STRETCHES[:3])
    alone = np.stack([encoder.encode(stretch).embedding for stretch in STRETCHES[:3]])
    np.testing.assert_allclose(together, alone, atol=1e-5)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
def test_on_cuda_sounds_get_about_the_vectors_of_the_cpu(tmp_path: Path) -> None:
    folder = tiny_wav2vec2(tmp_path, "layer")
    on_cpu, on_cuda = (SoundBackbone(folder, device).encode_many(STRETCHES) for device in ("cpu", "cuda:0"))
    np.testing.assert_allclose(on_cuda, on_cpu, atol=1e-2)  # half precision there
