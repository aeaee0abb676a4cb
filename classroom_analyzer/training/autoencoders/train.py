"""Trains the autoencoder of a modality: min ||x - g(f(x))||^2 on rows of groups, judged on groups never seen.

Writes weights and the card that analysis needs: how large reconstruction errors usually are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import UsageError
from classroom_analyzer.models.store import ModelFiles, ModelStore
from classroom_analyzer.perception.autoencoders import Autoencoder
from classroom_analyzer.perception.encoders import autoencoder_beside
from classroom_analyzer.training.autoencoders.inputs import (
    AutoencoderKind,
    TrainingInputs,
    backbone_inputs,
    bundled_inputs,
    read_rows,
)
from classroom_analyzer.training.autoencoders.latents import check_latents_name, write_latents
from classroom_analyzer.training.autoencoders.reconstruction import Reconstruction, errors_of
from classroom_analyzer.training.checkpoint import checkpoints_of, fingerprint
from classroom_analyzer.training.loop import LoopSettings, fit
from classroom_analyzer.training.media_data import Rows
from classroom_analyzer.training.reproducible import reproducible
from classroom_analyzer.training.weight_files import write_weights

__all__ = ["RECIPES", "AutoencoderKind", "Options", "Recipe", "train_autoencoder", "write_autoencoder"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast.

    Attributes:
        epochs: Passes over the training rows.
        batch_rows: Rows per step.
        learning_rate: Of Adam, falling to zero along a half cosine.
        each_group_once: Hold out one group after the other and train the shipped network on all of them; for data of
            so few groups that one held-out group says nothing of the next.
    """

    epochs: int
    batch_rows: int = 64
    learning_rate: float = 1e-3
    each_group_once: bool = False


RECIPES = {
    AutoencoderKind.FACE: Recipe(epochs=20, each_group_once=True),
    AutoencoderKind.SOUND: Recipe(epochs=20, batch_rows=32),
    AutoencoderKind.TEXT: Recipe(epochs=40, batch_rows=128),
}


SPLITS = {
    False: "by group (recording, lesson, conversation): a fifth of the groups is held out, the rest is trained on",
    True: "each group (person) held out once for the figures; the shipped network is trained on all groups",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What can be asked for beside the plain training.

    Attributes:
        noise_sd: Standard deviation of noise on the inputs, in the unit that the card names; the clean input is the
            target then.
        encoder: Spec of a backbone (``dir:`` or ``hf:``) whose features are encoded; None: the bundled network.
        latents: File for the codes of all rows.
        resume: Go on from the checkpoint that a stopped run left in the output folder.
        log_dir: TensorBoard scalars and reconstructions go here.
        cache: Folder of cached features of a backbone; None keeps none.
    """

    noise_sd: float = 0.0
    encoder: str | None = None
    latents: Path | None = None
    resume: bool = False
    log_dir: Path | None = None
    cache: Path | None = None


def train_autoencoder(
    kind: AutoencoderKind,
    data: Path,
    out: Path | None,
    home: Path,
    *,
    seed: int = 0,
    recipe: Recipe | None = None,
    options: Options | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train one autoencoder and write ``KIND-autoencoder.safetensors`` with its card.

    That of a backbone is called ``FOLDER.autoencoder.safetensors`` after the backbone's folder, beside which analysis
    looks for it.

    Args:
        kind: What to encode.
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to; None: beside the backbone.
        home: Folder of all state; the detector, MiniLM and backbones are resolved there.
        seed: Same seed, same weights on one machine.
        recipe: How; the kind's own when None.
        options: What else.
        progress: Reports epochs.
        cancel: Stops the job; only checkpoints of whole epochs stay then.

    Returns:
        The card.

    Raises:
        UsageError: There is nowhere to write to, or ``latents`` has no known ending.
        BadInputError: The data cannot be read.
        BadModelError: The backbone must not be used, or a checkpoint is of another run.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
        TrainingFailedError: The loss is no number.
    """
    cancel, plan, options = cancel or CancelToken(), recipe or RECIPES[kind], options or Options()
    check_latents_name(options.latents)
    encoder = None if options.encoder is None else ModelStore(home).resolve(options.encoder, f"{kind.value} encoder")
    weights = _weights_file(kind, out, encoder)
    rows = read_rows(kind, data, home, progress, cancel)
    with reproducible(seed):
        if encoder is None:
            given = bundled_inputs(kind, rows.values, home)
        else:
            given = backbone_inputs(kind, rows.values, encoder, progress, cancel, options.cache)
    training = _Training(kind, given, plan, seed, options, weights, progress, cancel)
    net, figures = training.run(rows)
    card = {
        "name": weights.stem,
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        **given.texts,
        **(
            {}
            if encoder is None
            else {"encoder": {"spec": encoder.card_spec, "sha256": encoder.sha256}, "modality": kind.value}
        ),
        "training_sets": list(rows.sets),
        "split": SPLITS[plan.each_group_once],
        "groups": int(rows.group.max()) + 1,
        **figures,
        "seed": seed,
        "epochs": plan.epochs,
        "command": _command(kind, seed, plan, options),
    }
    write_autoencoder(weights, net, card)
    if options.latents is not None:
        unseen = np.zeros_like(rows.held_out) if plan.each_group_once else rows.held_out
        write_latents(options.latents, net, given.values, group=rows.group, held_out=unseen)
    training.checkpoints.forget()
    return card


class _Training:
    """One network per split, and the one that is shipped."""

    def __init__(
        self,
        kind: AutoencoderKind,
        given: TrainingInputs,
        plan: Recipe,
        seed: int,
        options: Options,
        weights: Path,
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        self._kind, self._given, self._plan, self._seed, self._options = kind, given, plan, seed, options
        self._progress, self._cancel = progress, cancel
        self.checkpoints = checkpoints_of(weights, resume=options.resume)

    def run(self, rows: Rows) -> tuple[Autoencoder, dict[str, Any]]:
        """Train on all but the held-out rows of each split, and judge by those."""
        inputs, once = self._given.values, self._plan.each_group_once
        splits = _held_out(rows, once)
        errors, baseline, noisy = [], [], []
        for number, out_of_it in enumerate(splits):
            train, held = inputs[~out_of_it], inputs[out_of_it]
            label = f"training without group {number + 1} of {len(splits)}" if once else "training the autoencoder"
            net = self._fitted(f"split-{number}", label, train, held)
            with reproducible(self._seed):
                errors.append(errors_of(net, held))
                if self._options.noise_sd:
                    noisy.append(errors_of(net, held, self._options.noise_sd))
                target = net.target(held) - net.target(train).mean(dim=0)
                baseline.append(target.pow(2).flatten(1).mean(dim=1))
        if once:
            net = self._fitted("all", "training on all groups", inputs, inputs[:0])
        return net, self._figures(rows, torch.cat(errors), torch.cat(baseline), noisy)

    def _fitted(self, name: str, label: str, train: Tensor, held: Tensor) -> Autoencoder:
        given, plan, options = self._given, self._plan, self._options
        settings = LoopSettings(plan.epochs, plan.batch_rows, plan.learning_rate, keep_best=False)
        with reproducible(self._seed):
            net = given.network(train)
            fit(
                Reconstruction(
                    net, train, held, augment=given.augment, noise_sd=options.noise_sd, picture=given.picture
                ),
                settings,
                seed=self._seed,
                label=label,
                checkpoint=self.checkpoints.path(name),
                mark=fingerprint(f"{self._kind} {options.noise_sd}", train, held),
                log_dir=None if options.log_dir is None else options.log_dir / name,
                progress=self._progress,
                cancel=self._cancel,
            )
        return net

    def _figures(self, rows: Rows, errors: Tensor, baseline: Tensor, noisy: list[Tensor]) -> dict[str, Any]:
        noise_sd = self._options.noise_sd
        denoising = {
            "noise_sd": noise_sd,
            "held_out_mse": float(torch.cat(noisy).mean()) if noisy else None,
            "about": "noisy input against the clean one; leaving the noise in costs noise_sd squared",
        }
        return {
            "rows": {
                "training": len(rows.group) if self._plan.each_group_once else int((~rows.held_out).sum()),
                "held_out": len(errors),
            },
            "held_out_mse": float(errors.mean()),
            "baseline_mse": float(baseline.mean()),
            "baseline": "predicting the mean of the training rows",
            **({"denoising": denoising} if noise_sd else {}),
            "novelty": {"mean": float(errors.mean()), "std": float(errors.std())},
        }


def write_autoencoder(path: Path, net: Autoencoder, card: dict[str, Any]) -> None:
    """Write weights and card; the weights' sum is added to the card.

    Raises:
        OutputNotWritableError: One of them cannot be written.
    """
    write_weights(path, {name: value.contiguous().numpy() for name, value in net.state_dict().items()}, card)


def _weights_file(kind: AutoencoderKind, out: Path | None, encoder: ModelFiles | None) -> Path:
    if encoder is not None:
        beside = autoencoder_beside(encoder.path)
        return beside if out is None else out / beside.name
    if out is None:
        raise UsageError("name a folder for the weights with --out")
    return out / f"{kind.value}-autoencoder.safetensors"


def _held_out(rows: Rows, each_group_once: bool) -> list[NDArray[np.bool_]]:
    """One mask per split, ``(n,) bool``."""
    if not each_group_once:
        return [rows.held_out]
    return [rows.group == number for number in range(int(rows.group.max()) + 1)]


def _command(kind: AutoencoderKind, seed: int, plan: Recipe, options: Options) -> str:
    more = f" --epochs {plan.epochs}" if plan != RECIPES[kind] else ""
    more += f" --noise {options.noise_sd:g}" if options.noise_sd else ""
    more += " --encoder SPEC" if options.encoder is not None else ""
    return f"classroom-analyzer train autoencoder --modality {kind.value} --data DATA --out OUT --seed {seed}{more}"
