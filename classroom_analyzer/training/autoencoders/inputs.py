"""What an autoencoder is trained on: rows of a modality as its network takes them, bundled or behind a backbone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.domain.progress import CancelToken, Progress
from classroom_analyzer.models.store import ModelFiles, ModelStore
from classroom_analyzer.perception.audio.log_mel import LogMel
from classroom_analyzer.perception.autoencoders import (
    Autoencoder,
    DenseAutoencoder,
    FaceAutoencoder,
    FeatureAutoencoder,
    LogMelAutoencoder,
)
from classroom_analyzer.perception.device import best_device
from classroom_analyzer.perception.vision.face_autoencoder import crops_to_tensor
from classroom_analyzer.training.autoencoders.cards import augmented_faces, backbone_texts, card_texts
from classroom_analyzer.training.feature_cache import FeatureCache, folder_settings, rows_sha256
from classroom_analyzer.training.media_data import Rows, face_rows, sound_rows, text_rows

__all__ = ["AutoencoderKind", "TrainingInputs", "backbone_inputs", "bundled_inputs", "read_rows"]

TEXTS_AT_ONCE = 256
SOUNDS_AT_ONCE = 64


class AutoencoderKind(StrEnum):
    """What is encoded."""

    FACE = "face"
    SOUND = "sound"
    TEXT = "text"


@dataclass(frozen=True, slots=True, eq=False)
class TrainingInputs:
    """Rows in a network's input shape, and the network.

    Attributes:
        values: ``(n, ...) float32``.
        network: Makes a fresh network for training rows of this shape.
        texts: What the card says whatever the figures are.
        augment: Changes a batch of training rows.
        picture: Turns rows into pictures for TensorBoard.
    """

    values: Tensor
    network: Callable[[Tensor], Autoencoder]
    texts: dict[str, Any]
    augment: Callable[[Tensor], Tensor] | None = None
    picture: Callable[[Tensor], Tensor] | None = None


def read_rows(kind: AutoencoderKind, data: Path, home: Path, progress: Progress, cancel: CancelToken) -> Rows:
    """Read what MANIFEST.tsv marks for training.

    Raises:
        BadInputError: There is nothing, or it cannot be read.
        StoppedByUserError: ``cancel`` was set.
    """
    if kind is AutoencoderKind.SOUND:
        return sound_rows(data, progress, cancel)
    if kind is AutoencoderKind.TEXT:
        return text_rows(data)
    detector = ModelStore(home).resolve("bundled:centerface", "face detector")
    return face_rows(data, detector.path, progress, cancel)


def bundled_inputs(kind: AutoencoderKind, values: NDArray[Any], home: Path) -> TrainingInputs:
    """Prepare rows for the networks of the bundled tier: face crops, log-mel pictures, MiniLM's embeddings."""
    texts = card_texts(kind.value)
    if kind is AutoencoderKind.FACE:
        crops = crops_to_tensor(values)
        return TrainingInputs(
            crops, lambda _: FaceAutoencoder(), texts, augmented_faces, picture=lambda rows: rows.flip(1)
        )
    if kind is AutoencoderKind.SOUND:  # shown with the low bands below
        return TrainingInputs(LogMel()(values), lambda _: LogMelAutoencoder(), texts, picture=lambda rows: rows.flip(2))
    from classroom_analyzer.perception.backbones import TextBackbone, scaled_embeddings

    minilm = TextBackbone(ModelStore(home).resolve("bundled:minilm", "text encoder").path, "cpu")
    embeddings = scaled_embeddings(minilm.encode([str(text) for text in values]).embedding)
    return TrainingInputs(embeddings, lambda _: DenseAutoencoder(), texts)


def backbone_inputs(
    kind: AutoencoderKind,
    values: NDArray[Any],
    encoder: ModelFiles,
    progress: Progress,
    cancel: CancelToken,
    cache: Path | None = None,
) -> TrainingInputs:
    """Prepare rows behind a backbone: its features, and a dense autoencoder for as many.

    Args:
        kind: What it encodes.
        values: Rows as ``read_rows`` gives them.
        encoder: The backbone, resolved.
        progress: Told of the rows that were encoded.
        cancel: Looked at between batches.
        cache: Folder of cached features; None computes them anew and keeps none.

    Raises:
        BadModelError: The backbone must not be used.
        OutputNotWritableError: The cache cannot be written.
        StoppedByUserError: ``cancel`` was set.
    """
    at_once = {AutoencoderKind.TEXT: TEXTS_AT_ONCE, AutoencoderKind.SOUND: SOUNDS_AT_ONCE}.get(kind, SOUNDS_AT_ONCE)
    device = best_device()
    encode = _features(kind, encoder.path, device)
    kept = None
    if cache is not None:
        about = {"what": f"{kind} rows", "device": device.partition(":")[0], "files": folder_settings(encoder.path)}
        kept = FeatureCache(cache, encoder.sha256, about)
    parts = []
    for at in range(0, len(values), at_once):
        cancel.raise_if_cancelled("nothing was written")
        rows = values[at : at + at_once]
        compute = partial(encode, rows)
        parts.append(compute() if kept is None else kept.get(rows_sha256(rows), compute))
        progress(f"encoding by {encoder.path.name}", min(at + at_once, len(values)), len(values))
    features = torch.from_numpy(np.concatenate(parts).astype(np.float32))
    return TrainingInputs(features, FeatureAutoencoder.for_rows, backbone_texts(kind.value, features.shape[1]))


def _features(kind: AutoencoderKind, folder: Path, device: str) -> Callable[[NDArray[Any]], NDArray[np.float32]]:
    if kind is AutoencoderKind.FACE:
        from classroom_analyzer.perception.face_backbone import FaceBackbone

        faces = FaceBackbone(folder, device)
        return lambda crops: faces.encode(crops).embedding
    if kind is AutoencoderKind.SOUND:
        from classroom_analyzer.perception.sound_backbone import SoundBackbone

        sounds = SoundBackbone(folder, device)
        return lambda clips: sounds.encode_many(list(clips))
    from classroom_analyzer.perception.backbones import TextBackbone

    texts = TextBackbone(folder, device)
    return lambda lines: texts.embed([str(line) for line in lines])
