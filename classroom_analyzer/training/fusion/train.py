"""Trains fusion bundles: on simulated lessons (the default bundle and its rivals), or on a labelled data set.

An ensemble has one member per training world, or on a data set one per draw of the first weights. What comes out of
simulated lessons is not validated on real classes; the card says so first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch

from classroom_analyzer.domain.features import WINDOWS, WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.fusion.bundle import FusionBundle, load_bundle, save_bundle
from classroom_analyzer.fusion.encoders import Scaling, fit_scaling
from classroom_analyzer.fusion.network import Ensemble
from classroom_analyzer.fusion.novelty import NoveltyGauge, fit_gauge
from classroom_analyzer.training.checkpoint import Checkpoints, checkpoints_of, fingerprint
from classroom_analyzer.training.datasets.data_set import DataSet
from classroom_analyzer.training.fusion.card import data_set_card, rival_card, simulated_card
from classroom_analyzer.training.fusion.member import FusionMember
from classroom_analyzer.training.fusion.presets import FusionPreset, read_preset, shipped_presets
from classroom_analyzer.training.fusion.temperatures import SubsetCalibration, fit_calibration
from classroom_analyzer.training.fusion.thresholds import with_line_threshold, with_seat_threshold
from classroom_analyzer.training.labelled_rows import LabelledRows, join_labelled
from classroom_analyzer.training.loop import LoopSettings, fit
from classroom_analyzer.training.reproducible import reproducible
from classroom_analyzer.training.simulator.sets import simulate_sets

__all__ = ["Run", "rival_path", "train_ensemble", "train_fusion", "train_fusion_on"]

MEMBERS = 5
SEEDS_PER_RUN = 1000  # a member's seed is the run's times this, plus its number


@dataclass(frozen=True, slots=True)
class Run:
    """How a training runs, whatever it trains.

    Attributes:
        seed: Of everything: same seed, same weights on one machine.
        log_dir: TensorBoard logs go here.
        resume: Go on from the checkpoints of a stopped run.
        device: Torch device that trains; the shipped sizes are quickest on the CPU.
        progress: Reported to.
        cancel: Stops the job; only checkpoints of whole epochs stay then.
    """

    seed: int = 0
    log_dir: Path | None = None
    resume: bool = False
    device: str = "cpu"
    progress: Progress = silent
    cancel: CancelToken | None = None


def rival_path(out: Path, kind: str) -> Path:
    """Name the file of a rival: beside the bundle that it was trained with."""
    return out.with_name(f"{out.stem}-{kind}.safetensors")


def train_ensemble(
    preset: FusionPreset,
    sets: Sequence[tuple[LabelledRows, LabelledRows]],
    scaling: Scaling,
    run: Run,
    *,
    name: str,
    windows: Mapping[Modality, WindowSpec] = WINDOWS,
    checkpoints: Checkpoints | None = None,
) -> Ensemble:
    """Train one member per pair of sets.

    Args:
        preset: How members are built and trained.
        sets: Training and validation rows of each member.
        scaling: Of all training rows.
        run: Seed, logs, progress.
        name: What is trained, for people, logs and checkpoints.
        windows: What the columns are.
        checkpoints: Where they go; None keeps none.

    Raises:
        BadModelError: A checkpoint is damaged or of another run.
        StoppedByUserError: ``run.cancel`` was set.
        TrainingFailedError: A loss was no number.
    """
    recipe = preset.recipe
    settings = LoopSettings(
        recipe.epochs, recipe.batch_rows, recipe.learning_rate, recipe.weight_decay, patience=recipe.patience
    )
    networks = []
    for number, (train, validation) in enumerate(sets):
        seed = run.seed * SEEDS_PER_RUN + number
        with reproducible(seed):
            member = FusionMember(preset, train, validation, scaling, windows, torch.device(run.device))
            fit(
                member,
                settings,
                seed=seed,
                label=f"training {name}, member {number + 1} of {len(sets)}",
                checkpoint=None if checkpoints is None else checkpoints.path(f"{name}-{number}"),
                mark="" if checkpoints is None else _mark(preset, train, validation),
                log_dir=None if run.log_dir is None else run.log_dir / f"{name}-{number}",
                progress=run.progress,
                cancel=run.cancel,
            )
        networks.append(member.model)
    return Ensemble(networks, scaling, windows)


def train_fusion(
    out: Path, *, preset: str = "attention", classes: int = 800, run: Run | None = None, quick: bool = False
) -> dict[str, Any]:
    """Train, calibrate, score and write a bundle, with its rivals beside it, from simulated classes.

    Args:
        out: Weight file to write; the card goes beside it.
        preset: A shipped preset or a file.
        classes: Simulated training classes per world.
        run: Seed, logs, resuming, progress.
        quick: Train few epochs and score few classes: for tests.

    Returns:
        The card.

    Raises:
        BadInputError: The preset cannot be used.
        OutputNotWritableError: The place cannot be written to.
        StoppedByUserError: ``run.cancel`` was set.
    """
    run, plans = run or Run(), _plans(preset)
    if quick:
        plans = {n: replace(p, recipe=replace(p.recipe, epochs=2)) for n, p in plans.items()}
    checkpoints = _checkpoints(out, run)
    data = simulate_sets(classes, run.seed, progress=run.progress, cancel=run.cancel)
    train = join_labelled(data.train)
    scaling = fit_scaling(train.batch)
    gauges = fit_gauges(train, data.calibration, WINDOWS)
    sets = list(zip(data.train, data.validation, strict=True))

    def trained(name: str, how: FusionPreset) -> tuple[FusionBundle, list[SubsetCalibration]]:
        ensemble = train_ensemble(how, sets, scaling, run, name=name, checkpoints=checkpoints)
        calibration, notes = fit_calibration(ensemble, train, data.calibration)
        bundle = FusionBundle(how.kind, ensemble, calibration, gauges, {})
        return with_seat_threshold(bundle, data.calibration), notes

    bundles = {name: trained(name, how) for name, how in plans.items()}
    ours, notes = bundles.pop(name := next(iter(plans)))
    ours = with_line_threshold(ours, data.lines, run.cancel)
    no_dropout, _ = trained("without-dropout", _without_dropout(plans[name]))
    card = simulated_card(
        ours,
        notes,
        rivals={name: bundle for name, (bundle, _) in bundles.items()},
        no_dropout=no_dropout,
        data=data,
        command=f"classroom-analyzer train fusion --preset {Path(preset).name} --seed {run.seed} --classes {classes}",
        seed=run.seed,
        quick=quick,
        progress=run.progress,
        cancel=run.cancel,
    )
    return _write(out, ours, card, bundles, checkpoints)


def train_fusion_on(
    data: DataSet, out: Path, *, preset: str = "attention", members: int = MEMBERS, run: Run | None = None
) -> dict[str, Any]:
    """Train, calibrate, score and write a bundle, with its rivals beside it, from a labelled data set.

    Args:
        data: Sets without a common subject; columns of its own are allowed.
        out: Weight file to write; the card goes beside it.
        preset: A shipped preset or a file.
        members: Of each ensemble, told apart by their first weights and the order of rows.
        run: Seed, logs, resuming, progress.

    Returns:
        The card.

    Raises:
        BadInputError: The preset cannot be used, or the data cannot be scored.
        OutputNotWritableError: The place cannot be written to.
        StoppedByUserError: ``run.cancel`` was set.
    """
    run, plans = run or Run(), _plans(preset)
    checkpoints = _checkpoints(out, run)
    scaling = fit_scaling(data.train.batch)
    gauges = fit_gauges(data.train, data.calibration, data.windows)
    bundles = {}
    for name, how in plans.items():
        ensemble = train_ensemble(
            how,
            [(data.train, data.validation)] * members,
            scaling,
            run,
            name=name,
            windows=data.windows,
            checkpoints=checkpoints,
        )
        calibration, notes = fit_calibration(ensemble, data.train, data.calibration)
        bundle = FusionBundle(how.kind, ensemble, calibration, gauges, {}, data.windows)
        bundles[name] = with_seat_threshold(bundle, data.calibration), notes
    ours, notes = bundles.pop(next(iter(plans)))
    card = data_set_card(
        ours,
        notes,
        rivals={name: bundle for name, (bundle, _) in bundles.items()},
        data=data,
        command=f"classroom-analyzer train fusion --data {data.name}:PATH --preset {Path(preset).name} "
        f"--members {members} --seed {run.seed}",
        seed=run.seed,
        progress=run.progress,
        cancel=run.cancel,
    )
    return _write(out, ours, card, bundles, checkpoints)


def fit_gauges(
    train: LabelledRows, calibration: LabelledRows, windows: Mapping[Modality, WindowSpec]
) -> dict[Modality, NoveltyGauge]:
    """Fit what counts as out of distribution, per modality."""
    return {m: fit_gauge(windows[m], train.batch, calibration.batch) for m in MODALITIES}


def _plans(preset: str) -> dict[str, FusionPreset]:
    """The preset to train, first, and the shipped ones of the other kinds, by kind."""
    plan = read_preset(preset)
    return {plan.kind.value: plan} | {n: read_preset(n) for n in shipped_presets() if n != plan.kind.value}


def _without_dropout(plan: FusionPreset) -> FusionPreset:
    return replace(plan, recipe=replace(plan.recipe, modality_dropout=0.0))


def _checkpoints(out: Path, run: Run) -> Checkpoints:
    """Name the checkpoints, and refuse a place that cannot be written before anything is trained."""
    there = next(folder for folder in out.absolute().parents if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise OutputNotWritableError(out.parent, "it cannot be written to")
    return checkpoints_of(out, resume=run.resume)


def _write(
    out: Path,
    ours: FusionBundle,
    card: Mapping[str, Any],
    rivals: Mapping[str, tuple[FusionBundle, list[SubsetCalibration]]],
    checkpoints: Checkpoints,
) -> dict[str, Any]:
    """Write the rivals, then the bundle; return its card."""
    for kind, (bundle, notes) in rivals.items():
        _save(rival_path(out, kind), bundle, rival_card(card, bundle, notes))
    written = _save(out, ours, card)
    checkpoints.forget()
    return written


def _mark(preset: FusionPreset, train: LabelledRows, validation: LabelledRows) -> str:
    parts = [np.asarray(rows.batch.values[m]) for rows in (train, validation) for m in MODALITIES]
    return fingerprint(repr(preset), *parts, train.level, train.engagement, validation.level)


def _save(path: Path, bundle: FusionBundle, card: Mapping[str, Any]) -> dict[str, Any]:
    assert isinstance(bundle.model, Ensemble)
    dated = {**card, "date": datetime.now(UTC).date().isoformat()}
    save_bundle(path, bundle.kind, bundle.model, bundle.calibration, bundle.gauges, dated)
    return dict(load_bundle(path, bundle.windows).card)
