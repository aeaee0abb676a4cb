from __future__ import annotations

import json
from pathlib import Path

import pytest

from classroom_analyzer.cli.main import run
from tests.training.autoencoders.test_digits import made_up_mnist


def _run(*options: str) -> int:
    return run(["train", "autoencoder", *options], open_demo=lambda: 1, open_session=lambda _: 1)


def test_the_reference_preset_prints_its_error_beside_the_mean_predictor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mnist = made_up_mnist(tmp_path / "mnist")
    out = tmp_path / "out"
    options = ("--preset", "reference", "--data", str(mnist), "--out", str(out), "--epochs", "1", "--noise", "0.5")
    assert _run(*options) == 0
    first, second = capsys.readouterr().out.splitlines()
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
    tmp_path: Path,
    options: tuple[str, ...],
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(*(option.replace("{}", str(tmp_path)) for option in options)) == code
    said = capsys.readouterr().err
    assert words in said
    assert len(said.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())
