from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import nn

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import StoppedByUserError
from classroom_analyzer.models.safe import load_card
from classroom_analyzer.training.autoencoders.reference import ReferenceAutoencoder, train_reference
from classroom_analyzer.training.autoencoders.train import Options
from tests.training.autoencoders.test_digits import made_up_mnist


@pytest.fixture
def mnist(tmp_path: Path) -> Path:
    return made_up_mnist(tmp_path / "mnist", train=640, held_out=80)


def test_the_network_is_784_128_64_12_3_and_back_with_tanh_at_the_end() -> None:
    net = ReferenceAutoencoder()
    shapes = [(m.in_features, m.out_features) for m in net.modules() if isinstance(m, nn.Linear)]
    there = [(784, 128), (128, 64), (64, 12), (12, 3)]
    assert shapes == there + [(b, a) for a, b in reversed(there)]
    kinds = [type(m).__name__ for m in (*net.encoder, *net.decoder)]
    assert kinds == ["Linear", "ReLU"] * 3 + ["Linear"] + ["Linear", "ReLU"] * 3 + ["Linear", "Tanh"]
    code, again = net(3 * torch.randn(5, 784))
    assert code.shape == (5, 3)
    assert again.abs().max() <= 1


def test_it_beats_the_mean_predictor_on_files_in_mnists_format(mnist: Path, tmp_path: Path) -> None:
    card = train_reference(mnist, tmp_path / "out", options=Options(log_dir=tmp_path / "logs"))
    assert card["rows"] == {"training": 640, "held_out": 80}
    assert card["held_out_mse"] < 0.8 * card["baseline_mse"]
    losses = card["loss_by_epoch"]
    assert len(losses["train"]) == len(losses["held_out"]) == card["epochs"] == 10
    assert losses["held_out"][-1] == pytest.approx(card["held_out_mse"])
    assert losses["held_out"][-1] < losses["held_out"][0]
    assert load_card(tmp_path / "out" / "reference-autoencoder.safetensors") == json.loads(json.dumps(card))
    assert (tmp_path / "out" / "reference-loss.png").read_bytes().startswith(b"\x89PNG")
    assert len(list((tmp_path / "out").iterdir())) == 3
    events = EventAccumulator(str(tmp_path / "logs"), size_guidance={"images": 0})
    events.Reload()
    assert [e.value for e in events.Scalars("loss/held_out")] == pytest.approx(losses["held_out"], rel=1e-6)
    assert [e.step for e in events.Images("reconstruction")] == list(range(1, 11))
    assert [e.value for e in events.Scalars("learning_rate")] == pytest.approx([1e-3] * 10)


def test_a_stopped_run_goes_on_to_the_same_weights(mnist: Path, tmp_path: Path) -> None:
    straight = train_reference(mnist, tmp_path / "straight", epochs=3)
    cancel = CancelToken()
    with pytest.raises(StoppedByUserError, match="1 epochs are kept; go on with --resume"):
        train_reference(mnist, tmp_path / "out", epochs=3, cancel=cancel, progress=lambda *_: cancel.cancel())
    seen: list[float] = []
    resumed = train_reference(
        mnist,
        tmp_path / "out",
        epochs=3,
        options=Options(resume=True),
        progress=lambda _, completed, total: seen.append(completed),
    )
    assert seen == [2, 3]
    assert resumed["sha256"] == straight["sha256"]
    assert not list((tmp_path / "out").glob("*checkpoints*"))


def test_a_new_run_does_not_go_on_from_the_last_one_unless_asked(mnist: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    with pytest.raises(StoppedByUserError):
        train_reference(mnist, tmp_path, seed=1, epochs=3, cancel=cancel, progress=lambda *_: cancel.cancel())
    seen: list[float] = []
    train_reference(mnist, tmp_path, epochs=2, progress=lambda _, completed, total: seen.append(completed))
    assert seen == [1, 2]


def test_codes_can_be_written_without_the_pictures(mnist: Path, tmp_path: Path) -> None:
    train_reference(mnist, tmp_path / "out", epochs=1, options=Options(latents=tmp_path / "codes.parquet"))
    table = pl.read_parquet(tmp_path / "codes.parquet")
    assert table.columns == ["group", "row", "held_out", "error", "code_000", "code_001", "code_002"]
    assert table.height == 720
    assert table["held_out"].sum() == 80
    assert np.isfinite(table["error"].to_numpy()).all()
