"""Weights as they are kept: in half precision where that is enough, in one file with their card beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.models.safe import card_path, sha256_of

__all__ = ["half", "write_weights"]


def half(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round to half precision, as the weights are kept, so that figures are those of the file."""
    return values.astype(np.float16).astype(np.float32)


def write_weights(path: Path, tensors: Mapping[str, NDArray[Any]], card: dict[str, Any]) -> None:
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
