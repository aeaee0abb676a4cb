"""The preset ``reference``: the dense autoencoder of textbooks on handwritten digits, to check the training loop by.

784-128-64-12-3 and back, ReLU between, Tanh at the end, Adam 1e-3, mean squared error, batches of 32, 10 epochs. No
other part of the program uses its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from torch import Tensor, nn

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.perception.autoencoders import Autoencoder
from classroom_analyzer.storage.safe_files import replacing
from classroom_analyzer.training.autoencoders.digits import SIDE_PX, open_digits
from classroom_analyzer.training.autoencoders.latents import check_latents_name, write_latents
from classroom_analyzer.training.autoencoders.reconstruction import Reconstruction, errors_of
from classroom_analyzer.training.autoencoders.train import Options, write_autoencoder
from classroom_analyzer.training.checkpoint import checkpoints_of, fingerprint
from classroom_analyzer.training.loop import Fitted, LoopSettings, fit
from classroom_analyzer.training.reproducible import reproducible

__all__ = ["ReferenceAutoencoder", "loss_figure", "train_reference"]

SIZES = (SIDE_PX * SIDE_PX, 128, 64, 12, 3)
SETTINGS = LoopSettings(epochs=10, batch_rows=32, learning_rate=1e-3, cosine=False, keep_best=False)
DOTS_PER_INCH = 110


class ReferenceAutoencoder(Autoencoder):
    """Pictures ``(batch, 784)`` in [-1, 1], code 3."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = _dense(SIZES)
        self.decoder = nn.Sequential(*_dense(SIZES[::-1]), nn.Tanh())


def train_reference(
    data: Path | None,
    out: Path,
    *,
    seed: int = 0,
    epochs: int | None = None,
    options: Options | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train it and write ``reference-autoencoder.safetensors``, its card and ``reference-loss.png``.

    Args:
        data: Folder of MNIST's IDX files; None takes scikit-learn's digits.
        out: Folder to write to.
        seed: Same seed, same weights on one machine.
        epochs: Instead of 10.
        options: Noise, codes, resumption and TensorBoard as for ``train_autoencoder``; an encoder has no meaning here.
        progress: Reports epochs.
        cancel: Stops the job; only the checkpoint of the last whole epoch stays then.

    Returns:
        The card; ``loss_by_epoch`` holds the mean squared errors of training and held-out pictures.

    Raises:
        UsageError: ``options.latents`` has no known ending.
        BadInputError: The digits cannot be read.
        BadModelError: The checkpoint is of another run.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
        TrainingFailedError: The loss is no number.
    """
    options = options or Options()
    check_latents_name(options.latents)
    digits = open_digits(data)
    epochs = epochs or SETTINGS.epochs
    settings = replace(SETTINGS, epochs=epochs)
    weights = out / "reference-autoencoder.safetensors"
    checkpoints = checkpoints_of(weights, resume=options.resume)
    with reproducible(seed):
        net = ReferenceAutoencoder()
        task = Reconstruction(net, digits.train, digits.held_out, noise_sd=options.noise_sd, picture=_pictures)
        fitted = fit(
            task,
            settings,
            seed=seed,
            label="training the reference autoencoder",
            checkpoint=checkpoints.path("reference"),
            mark=fingerprint(f"reference {options.noise_sd}", digits.train, digits.held_out),
            log_dir=options.log_dir,
            progress=progress,
            cancel=cancel,
        )
        errors = errors_of(net, digits.held_out)
        noisy = errors_of(net, digits.held_out, options.noise_sd) if options.noise_sd else None
    mean = digits.train.mean(dim=0)
    card = {
        "name": "reference-autoencoder",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        "inputs": "handwritten digits, 28 x 28 pixels in [-1, 1]",
        "code": SIZES[-1],
        "purpose": "checks the training loop on a task that everyone knows; analysis does not use it",
        "limits": ["Says nothing about classrooms."],
        "licence": "Apache-2.0",
        **digits.card,
        "rows": {"training": len(digits.train), "held_out": len(digits.held_out)},
        "held_out_mse": float(errors.mean()),
        "baseline_mse": float((digits.held_out - mean).pow(2).mean()),
        "baseline": "predicting the mean of the training rows",
        **_denoising(options.noise_sd, noisy),
        "loss_by_epoch": {"train": list(fitted.train_losses), "held_out": list(fitted.held_out_losses)},
        "novelty": {"mean": float(errors.mean()), "std": float(errors.std())},
        "seed": seed,
        "epochs": epochs,
        "command": _command(data, seed, epochs, options.noise_sd),
    }
    write_autoencoder(weights, net, card)
    with replacing(out / "reference-loss.png") as file:
        loss_figure(fitted, card["baseline_mse"], f"{len(digits.held_out)} held-out digits").savefig(
            file, format="png", dpi=DOTS_PER_INCH
        )
    if options.latents is not None:
        every = torch.cat([digits.train, digits.held_out])
        unseen = np.arange(len(every)) >= len(digits.train)
        write_latents(options.latents, net, every, group=np.zeros(len(every), np.int64), held_out=unseen)
    checkpoints.forget()
    return card


def loss_figure(fitted: Fitted, baseline_mse: float, title: str) -> Figure:
    """Draw the errors by epoch, with the mean predictor as a line to beat.

    Args:
        fitted: How the training went.
        baseline_mse: Held-out error of predicting the mean of the training rows.
        title: Over the picture.
    """
    figure = Figure(figsize=(5.6, 3.4), layout="constrained")
    axes = figure.subplots()
    epochs = range(1, len(fitted.train_losses) + 1)
    axes.plot(epochs, fitted.train_losses, marker="o", label="training, while it learns")
    axes.plot(epochs, fitted.held_out_losses, marker="s", label="held out, after the epoch")
    axes.axhline(baseline_mse, color="0.4", linestyle="--", label="mean predictor, held out")
    axes.set_xlabel("epoch")
    axes.set_ylabel("mean squared error")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(bottom=0)
    axes.set_title(title, fontsize=10)
    axes.legend(frameon=False)
    return figure


def _dense(sizes: Sequence[int]) -> nn.Sequential:
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def _pictures(rows: Tensor) -> Tensor:
    return rows.reshape(-1, 1, SIDE_PX, SIDE_PX)


def _denoising(noise_sd: float, errors: Tensor | None) -> dict[str, Any]:
    return {} if errors is None else {"denoising": {"noise_sd": noise_sd, "held_out_mse": float(errors.mean())}}


def _command(data: Path | None, seed: int, epochs: int, noise_sd: float) -> str:
    more = "" if data is None else " --data MNIST"
    more += f" --epochs {epochs}" if epochs != SETTINGS.epochs else ""
    more += f" --noise {noise_sd:g}" if noise_sd else ""
    return f"classroom-analyzer train autoencoder --preset reference --out OUT --seed {seed}{more}"
