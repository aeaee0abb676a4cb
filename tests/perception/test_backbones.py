from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.perception.backbones import TEXT_KINDS, Backbone
from classroom_analyzer.perception.encoders import build_face_encoder, build_text_encoder
from tests.perception.tiny_models import tiny_bert


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_bert(tmp_path_factory.mktemp("bert"))


def test_texts_become_unit_vectors_in_their_order_whatever_shares_their_batch(bert: Path) -> None:
    encoder = build_text_encoder(f"dir:{bert}", bert, "cpu")
    texts = ["what page are we on ?", "i am lost", "lost " * 300, ""]
    codes = encoder.encode(texts)
    assert codes.novelty is None
    assert codes.embedding.shape == (4, 16)
    np.testing.assert_allclose(np.linalg.norm(codes.embedding, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode([text]).embedding for text in texts])
    np.testing.assert_allclose(codes.embedding, alone, atol=1e-5)


def test_a_burst_read_in_batches_side_by_side_gives_what_single_texts_give(bert: Path) -> None:
    encoder = build_text_encoder(f"dir:{bert}", bert, "cpu")
    texts = ["lost " * (1 + n % 60) + ["on", "page", "we", "are"][n % 4] for n in range(240)]
    burst = encoder.encode([*texts, *texts[:5]]).embedding
    assert burst[:5] == pytest.approx(burst[240:], abs=0)
    some = range(0, 240, 24)
    alone = np.concatenate([encoder.encode([texts[n]]).embedding for n in some])
    assert burst[list(some)] == pytest.approx(alone, abs=1e-5)


def test_half_characters_and_endless_lines_are_read_like_any_other(bert: Path) -> None:
    encoder = build_text_encoder(f"dir:{bert}", bert, "cpu")
    found = encoder.encode(["lost \ud800", "lost " * 200_000]).embedding
    assert np.isfinite(found).all()


def test_a_network_for_another_purpose_is_refused_in_one_sentence(bert: Path) -> None:
    with pytest.raises(BadModelError, match="'bert' network, needed is one of: resnet"):
        build_face_encoder("dir:x", bert, "cpu")


def test_pickled_weights_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(BadModelError, match="pickled"):
        build_text_encoder("dir:x", folder, "cpu")


def test_incomplete_weights_are_refused_not_made_up(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    tensors = load_file(folder / "model.safetensors")
    tensors.pop("encoder.layer.0.output.dense.weight")
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BadModelError, match="incomplete"):
        build_text_encoder("dir:x", folder, "cpu")


@pytest.mark.parametrize("config", ["", "[]", "{}", '{"model_type": "evil", "auto_map": {"AutoModel": "x.Y"}}'])
def test_a_config_that_names_no_known_network_is_refused(tmp_path: Path, config: str) -> None:
    folder = tiny_bert(tmp_path)
    (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(BadModelError):
        build_text_encoder("dir:x", folder, "cpu")


def test_weights_that_are_no_safetensors_are_refused(tmp_path: Path) -> None:
    folder = tiny_bert(tmp_path)
    (folder / "model.safetensors").write_bytes(b"\x80\x04 not weights")
    with pytest.raises(BadModelError):
        build_text_encoder("dir:x", folder, "cpu")


def test_when_memory_runs_out_the_network_moves_to_the_cpu_once_and_says_so(bert: Path) -> None:
    notices: list[str] = []
    backbone = Backbone(bert, TEXT_KINDS, "cpu", notices.append)
    backbone.device = torch.device("cuda")  # as if it had been there

    def job(model: Any, device: torch.device, dtype: torch.dtype) -> str:
        if device.type == "cuda":
            raise torch.OutOfMemoryError("CUDA out of memory")
        return f"{device} {dtype}"

    assert backbone.run(job) == "cpu torch.float32"
    assert len(notices) == 1
    assert backbone.run(job) == "cpu torch.float32"
    assert len(notices) == 1
