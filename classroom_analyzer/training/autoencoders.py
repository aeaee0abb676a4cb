"""Trains the autoencoder of a modality: min ||x - g(f(x))||^2 on rows of groups, judged on groups never seen.

Writes weights and the card that analysis needs: how large reconstruction errors usually are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.models.safe import card_path, sha256_of
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.audio.log_mel import LogMel
from classroom_analyzer.perception.autoencoders import (
    Autoencoder,
    DenseAutoencoder,
    FaceAutoencoder,
    LogMelAutoencoder,
)
from classroom_analyzer.perception.vision.face_autoencoder import crops_to_tensor
from classroom_analyzer.training.autoencoder_cards import augmented_faces, card_texts
from classroom_analyzer.training.media_data import Rows, face_rows, sound_rows, text_rows

__all__ = ["AutoencoderKind", "Recipe", "train_autoencoder"]

PICTURES = 8  # reconstructions shown in TensorBoard
EVALUATION_ROWS = 512
LEAST_SPREAD = 0.25


class AutoencoderKind(StrEnum):
    """What is encoded."""

    FACE = "face"
    SOUND = "sound"
    TEXT = "text"


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


def train_autoencoder(
    kind: AutoencoderKind,
    data: Path,
    out: Path,
    home: Path,
    *,
    seed: int = 0,
    recipe: Recipe | None = None,
    log_dir: Path | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train one autoencoder and write ``KIND-autoencoder.safetensors`` with its card.

    Args:
        kind: What to encode.
        data: Folder whose MANIFEST.tsv says what may be trained on.
        out: Folder to write to.
        home: Folder of all state; the detector and MiniLM are resolved there.
        seed: Same seed, same weights on one machine.
        recipe: How; the kind's own when None.
        log_dir: TensorBoard scalars and reconstructions go here.
        progress: Reports epochs.
        cancel: Stops the job; nothing is written then.

    Returns:
        The card.

    Raises:
        BadInputError: The data cannot be read.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    cancel, plan = cancel or CancelToken(), recipe or RECIPES[kind]
    rows = _rows(kind, data, home, progress, cancel)
    with _reproducible(seed):
        inputs = _inputs(kind, rows.values, home)
        held_out = _held_out(rows, plan)
        errors, baseline = [], []
        for number, out_of_it in enumerate(held_out):
            train, held = inputs[~out_of_it], inputs[out_of_it]
            net = _trained(kind, train, held, plan, seed, _below(log_dir, f"split-{number}"), progress, cancel)
            errors.append(_errors(net, held))
            baseline.append((held - train.mean(dim=0)).pow(2).flatten(1).mean(dim=1))
        if plan.each_group_once:
            net = _trained(kind, inputs, inputs[:0], plan, seed, _below(log_dir, "all"), progress, cancel)
    held_out_errors = torch.cat(errors)
    card = {
        "name": f"{kind.value}-autoencoder",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        **card_texts(kind.value),
        "training_sets": list(rows.sets),
        "split": SPLITS[plan.each_group_once],
        "groups": int(rows.group.max()) + 1,
        "rows": {
            "training": len(inputs) if plan.each_group_once else int((~rows.held_out).sum()),
            "held_out": len(held_out_errors),
        },
        "held_out_mse": float(held_out_errors.mean()),
        "baseline_mse": float(torch.cat(baseline).mean()),
        "baseline": "predicting the mean of the training rows",
        "novelty": {"mean": float(held_out_errors.mean()), "std": float(held_out_errors.std())},
        "seed": seed,
        "epochs": plan.epochs,
        "command": f"classroom-analyzer train autoencoder --modality {kind.value} --data DATA --out OUT --seed {seed}",
    }
    return _write(out / f"{kind.value}-autoencoder.safetensors", net, card)


@contextmanager
def _reproducible(seed: int) -> Iterator[None]:
    """One thread, seeded, deterministic operations; the process's own settings come back afterwards."""
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            yield
    finally:
        torch.use_deterministic_algorithms(strict)
        torch.set_num_threads(threads)


def _rows(kind: AutoencoderKind, data: Path, home: Path, progress: Progress, cancel: CancelToken) -> Rows:
    if kind is AutoencoderKind.SOUND:
        return sound_rows(data, progress, cancel)
    if kind is AutoencoderKind.TEXT:
        return text_rows(data)
    detector = ModelStore(home).resolve("bundled:centerface", "face detector")
    return face_rows(data, detector.path, progress, cancel)


def _inputs(kind: AutoencoderKind, values: NDArray[Any], home: Path) -> Tensor:
    """Turn rows into what the network takes: ``(n, ...) float32``."""
    if kind is AutoencoderKind.FACE:
        return crops_to_tensor(values)
    if kind is AutoencoderKind.SOUND:
        return LogMel()(values)
    from classroom_analyzer.perception.backbones import TextBackbone, scaled_embeddings

    minilm = TextBackbone(ModelStore(home).resolve("bundled:minilm", "text encoder").path, "cpu")
    return scaled_embeddings(minilm.encode([str(text) for text in values]).embedding)


def _network(kind: AutoencoderKind) -> Autoencoder:
    if kind is AutoencoderKind.FACE:
        return FaceAutoencoder()
    return LogMelAutoencoder() if kind is AutoencoderKind.SOUND else DenseAutoencoder()


def _held_out(rows: Rows, recipe: Recipe) -> list[NDArray[np.bool_]]:
    """One mask per split, ``(n,) bool``."""
    if not recipe.each_group_once:
        return [rows.held_out]
    return [rows.group == number for number in range(int(rows.group.max()) + 1)]


def _below(folder: Path | None, name: str) -> Path | None:
    return None if folder is None else folder / name


def _trained(
    kind: AutoencoderKind,
    train: Tensor,
    held_out: Tensor,
    recipe: Recipe,
    seed: int,
    log_dir: Path | None,
    progress: Progress,
    cancel: CancelToken,
) -> Autoencoder:
    """Train a fresh network; ``held_out`` is only looked at, and may be empty."""
    torch.manual_seed(seed)
    net = _network(kind)
    augment = augmented_faces if kind is AutoencoderKind.FACE else None
    optimizer = torch.optim.Adam(net.parameters(), recipe.learning_rate)
    steps = recipe.epochs * -(-len(train) // recipe.batch_rows)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    writer = _writer(log_dir)
    for epoch in range(recipe.epochs):
        net.train()
        total = 0.0
        for picked in _batches(torch.randperm(len(train)), recipe.batch_rows):
            cancel.raise_if_cancelled("nothing was written")
            batch = train[picked] if augment is None else augment(train[picked])
            _, again = net(batch)
            loss = torch.nn.functional.mse_loss(again, batch)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(picked)
        net.eval()
        if writer is not None:
            writer.add_scalar("mse/train", total / len(train), epoch)
        if writer is not None and len(held_out):
            writer.add_scalar("mse/held_out", float(_errors(net, held_out).mean()), epoch)
            _show(writer, net, held_out[:PICTURES], epoch)
        progress("training the autoencoder", epoch + 1, recipe.epochs)
    if writer is not None:
        writer.close()
    return net


def _batches(rows: Tensor, size: int) -> list[Tensor]:
    return [rows[at : at + size] for at in range(0, len(rows), size)]


@torch.inference_mode()
def _errors(net: Autoencoder, rows: Tensor) -> Tensor:
    """Reconstruction error of each row, ``(n,)``."""
    return torch.cat([net.errors(part)[1] for part in _batches(rows, EVALUATION_ROWS)])


def _usual_spread(errors: Tensor) -> float:
    """Standard deviation of the held-out errors, at least a share of their mean: few groups vary too little."""
    return max(float(errors.std()), LEAST_SPREAD * float(errors.mean()))


@torch.inference_mode()
def _show(writer: Any, net: Autoencoder, rows: Tensor, epoch: int) -> None:
    """Rows above, their reconstructions below; text has no picture."""
    if rows.dim() != 4:
        return
    pair = torch.cat([rows, net(rows)[1]])
    low, high = pair.min(), pair.max()
    writer.add_images("reconstruction", ((pair - low) / (high - low)).flip(1), epoch)


def _write(path: Path, net: Autoencoder, card: dict[str, Any]) -> dict[str, Any]:
    temporary = path.with_suffix(".writing")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(save({name: value.contiguous() for name, value in net.state_dict().items()}))
        temporary.replace(path)
        card["sha256"] = sha256_of(path)
        card_path(path).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputNotWritableError(path.parent, error.strerror or str(error)) from error
    return card


def _writer(log_dir: Path | None) -> Any:
    if log_dir is None:
        return None
    from torch.utils.tensorboard import SummaryWriter

    return SummaryWriter(str(log_dir))
