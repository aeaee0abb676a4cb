from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_main import run
from tests.training.test_digits import made_up_mnist


def test_the_reference_preset_prints_its_error_beside_the_mean_predictor(tmp_path: Path) -> None:
    mnist = made_up_mnist(tmp_path / "mnist")
    out = tmp_path / "out"
    options = ("--preset", "reference", "--data", str(mnist), "--out", str(out), "--epochs", "1", "--noise", "0.5")
    done = run("train", "autoencoder", *options)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    card = json.loads((out / "reference-autoencoder.json").read_text(encoding="utf-8"))
    assert first == (
        f"reference-autoencoder: held-out error {card['held_out_mse']:.4f}, "
        f"mean predictor {card['baseline_mse']:.4f} (20 rows held out)"
    )
    assert "noise of 0.5" in second


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 2, "name what to train"),
        (("--modality", "text"), 2, "name what to train"),
        (("--preset", "reference"), 2, "name what to train"),
        (("--preset", "reference", "--modality", "text", "--out", "x"), 2, "name what to train"),
        (("--modality", "text", "--data", "{}"), 2, "--out"),
        (("--modality", "text", "--data", "{}", "--out", "x", "--latents", "c.csv"), 2, ".parquet"),
        (("--modality", "text", "--data", "{}", "--out", "x", "--encoder", "dir:{}/none"), 4, "config.json"),
        (("--preset", "reference", "--data", "{}", "--out", "x"), 3, "train-images-idx3-ubyte"),
    ],
)
def test_what_cannot_be_trained_is_said_in_one_sentence(
    tmp_path: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    done = run("train", "autoencoder", *(option.replace("{}", str(tmp_path)) for option in options))
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("x").exists()
