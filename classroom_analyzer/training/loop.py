"""The training loop: every network of the project but the closed-form heads learns here.

One epoch is: shuffle the rows, step through them in batches, look at the held-out rows, log, write a checkpoint. A run
that was killed loses at most the epoch it was in and goes on bit for bit; a loss that is no number stops it at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadModelError, TrainingFailedError
from classroom_analyzer.training.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from classroom_analyzer.training.reproducible import reproducible

__all__ = ["Fitted", "LoopSettings", "Task", "fit"]


@dataclass(frozen=True, slots=True)
class LoopSettings:
    """How long, how fast and when to stop.

    Attributes:
        epochs: Passes over the training rows, at most.
        batch_rows: Rows per step; the last batch of an epoch takes what is left.
        learning_rate: Of AdamW (Loshchilov & Hutter 2019); without weight decay it is Adam (Kingma & Ba 2015).
        weight_decay: Share of a weight taken off per step and unit of learning rate.
        patience: Stop after so many epochs (1 or more) without a better held-out score; None: never. It
            chooses by the held-out rows, so it needs ``keep_best``.
        cosine: Let the learning rate fall to zero along half a cosine, step by step; else it stays.
        autocast: Half precision where torch thinks it safe: bfloat16 on the CPU, float16 with a scaled loss on CUDA.
        keep_best: Return to the epoch with the best held-out score. False where the held-out rows are those that the
            figures are made of: choosing by them would flatter.
    """

    epochs: int
    batch_rows: int
    learning_rate: float
    weight_decay: float = 0.0
    patience: int | None = None
    cosine: bool = True
    autocast: bool = False
    keep_best: bool = True


class Task(Protocol):
    """What is learned: a model, rows, a loss. Its own random numbers come from torch's generator."""

    @property
    def model(self) -> nn.Module:
        """The network, on the device it is trained on; ``fit`` switches between training and evaluation mode."""
        ...

    @property
    def rows(self) -> int:
        """Number of training rows, above 0."""
        ...

    def loss(self, picked: Tensor) -> Tensor:
        """Loss of a batch.

        Args:
            picked: ``(batch,) int64`` numbers of training rows, on the CPU.

        Returns:
            Scalar mean over the batch; its gradient is taken.
        """
        ...

    def held_out(self) -> float | None:
        """Score of the held-out rows, lower is better; None without any. Called in evaluation mode without gradients.

        Random numbers drawn here and in ``show`` are those of no training step.
        """
        ...

    def show(self, writer: Any, epoch: int) -> None:
        """Add pictures to the TensorBoard ``SummaryWriter``; called only when there is one. ``epoch`` counts from 1."""
        ...


@dataclass(frozen=True, slots=True)
class Fitted:
    """How a training went.

    Attributes:
        best_epoch: The epoch, from 1, whose weights the model holds.
        train_losses: Mean loss of the training rows while they were trained on, one per epoch.
        held_out_losses: Held-out scores, one per epoch; empty without held-out rows.
    """

    best_epoch: int
    train_losses: tuple[float, ...]
    held_out_losses: tuple[float, ...]


def fit(
    task: Task,
    settings: LoopSettings,
    *,
    seed: int,
    label: str,
    checkpoint: Path | None = None,
    mark: str = "",
    log_dir: Path | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Fitted:
    """Train a model.

    Same seed, same model, same rows: same weights to the bit on one machine. A caller who draws the model's first
    weights does it inside ``reproducible(seed)``, whose stream of random numbers goes on here.

    Args:
        task: What is learned.
        settings: How.
        seed: Of the order of rows and of all that ``task.loss`` draws.
        label: What is trained, for people.
        checkpoint: File to write after every epoch and, where it is there already, to go on from. It is left there.
        mark: ``fingerprint`` of the data and of what else makes the run; a checkpoint of another one is refused.
        log_dir: Folder for TensorBoard: ``loss/train``, ``loss/held_out``, ``learning_rate`` by epoch, and pictures.
        progress: Told of every epoch.
        cancel: Looked at before every batch; the checkpoint of the last whole epoch stays.

    Returns:
        The course of the losses; ``task.model`` holds the weights, in evaluation mode.

    Raises:
        BadModelError: The checkpoint is damaged or of another run.
        OutputNotWritableError: The checkpoint cannot be written.
        StoppedByUserError: ``cancel`` was set.
        TrainingFailedError: The loss or a weight is no number.
    """
    with reproducible(seed):
        run = _Run(task, settings, {"seed": seed, "label": label, "data": mark, **asdict(settings)}, checkpoint)
        with _writer(log_dir, run.epoch) as writer:
            while not run.done:
                run.train_epoch(cancel)
                run.look(writer)
                run.save()
                progress(label, run.epoch, settings.epochs)
        return run.finish()


class _Run:
    """A training under way; between two epochs everything it knows can go into a checkpoint."""

    def __init__(self, task: Task, settings: LoopSettings, run: dict[str, Any], path: Path | None) -> None:
        self._task, self._model, self._settings = task, task.model, settings
        self._run, self._path = run, path
        self._device = next(self._model.parameters()).device
        self._train: list[float] = []
        self._held: list[float] = []
        self._best: dict[str, Tensor] = {}
        self._last: tuple[int, int, Tensor] = (0, 0, torch.empty(0))  # epoch, batch and rows that were trained on last
        learned = [weight for weight in self._model.parameters() if weight.requires_grad]
        self._optimizer = torch.optim.AdamW(learned, settings.learning_rate, weight_decay=settings.weight_decay)
        self._scaler = torch.amp.GradScaler(
            self._device.type, enabled=settings.autocast and self._device.type == "cuda"
        )
        self._schedule: torch.optim.lr_scheduler.CosineAnnealingLR | None = None
        if settings.cosine:
            steps = settings.epochs * -(-task.rows // settings.batch_rows)
            self._schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self._optimizer, steps)
        if path is not None and path.exists():
            self._restore(read_checkpoint(path, run), path)

    @property
    def epoch(self) -> int:
        """Epochs done."""
        return len(self._train)

    @property
    def best_epoch(self) -> int:
        """The first epoch with the lowest held-out score; the last one where nothing is chosen."""
        return 1 + self._held.index(min(self._held)) if self._held and self._settings.keep_best else self.epoch

    @property
    def done(self) -> bool:
        patience = self._settings.patience
        tired = patience is not None and self.epoch - self.best_epoch >= patience > 0
        return self.epoch >= self._settings.epochs or tired

    def train_epoch(self, cancel: CancelToken | None) -> None:
        """Step once through all rows."""
        self._model.train()
        total = 0.0
        batches = torch.split(torch.randperm(self._task.rows), self._settings.batch_rows)
        for number, picked in enumerate(batches, start=1):
            if cancel is not None:
                cancel.raise_if_cancelled(self._kept())
            self._last = self.epoch + 1, number, picked
            loss = self._step(picked)
            if not math.isfinite(loss):
                raise self._failure("the loss")
            total += loss * len(picked)
        if not all(bool(torch.isfinite(weight).all()) for weight in self._model.state_dict().values()):
            raise self._failure("a weight")
        self._train.append(total / self._task.rows)
        self._model.eval()

    def _step(self, picked: Tensor) -> float:
        half = torch.float16 if self._device.type == "cuda" else torch.bfloat16
        with torch.autocast(self._device.type, half, enabled=self._settings.autocast):
            loss = self._task.loss(picked)
        value = float(loss.detach())
        if math.isfinite(value):
            self._optimizer.zero_grad()
            torch.autograd.backward(self._scaler.scale(loss))
            self._scaler.step(self._optimizer)
            self._scaler.update()
            if self._schedule is not None:
                self._schedule.step()
        return value

    def _failure(self, what: str) -> TrainingFailedError:
        epoch, batch, picked = self._last
        return TrainingFailedError(what, epoch, batch, tuple(picked.tolist()))

    def _kept(self) -> str:
        if self._path is None or not self._path.parent.is_dir():
            return "nothing was written"
        return f"{self._run['label']}: {self.epoch} epochs are kept; go on with --resume"

    def look(self, writer: Any) -> None:
        """Score the held-out rows, keep the best weights, log; the stream of random numbers stays where it is."""
        devices = [self._device] if self._device.type == "cuda" else []
        with torch.no_grad(), torch.random.fork_rng(devices=devices):
            score = self._task.held_out()
            if score is not None:
                if not math.isfinite(score):
                    raise self._failure("the held-out score")
                self._held.append(score)
                if self.best_epoch == self.epoch:
                    self._best = {name: value.clone() for name, value in self._model.state_dict().items()}
            if writer is not None:
                self._log(writer)

    def _log(self, writer: Any) -> None:
        writer.add_scalar("loss/train", self._train[-1], self.epoch)
        if self._held:
            writer.add_scalar("loss/held_out", self._held[-1], self.epoch)
        writer.add_scalar("learning_rate", self._optimizer.param_groups[0]["lr"], self.epoch)
        self._task.show(writer, self.epoch)

    def finish(self) -> Fitted:
        """Return to the best weights."""
        if self.best_epoch < self.epoch:
            self._model.load_state_dict(self._best)
        self._model.eval()
        return Fitted(self.best_epoch, tuple(self._train), tuple(self._held))

    def save(self) -> None:
        """Write the checkpoint."""
        if self._path is None:
            return
        kept = Checkpoint(self._run)
        kept.put("model", self._model.state_dict())
        if self.best_epoch < self.epoch:
            kept.put("best", self._best)
        for number, state in self._optimizer.state_dict()["state"].items():
            kept.put(f"optimizer/{number}", state)
        kept.put("generator", {"cpu": torch.get_rng_state()})
        if self._device.type == "cuda":
            kept.put("generator", {"cuda": torch.cuda.get_rng_state(self._device)})
        kept.values = {
            "train": self._train,
            "held_out": self._held,
            "learning_rate": self._optimizer.param_groups[0]["lr"],
            "steps": 0 if self._schedule is None else self._schedule.last_epoch,
            "scaler": self._scaler.state_dict(),
        }
        write_checkpoint(self._path, kept)

    def _restore(self, kept: Checkpoint, path: Path) -> None:
        try:
            self._train = [float(loss) for loss in kept.values["train"]]
            self._held = [float(loss) for loss in kept.values["held_out"]]
            self._model.load_state_dict(kept.get("model"))
            if self._held:
                self._best = kept.get("best") or kept.get("model")
            rate = float(kept.values["learning_rate"])
            state = self._optimizer.state_dict()
            state["state"] = {n: kept.get(f"optimizer/{n}") for n in state["param_groups"][0]["params"]}
            state["param_groups"][0]["lr"] = rate
            self._optimizer.load_state_dict(state)
            if self._schedule is not None:
                steps = int(kept.values["steps"])
                past = {"last_epoch": steps, "_step_count": steps + 1, "_last_lr": [rate]}
                self._schedule.load_state_dict(self._schedule.state_dict() | past)
            self._scaler.load_state_dict(kept.values["scaler"])
            generators = kept.get("generator")
            torch.set_rng_state(generators["cpu"])
            if self._device.type == "cuda":
                torch.cuda.set_rng_state(generators["cuda"], self._device)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise BadModelError(path, "it does not fit this network; delete it to start again") from error


@contextmanager
def _writer(log_dir: Path | None, epochs_done: int) -> Iterator[Any]:
    """Open TensorBoard's log; of a run that goes on, what was logged after its checkpoint is withdrawn."""
    if log_dir is None:
        yield None
        return
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter(str(log_dir), purge_step=epochs_done + 1 if epochs_done else None) as writer:
        yield writer
