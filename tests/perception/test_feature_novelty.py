from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import card_path, sha256_of
from classroom_analyzer.perception.autoencoders import FeatureAutoencoder, load_feature_autoencoder
from classroom_analyzer.perception.encoders import (
    autoencoder_beside,
    build_face_encoder,
    build_sound_encoder,
    build_text_encoder,
)
from tests.perception.tiny_models import tiny_bert, tiny_resnet, tiny_wav2vec2


def _saved(path: Path, size: int, **card: object) -> Path:
    torch.manual_seed(0)
    save_file(FeatureAutoencoder.for_rows(torch.randn(50, size)).state_dict(), path)
    full = {"sha256": sha256_of(path), "novelty": {"mean": 0.5, "std": 0.1}, "features": size, **card}
    card_path(path).write_text(json.dumps(full), encoding="utf-8")
    return path


def test_the_file_lies_beside_the_folder_and_not_in_it(tmp_path: Path) -> None:
    assert autoencoder_beside(tmp_path / "bert.v2") == tmp_path.resolve() / "bert.v2.autoencoder.safetensors"


def test_an_autoencoder_adds_novelty_and_leaves_the_codes_as_they_are(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    crops = rng.integers(0, 255, (3, 64, 64, 3), dtype=np.uint8)
    clip = rng.standard_normal(16_000).astype(np.float32)
    face, sound, text = tiny_resnet(tmp_path / "f"), tiny_wav2vec2(tmp_path / "s"), tiny_bert(tmp_path / "t")
    of_12, of_16 = _saved(tmp_path / "a.safetensors", 12), _saved(tmp_path / "b.safetensors", 16)

    plain_faces = build_face_encoder("dir:f", face, "cpu").encode(crops)
    faces = build_face_encoder("dir:f", face, "cpu", autoencoder=of_12).encode(crops)
    np.testing.assert_array_equal(faces.embedding, plain_faces.embedding)
    assert plain_faces.novelty is None
    assert faces.novelty is not None
    assert faces.novelty.shape == (3,)
    expected = load_feature_autoencoder(of_12, "cpu").encode(torch.from_numpy(plain_faces.embedding))[1]
    np.testing.assert_allclose(faces.novelty, expected, rtol=1e-5)

    plain_sound = build_sound_encoder("dir:s", sound, "cpu").encode(clip)
    heard = build_sound_encoder("dir:s", sound, "cpu", autoencoder=of_16).encode(clip)
    np.testing.assert_array_equal(heard.embedding, plain_sound.embedding)
    assert plain_sound.novelty is None
    assert isinstance(heard.novelty, float)

    plain_texts = build_text_encoder("dir:t", text, "cpu").encode(["what page are we on?", "lost"])
    texts = build_text_encoder("dir:t", text, "cpu", autoencoder=of_16).encode(["what page are we on?", "lost"])
    np.testing.assert_array_equal(texts.embedding, plain_texts.embedding)
    assert plain_texts.novelty is None
    assert texts.novelty is not None
    assert texts.novelty.shape == (2,)


@pytest.mark.parametrize("features", [None, "12", 0, 10**9])
def test_a_card_that_names_no_size_is_refused(tmp_path: Path, features: object) -> None:
    with pytest.raises(BadModelError, match="how many features"):
        load_feature_autoencoder(_saved(tmp_path / "a.safetensors", 12, features=features), "cpu")


def test_weights_of_another_size_than_the_card_says_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModelError, match="24 features"):
        load_feature_autoencoder(_saved(tmp_path / "a.safetensors", 12, features=24), "cpu")
