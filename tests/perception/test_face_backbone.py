from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from classroom_analyzer.perception.encoders import build_face_encoder
from tests.perception.tiny_models import tiny_resnet


def test_faces_become_one_vector_each_and_colour_order_matters(tmp_path: Path) -> None:
    folder = tiny_resnet(tmp_path)
    encoder = build_face_encoder(f"dir:{folder}", folder, "cpu")
    crops = np.random.default_rng(0).integers(0, 255, (3, 64, 64, 3), dtype=np.uint8)
    codes = encoder.encode(crops)
    assert codes.embedding.shape == (3, 12)
    assert codes.novelty is None
    assert np.abs(codes.embedding - encoder.encode(crops[..., ::-1].copy()).embedding).max() > 1e-4


def test_a_picture_size_given_with_the_model_is_used(tmp_path: Path) -> None:
    folder = tiny_resnet(tmp_path)
    crops = np.random.default_rng(0).integers(0, 255, (1, 64, 64, 3), dtype=np.uint8)
    usual = build_face_encoder("dir:x", folder, "cpu").encode(crops).embedding
    (folder / "preprocessor_config.json").write_text(json.dumps({"size": {"shortest_edge": 64}}), encoding="utf-8")
    small = build_face_encoder("dir:x", folder, "cpu").encode(crops).embedding
    assert np.abs(usual - small).max() > 1e-5


def test_a_crop_gets_the_same_vector_whatever_shares_its_batch(tmp_path: Path) -> None:
    folder = tiny_resnet(tmp_path)
    encoder = build_face_encoder("dir:x", folder, "cpu")
    crops = np.random.default_rng(0).integers(0, 255, (35, 64, 64, 3), dtype=np.uint8)
    together = encoder.encode(crops).embedding
    alone = np.concatenate([encoder.encode(crops[row : row + 1]).embedding for row in (0, 15, 16, 34)])
    np.testing.assert_allclose(together[[0, 15, 16, 34]], alone, atol=1e-5)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
def test_on_cuda_faces_get_about_the_vectors_of_the_cpu(tmp_path: Path) -> None:
    folder = tiny_resnet(tmp_path)
    crops = np.random.default_rng(0).integers(0, 255, (3, 64, 64, 3), dtype=np.uint8)
    on_cpu, on_cuda = (build_face_encoder("dir:x", folder, device).encode(crops) for device in ("cpu", "cuda:0"))
    np.testing.assert_allclose(on_cuda.embedding, on_cpu.embedding, atol=1e-2)  # half precision there
