"""Train a fusion bundle on simulated lessons or on a labelled data set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from classroom_analyzer.app.fusion_evaluation import SIMULATED
from classroom_analyzer.domain.progress import CancelToken, Progress, silent

__all__ = ["train_fusion_bundle"]


def train_fusion_bundle(
    data: str,
    out: Path,
    home: Path,
    *,
    preset: str = "attention",
    classes: int = 800,
    members: int = 5,
    seed: int = 0,
    resume: bool = False,
    log_dir: Path | None = None,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> dict[str, Any]:
    """Train a bundle and its rivals.

    Args:
        data: ``simulated``, or a data set by its spec or folder.
        out: Weight file to write; the card goes beside it, the rivals too.
        home: Folder of all state: what is measured in clips is kept there.
        preset: A shipped preset or a file.
        classes: Simulated training classes per world.
        members: Of the ensemble on a data set; simulated worlds have one each.
        seed: Of everything.
        resume: Go on from the checkpoints of a stopped run.
        log_dir: TensorBoard logs go here.
        progress: Reported to.
        cancel: Stops the job; only checkpoints of whole epochs stay then.

    Returns:
        The card.

    Raises:
        UsageError: The spec of the data set has no known form.
        BadInputError: The data set or preset cannot be used.
        BadModelError: A checkpoint is damaged or of another run.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: A stop was asked for.
        TrainingFailedError: A loss was no number.
    """
    from classroom_analyzer.training.fusion.train import Run, train_fusion, train_fusion_on

    run = Run(seed, log_dir, resume, progress=progress, cancel=cancel)
    if data == SIMULATED:
        return train_fusion(out, preset=preset, classes=classes, run=run)
    from classroom_analyzer.training.datasets.open import open_data_set

    found = open_data_set(data, home, seed=seed, progress=progress, cancel=cancel)
    return train_fusion_on(found, out, preset=preset, members=members, run=run)
