from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import card_path, sha256_of
from classroom_analyzer.perception.autoencoders import (
    Autoencoder,
    DenseAutoencoder,
    FaceAutoencoder,
    LogMelAutoencoder,
    load_autoencoder,
)

INPUTS = (
    (DenseAutoencoder, (384,), 32),
    (LogMelAutoencoder, (1, 64, 100), 32),
    (FaceAutoencoder, (3, 64, 64), 64),
)


def _saved(folder: Path, net: Autoencoder, **card: object) -> Path:
    path = folder / "net.safetensors"
    save_file(net.state_dict(), path)
    full = {"sha256": sha256_of(path), "novelty": {"mean": 0.5, "std": 0.1}, **card}
    card_path(path).write_text(json.dumps(full), encoding="utf-8")
    return path


@pytest.mark.parametrize(("kind", "shape", "code"), INPUTS)
def test_what_comes_out_has_the_shape_of_what_went_in(
    kind: type[Autoencoder], shape: tuple[int, ...], code: int
) -> None:
    codes, again = kind()(torch.zeros(2, *shape))
    assert codes.shape == (2, code)
    assert again.shape == (2, *shape)


def test_the_error_is_the_mean_square_of_each_row() -> None:
    net = DenseAutoencoder(inputs=6, hidden=4, code=2)
    x = torch.randn(3, 6)
    expected = (net(x)[1] - x).pow(2).mean(dim=1)
    torch.testing.assert_close(net.errors(x)[1], expected)


def test_novelty_is_the_z_score_of_the_error(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = DenseAutoencoder()
    loaded = load_autoencoder(_saved(tmp_path, net), DenseAutoencoder(), "cpu")
    x = torch.randn(4, 384)
    codes, novelty = loaded.encode(x)
    with torch.no_grad():
        code, error = net.errors(x)
    np.testing.assert_allclose(codes, code.numpy(), atol=1e-6)
    np.testing.assert_allclose(novelty, (error.numpy() - 0.5) / 0.1, atol=1e-4)


@pytest.mark.parametrize("novelty", [None, {}, {"mean": 1.0}, {"mean": 1.0, "std": 0.0}, {"mean": "1", "std": 1.0}])
def test_a_card_without_usual_errors_is_refused(tmp_path: Path, novelty: object) -> None:
    path = _saved(tmp_path, DenseAutoencoder(), novelty=novelty)
    with pytest.raises(BadModelError, match="card"):
        load_autoencoder(path, DenseAutoencoder(), "cpu")


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModelError, match="layers"):
        load_autoencoder(_saved(tmp_path, DenseAutoencoder()), LogMelAutoencoder(), "cpu")


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path, DenseAutoencoder())
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(BadModelError):
        load_autoencoder(path, DenseAutoencoder(), "cpu")
