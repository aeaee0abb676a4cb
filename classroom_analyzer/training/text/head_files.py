"""What text heads and voices need: the training file that the manifest allows, and weights written with their card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.models.safe import card_path, sha256_of
from classroom_analyzer.training.media_data import TrainingFile, trainable_files

__all__ = ["half", "training_file", "write_head"]


def training_file(data: Path, name: str) -> TrainingFile:
    """Find a file that may be trained on.

    Args:
        data: Folder with MANIFEST.tsv.
        name: File name without folder.

    Raises:
        BadInputError: It is not there, or the manifest does not mark it for training.
    """
    for file in trainable_files(data):
        if file.path.name == name:
            if not file.path.is_file():
                raise BadInputError(file.path, "it is not there; get the training data again")
            return file
    raise BadInputError(data, f"its MANIFEST.tsv does not mark {name} for training")


def half(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round to half precision, as the weights are kept, so that figures are those of the file."""
    return values.astype(np.float16).astype(np.float32)


def write_head(path: Path, tensors: Mapping[str, NDArray[Any]], card: dict[str, Any]) -> None:
    """Write weights and card; the weights' sum is added to the card.

    Raises:
        OutputNotWritableError: One of them cannot be written.
    """
    temporary = path.with_suffix(".writing")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(save(dict(tensors)))
        temporary.replace(path)
        card["sha256"] = sha256_of(path)
        card_path(path).write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputNotWritableError(path.parent, error.strerror or str(error)) from error
