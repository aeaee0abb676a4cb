"""Trains the fusion bundle on simulated lessons: five members, each in a world of its own, then calibrates and scores.

What comes out is not validated on real classes; the card says so first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.fusion.bundle import FusionBundle, load_bundle, save_bundle
from classroom_analyzer.fusion.encoders import ModelInputs, Scaling, fit_scaling, model_inputs
from classroom_analyzer.fusion.heads import coral_loss
from classroom_analyzer.fusion.index import AdditiveIndex
from classroom_analyzer.fusion.network import Ensemble, FusionKind, FusionNetwork
from classroom_analyzer.fusion.novelty import fit_gauge
from classroom_analyzer.fusion.threads import one_thread
from classroom_analyzer.training import evaluation
from classroom_analyzer.training.fusion_calibration import (
    SubsetCalibration,
    fit_calibration,
    rows_with,
    selective_threshold,
)
from classroom_analyzer.training.fusion_card import card_of
from classroom_analyzer.training.labelled_rows import assert_disjoint, join_labelled
from classroom_analyzer.training.simulator import SimulatedRows, simulate_classes
from classroom_analyzer.training.simulator_worlds import HELD_OUT_WORLDS, TRAINING_WORLDS, WorldSetting

__all__ = ["FusionData", "Recipe", "simulate_data", "train_ensemble", "train_fusion"]

MODALITY_DROPOUT = 0.3  # VALIDITY section 4
BAND_SHARE = 0.8
PHASE_DROPOUT = 0.2  # a phase can be unknown
REGRESSION_WEIGHT = 4.0  # squared errors are small beside cross-entropies
ID_STRIDE = 1_000_000  # class ids of one set lie in one range, so that sets cannot meet
SETS = ("train", "validation", "calibration", "test", "lines_calibration", "lines_test", "held_out")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained.

    Attributes:
        epochs: At most.
        patience: Stop after so many epochs without a better validation loss.
        batch_rows: Rows per step.
        learning_rate: Of AdamW, falling to zero along a half cosine.
        weight_decay: Of AdamW.
        modality_dropout: Probability that a present modality is hidden from a row; never all of them.
    """

    epochs: int = 25
    patience: int = 6
    batch_rows: int = 256
    learning_rate: float = 3e-3
    weight_decay: float = 1e-2
    modality_dropout: float = MODALITY_DROPOUT


@dataclass(frozen=True, slots=True, eq=False)
class FusionData:
    """Class-disjoint sets of simulated classes.

    Attributes:
        train: One set per training world.
        validation: One set per training world, for early stopping.
        calibration: All training worlds.
        test: All training worlds.
        lines_calibration: Whole classes of all training worlds, for the threshold of the class line.
        lines_test: Whole classes of all training worlds.
        held_out: Whole classes by name of the world that trained nothing.
    """

    train: tuple[SimulatedRows, ...]
    validation: tuple[SimulatedRows, ...]
    calibration: SimulatedRows
    test: SimulatedRows
    lines_calibration: SimulatedRows
    lines_test: SimulatedRows
    held_out: Mapping[str, SimulatedRows]

    def assert_disjoint(self) -> None:
        """Check that no class is in two sets."""
        assert_disjoint(
            train=join_labelled(self.train),
            validation=join_labelled(self.validation),
            calibration=self.calibration,
            test=self.test,
            lines_calibration=self.lines_calibration,
            lines_test=self.lines_test,
            **self.held_out,
        )


def simulate_data(
    classes: int, seed: int, progress: Progress = silent, cancel: CancelToken | None = None
) -> FusionData:
    """Simulate all sets.

    Args:
        classes: Training classes per world; the other sets are about a fifth of it per world.
        seed: Same seed, same classes.
        progress: Reported to after each set.
        cancel: Stops between sets.
    """
    fewer = max(classes // 5, 4)

    def one(name: str, number: int, world: WorldSetting, count: int, whole: bool = False) -> SimulatedRows:
        if cancel is not None:
            cancel.raise_if_cancelled("nothing was written")
        progress(f"simulating {name} classes", number, len(TRAINING_WORLDS))
        first = (SETS.index(name) * 100 + number) * ID_STRIDE
        times, students = (4, None) if whole else (12, 6)
        return simulate_classes(
            world, count, seed, first_class_id=first, times_per_class=times, students_per_time=students
        )

    def each(name: str, count: int, whole: bool = False) -> tuple[SimulatedRows, ...]:
        return tuple(one(name, i, world, count, whole) for i, world in enumerate(TRAINING_WORLDS))

    data = FusionData(
        each("train", classes),
        each("validation", fewer),
        join_labelled(each("calibration", fewer)),
        join_labelled(each("test", fewer)),
        join_labelled(each("lines_calibration", max(fewer // 2, 4), whole=True)),
        join_labelled(each("lines_test", max(fewer // 2, 4), whole=True)),
        {w.name: one("held_out", i, w, max(fewer // 2, 4), whole=True) for i, w in enumerate(HELD_OUT_WORLDS)},
    )
    data.assert_disjoint()
    return data


def train_ensemble(
    kind: FusionKind,
    data: FusionData,
    scaling: Scaling,
    seed: int,
    *,
    recipe: Recipe | None = None,
    log_dir: Path | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> Ensemble:
    """Train one member per training world.

    Args:
        kind: How the members join modalities.
        data: Classes.
        scaling: Of all training classes.
        seed: Same seed, same weights.
        recipe: How.
        log_dir: TensorBoard scalars go here.
        progress: Reported to after each epoch.
        cancel: Stops between batches.

    Raises:
        StoppedByUserError: ``cancel`` was set.
    """
    networks = []
    for member, (train, validation) in enumerate(zip(data.train, data.validation, strict=True)):
        run = None if log_dir is None else log_dir / f"{kind}-{member}"
        label = f"training {kind.value} member {member + 1} of {len(data.train)}"
        with torch.random.fork_rng(devices=[]), one_thread():
            torch.manual_seed(seed * 1000 + member)
            networks.append(
                _train_network(kind, train, validation, scaling, recipe or Recipe(), label, run, progress, cancel)
            )
    return Ensemble(networks, scaling)


def train_fusion(
    out: Path,
    *,
    kind: str = "attention",
    seed: int = 0,
    classes: int = 100,
    log_dir: Path | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
    recipe: Recipe | None = None,
) -> dict[str, Any]:
    """Train, calibrate, score and write a bundle.

    Args:
        out: Weight file to write; the card goes beside it.
        kind: ``attention``, ``concatenation`` or ``weighted_average``; the others are trained for comparison.
        seed: Of everything.
        classes: Simulated training classes per world.
        log_dir: TensorBoard scalars go here.
        progress: Reported to.
        cancel: Stops the job; nothing is written then.
        recipe: How networks are trained.

    Returns:
        The card.

    Raises:
        StoppedByUserError: ``cancel`` was set.
    """
    chosen, plan = FusionKind(kind), recipe or Recipe()
    data = simulate_data(classes, seed, progress=progress, cancel=cancel)
    everything = join_labelled(data.train)
    scaling = fit_scaling(everything.batch)
    gauges = {m: fit_gauge(m, everything.batch, data.calibration.batch, scaling) for m in MODALITIES}

    def trained(one: FusionKind, how: Recipe) -> Ensemble:
        return train_ensemble(one, data, scaling, seed, recipe=how, log_dir=log_dir, progress=progress, cancel=cancel)

    def calibrated(one: FusionKind, model: Ensemble | AdditiveIndex) -> tuple[FusionBundle, list[SubsetCalibration]]:
        calibration, notes = fit_calibration(model, everything, data.calibration)
        return FusionBundle(one, model, calibration, gauges, {}), notes

    ensemble = trained(chosen, plan)
    bundle, notes = calibrated(chosen, ensemble)
    bundle = _with_thresholds(bundle, data)
    others = {k.value: calibrated(k, trained(k, plan))[0] for k in FusionKind if k is not chosen}
    others["index"] = calibrated(chosen, AdditiveIndex())[0]
    full_input = calibrated(chosen, trained(chosen, replace(plan, modality_dropout=0.0)))[0]
    card = card_of(
        bundle, notes, data=data, train=everything, others=others, full_input=full_input, seed=seed, classes=classes
    )
    card["date"] = datetime.now(UTC).date().isoformat()
    save_bundle(out, chosen, ensemble, bundle.calibration, gauges, card)
    return dict(load_bundle(out).card)


def _with_thresholds(bundle: FusionBundle, data: FusionData) -> FusionBundle:
    """Scale the band to hold 80 % of calibration lines; set both taus so that at most 20 % of what is kept is wrong."""
    lines = evaluation.class_lines(bundle, data.lines_calibration)
    used = np.isfinite(lines.engagement)
    half = np.maximum((lines.high - lines.engagement)[used], (lines.engagement - lines.low)[used])  # one may be clipped
    scale = float(np.quantile(np.abs(lines.truth - lines.engagement)[used] / half, BAND_SHARE))
    bundle = replace(bundle, calibration=replace(bundle.calibration, band_scale=scale))
    lines = evaluation.class_lines(bundle, data.lines_calibration)
    tau = selective_threshold(lines.sureness[used], lines.right[used])
    seen = data.calibration.take(rows_with(data.calibration, np.array([True, False, False])))
    low = bundle.estimate(seen.batch, np.ones((len(seen), len(MODALITIES)), bool)).probabilities[:, :2].sum(axis=1)
    seat_tau = selective_threshold(np.maximum(low, 1 - low), (low > 0.5) == (seen.level <= 1))
    return replace(bundle, calibration=replace(bundle.calibration, tau=tau, seat_tau=seat_tau))


def _train_network(
    kind: FusionKind,
    train: SimulatedRows,
    validation: SimulatedRows,
    scaling: Scaling,
    recipe: Recipe,
    label: str,
    log_dir: Path | None,
    progress: Progress,
    cancel: CancelToken | None,
) -> FusionNetwork:
    inputs, level, engagement = _tensors(train, scaling)
    held, held_level, held_engagement = _tensors(validation, scaling)
    held_present = _hide(held.present, MODALITY_DROPOUT)  # drawn once, so that epochs can be compared
    held = held.take(torch.arange(len(held_level)), held_present)
    network = FusionNetwork(kind)
    steps = -(-len(level) // recipe.batch_rows)
    optimizer = torch.optim.AdamW(network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, recipe.epochs * steps)
    writer = _writer(log_dir)
    best, best_state, since = float("inf"), network.state_dict(), 0
    for epoch in range(recipe.epochs):
        network.train()
        total = 0.0
        for rows in torch.split(torch.randperm(len(level)), recipe.batch_rows):
            if cancel is not None:
                cancel.raise_if_cancelled("nothing was written")
            batch = inputs.take(rows, _hide(inputs.present[rows], recipe.modality_dropout))
            loss = _loss(network, batch, level[rows], engagement[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        network.eval()
        with torch.inference_mode():
            loss_now = float(_loss(network, held, held_level, held_engagement))
        if writer is not None:
            writer.add_scalar("loss/train", total / len(level), epoch)
            writer.add_scalar("loss/validation", loss_now, epoch)
        progress(label, epoch + 1, recipe.epochs)
        since += 1
        if loss_now < best:
            best, since = loss_now, 0
            best_state = {name: value.clone() for name, value in network.state_dict().items()}
        if since >= recipe.patience:
            break
    if writer is not None:
        writer.close()
    network.load_state_dict(best_state)
    return network


def _tensors(rows: SimulatedRows, scaling: Scaling) -> tuple[ModelInputs, Tensor, Tensor]:
    """Inputs, levels and engagement of the rows that hold any evidence; some rows lose their phase."""
    rows = rows.take(np.flatnonzero(rows.batch.presence.any(axis=1)))
    forgotten = torch.rand(len(rows)).numpy() < PHASE_DROPOUT
    phase = np.where(forgotten, PHASES.index(Phase.UNKNOWN), rows.batch.phase)
    inputs = model_inputs(replace(rows.batch, phase=phase), np.ones((len(rows), len(MODALITIES)), bool), scaling)
    return inputs, torch.from_numpy(rows.level), torch.from_numpy(rows.engagement.astype(np.float32))


def _hide(present: Tensor, probability: float) -> Tensor:
    """Hide each present modality with a probability; a row that would lose all keeps all."""
    shown = present & (torch.rand(present.shape) >= probability)
    return torch.where(shown.any(dim=1, keepdim=True), shown, present)


def _loss(network: FusionNetwork, batch: ModelInputs, level: Tensor, engagement: Tensor) -> Tensor:
    estimated, logits, _ = network(batch)
    return coral_loss(logits, level) + REGRESSION_WEIGHT * torch.mean((estimated - engagement) ** 2)


def _writer(log_dir: Path | None) -> Any:
    if log_dir is None:
        return None
    from torch.utils.tensorboard import SummaryWriter

    return SummaryWriter(str(log_dir))
