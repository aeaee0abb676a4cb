"""Trains a head for affect labels on the codes of a face encoder, frozen or fine-tuned, for approved studies only.

Whoever calls this has checked the policy (``app.affect``). Writes ``affect.safetensors`` with its card and, fine-tuned,
the face network as a folder ``affect-backbone`` that ``dir:`` loads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.models.safe import sha256_of
from classroom_analyzer.models.store import ModelFiles
from classroom_analyzer.perception.backbones import load_network
from classroom_analyzer.perception.encoders import build_face_encoder
from classroom_analyzer.perception.face_backbone import FACE_KINDS, FacePictures
from classroom_analyzer.perception.vision.affect import STATES, pooled
from classroom_analyzer.perception.vision.encoder import FaceEncoder
from classroom_analyzer.storage.safe_files import WRITING_SUFFIX
from classroom_analyzer.training.affect.card import affect_texts
from classroom_analyzer.training.affect.data import (
    SPLIT_PARTS,
    ClipRows,
    Crops,
    clip_crops,
    collect,
    split_clips,
)
from classroom_analyzer.training.affect.evaluation import calibrated, test_scores
from classroom_analyzer.training.affect.network import AffectNet, FineTuned, FineTuneTask, HeadTask
from classroom_analyzer.training.bootstrap import DRAWS
from classroom_analyzer.training.checkpoint import Checkpoints, checkpoints_of, fingerprint
from classroom_analyzer.training.datasets.clips import Clip
from classroom_analyzer.training.feature_cache import FeatureCache, folder_settings, input_sha256
from classroom_analyzer.training.loop import Fitted, LoopSettings, fit
from classroom_analyzer.training.reproducible import reproducible
from classroom_analyzer.training.weight_files import write_weights

__all__ = ["AFFECT_NAME", "BACKBONE_FOLDER", "AffectJob", "train_affect"]

AFFECT_NAME = "affect.safetensors"
BACKBONE_FOLDER = "affect-backbone"
HEAD = LoopSettings(epochs=60, batch_rows=64, learning_rate=1e-3, weight_decay=0.01, patience=8)
TUNED = LoopSettings(epochs=6, batch_rows=8, learning_rate=1e-5, weight_decay=0.01, patience=2)
ARRAYS_VERSION = 1  # raised whenever the same clip would give other crops


@dataclass(frozen=True, slots=True)
class AffectJob:
    """What is trained on what.

    Attributes:
        clips: Labelled clips, see ``training.datasets.daisee``.
        root: The data set, for messages.
        encoder: The face encoder.
        detector: CenterFace.
        out: Folder to write to.
        device: Torch device.
        cache: Folder of cached features; None keeps nothing.
        fine_tune: Whether the encoder, a backbone, is trained on, too.
        study: What allows it: ``ethics_reference`` and ``legal_basis``, for the card.
        seed: Of everything drawn.
        resume: Go on from the checkpoints of a stopped run.
        log_dir: TensorBoard logs; no pictures of people among them.
        head: How the head is trained.
        tuned: How both are trained on.
    """

    clips: Sequence[Clip]
    root: Path
    encoder: ModelFiles
    detector: ModelFiles
    out: Path
    device: str
    cache: Path | None
    fine_tune: bool
    study: dict[str, str]
    seed: int = 0
    resume: bool = False
    log_dir: Path | None = None
    head: LoopSettings = field(default=HEAD)
    tuned: LoopSettings = field(default=TUNED)


def train_affect(job: AffectJob, *, progress: Progress = silent, cancel: CancelToken | None = None) -> dict[str, Any]:
    """Train, calibrate on persons apart, score on the published test persons, and write weights and card.

    Args:
        job: What.
        progress: Told of clips and epochs.
        cancel: A stop keeps cached features and checkpoints, and writes nothing else.

    Returns:
        The card.

    Raises:
        BadInputError: The clips cannot be used.
        BadModelError: The encoder must not be used.
        OutputNotWritableError: The result cannot be written.
        StoppedByUserError: ``cancel`` was set.
        TrainingFailedError: The loss is no number.
    """
    parts = split_clips(job.clips, job.root)
    frozen = build_face_encoder(job.encoder.spec, job.encoder.path, job.device)
    checkpoints = checkpoints_of(job.out / AFFECT_NAME, resume=job.resume)
    rows = collect(parts, _arrays_of(job, frozen), progress, cancel)
    windows = _windows(rows, frozen if job.fine_tune else None, progress, cancel)
    net, course = _head(job, windows, rows, checkpoints, progress, cancel)
    encoder, training = job.encoder, {"head": _course(course)}
    if job.fine_tune:
        encoder, course = _fine_tuned(job, net, windows, rows, checkpoints, progress, cancel)
        training["both"] = _course(course)
        windows = _windows(rows, build_face_encoder(encoder.spec, encoder.path, job.device), progress, cancel)
    tensors, notes = calibrated(net, windows, rows)
    card = {
        "name": "affect",
        "version": "0.1.0",
        "date": datetime.now(UTC).date().isoformat(),
        **affect_texts(),
        "states": list(STATES),
        "face_encoder": {"spec": encoder.card_spec, "sha256": encoder.sha256, "licence": encoder.licence},
        "trained_from": {"spec": job.encoder.card_spec, "sha256": job.encoder.sha256},
        "mode": "fine-tuned" if job.fine_tune else "frozen",
        "study": job.study,
        "training_sets": [{"source": "DAiSEE (Gupta and others 2016)", "licence": "research only, by its authors"}],
        "split": "as published, persons in one part only (asserted twice); half of the validation persons calibrate",
        "rows": {part: len(rows.rows(part)) for part in SPLIT_PARTS},
        "persons": {part: len(np.unique(rows.subject[rows.part == part])) for part in SPLIT_PARTS},
        "left_out": {"clips": rows.left_out, "reason": "a face was seen for less than 7 s"},
        "calibration": notes,
        "interval": f"95 %, cluster bootstrap over the test persons, {DRAWS} draws, seed {job.seed}",
        "test": test_scores(tensors, windows, rows, job.seed),
        "training": training,
        "seed": job.seed,
        "command": _command(job),
    }
    write_weights(job.out / AFFECT_NAME, tensors, card)
    checkpoints.forget()
    return card


def _arrays_of(job: AffectJob, encoder: FaceEncoder) -> Callable[[Clip], _Array]:
    """How a clip becomes crops ``(t, 64, 64, 3) uint8`` where they are trained on, else codes ``(t, d) float32``."""

    def crops(clip: Clip) -> Crops:
        return clip_crops(clip.path, job.detector.path, job.device)

    def codes(clip: Clip) -> NDArray[np.float32]:
        faces = crops(clip)
        return encoder.encode(faces).embedding if len(faces) else np.zeros((0, 1), np.float32)

    make: Callable[[Clip], NDArray[Any]] = crops if job.fine_tune else codes
    if job.cache is None:
        return lambda clip: _Array(clip, None, partial(make, clip))
    about = {"version": ARRAYS_VERSION, "device": job.device.partition(":")[0], "detector": job.detector.sha256}
    if job.fine_tune:
        kept = FeatureCache(job.cache, job.detector.sha256, about | {"what": "face crops"})
    else:
        settings = about | {"what": "face codes", "files": folder_settings(job.encoder.path)}
        kept = FeatureCache(job.cache, job.encoder.sha256, settings)
    return lambda clip: _Array(clip, kept, partial(make, clip))


class _Array:
    """Gives a clip's array: from the cache each time, so that memory holds one, else from memory."""

    def __init__(self, clip: Clip, kept: FeatureCache | None, compute: Callable[[], NDArray[Any]]) -> None:
        if kept is None:
            array = compute()
            self._get: Callable[[], NDArray[Any]] = lambda: array
            return
        try:
            sha256 = input_sha256(clip.path)
        except OSError as error:
            raise BadInputError(clip.path, f"it cannot be read ({error.strerror})") from error
        self._get = partial(kept.get, sha256, compute)

    def __call__(self) -> NDArray[Any]:
        return self._get()


def _windows(
    rows: ClipRows, encoder: FaceEncoder | None, progress: Progress, cancel: CancelToken | None
) -> NDArray[np.float32]:
    """``(n, 2 d)`` of all clips; their arrays are codes, or with an encoder crops."""
    windows = []
    for done, array_of in enumerate(rows.arrays):
        if cancel is not None:
            cancel.raise_if_cancelled()
        array = array_of()
        codes = array if encoder is None else encoder.encode(np.asarray(array, np.uint8)).embedding
        windows.append(pooled(np.asarray(codes, np.float32)))
        progress("summing up clips", done + 1, len(rows.arrays))
    return np.stack(windows)


def _head(
    job: AffectJob,
    windows: NDArray[np.float32],
    rows: ClipRows,
    checkpoints: Checkpoints,
    progress: Progress,
    cancel: CancelToken | None,
) -> tuple[AffectNet, Fitted]:
    """Train the head alone."""
    train = rows.rows("train")
    share = np.stack([(rows.labels[train] >= level).mean(axis=0) for level in (1, 2, 3)], axis=1)
    with reproducible(job.seed):
        net = AffectNet(windows[train], share).to(job.device)
        course = fit(
            HeadTask(net, windows, rows),
            job.head,
            seed=job.seed,
            label="training the head",
            checkpoint=checkpoints.path("head"),
            mark=_mark(windows, rows),
            log_dir=None if job.log_dir is None else job.log_dir / "head",
            progress=progress,
            cancel=cancel,
        )
    return net, course


def _fine_tuned(
    job: AffectJob,
    head: AffectNet,
    windows: NDArray[np.float32],
    rows: ClipRows,
    checkpoints: Checkpoints,
    progress: Progress,
    cancel: CancelToken | None,
) -> tuple[ModelFiles, Fitted]:
    """Train the face network on with the head, and write it as a folder that ``dir:`` loads."""
    with reproducible(job.seed):
        backbone = load_network(job.encoder.path, FACE_KINDS)
        net = FineTuned(backbone, FacePictures(job.encoder.path), head).to(job.device)
        course = fit(
            FineTuneTask(net, rows),
            replace(job.tuned, autocast=job.device.startswith("cuda")),
            seed=job.seed,
            label="training face network and head",
            checkpoint=checkpoints.path("both"),
            mark=job.encoder.sha256 + _mark(windows, rows),
            log_dir=None if job.log_dir is None else job.log_dir / "both",
            progress=progress,
            cancel=cancel,
        )
    folder = job.out / BACKBONE_FOLDER
    staged = folder.with_name(folder.name + WRITING_SUFFIX)
    try:
        rmtree(staged, ignore_errors=True)
        backbone.save_pretrained(staged)
        settings = job.encoder.path / "preprocessor_config.json"
        if settings.is_file():
            copyfile(settings, staged / settings.name)
        rmtree(folder, ignore_errors=True)
        staged.rename(folder)
    except OSError as error:
        raise OutputNotWritableError(folder, error.strerror or str(error)) from error
    return ModelFiles(job.encoder.role, f"dir:{folder}", folder, sha256_of(folder), job.encoder.licence), course


def _mark(windows: NDArray[np.float32], rows: ClipRows) -> str:
    return fingerprint(windows, rows.labels, rows.subject, " ".join(rows.part))


def _course(fitted: Fitted) -> dict[str, Any]:
    return {
        "epochs": len(fitted.train_losses),
        "best_epoch": fitted.best_epoch,
        "train_loss": fitted.train_losses[fitted.best_epoch - 1],
        "validation_loss": fitted.held_out_losses[fitted.best_epoch - 1],
    }


def _command(job: AffectJob) -> str:
    tune = " --fine-tune" if job.fine_tune else ""
    return (
        f"classroom-analyzer train affect --data daisee:DIR --face-encoder {job.encoder.card_spec}{tune} "
        f"--policy research --ethics REF --legal-basis TEXT --out OUT --seed {job.seed}"
    )
