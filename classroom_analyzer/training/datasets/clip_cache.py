"""Keeps the windows of a clip in one safetensors file; a damaged file counts as none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.errors import BadModelError, OutputNotWritableError
from classroom_analyzer.models.safe import read_tensors
from classroom_analyzer.storage.safe_files import FOLDER_MODE, replacing
from classroom_analyzer.training.datasets.windows import Sequences

__all__ = ["MEASURED", "load_windows", "save_windows"]

MEASURED = (Modality.VISION, Modality.AUDIO)
"""What can be measured in a clip: nobody writes in it."""


def load_windows(path: Path) -> dict[Modality, Sequences] | None:
    """Return what was kept; None where nothing was, or what was is damaged and is to be made again."""
    if not path.is_file():
        return None
    try:
        kept = read_tensors(path)
        return {m: _checked(m, kept) for m in MEASURED}
    except (BadModelError, KeyError, ValueError):
        return None


def _checked(modality: Modality, kept: Mapping[str, NDArray[Any]]) -> Sequences:
    values, valid, quality = (kept[f"{modality}.{part}"] for part in ("values", "valid", "quality"))
    spec = WINDOWS[modality]
    steps = (len(values), spec.steps)
    if values.shape != (*steps, len(spec.names)) or valid.shape != steps or quality.shape != steps:
        raise ValueError("other shapes")
    return Sequences(values.astype(np.float32), valid.astype(bool), quality.astype(np.float32))


def save_windows(path: Path, windows: Mapping[Modality, Sequences]) -> None:
    """Write the file whole or not at all, for its owner only: it holds figures of a person's face and voice.

    Raises:
        OutputNotWritableError: It cannot be written.
    """
    from safetensors.numpy import save

    tensors: dict[str, NDArray[Any]] = {}
    for m, part in windows.items():
        tensors |= {f"{m}.values": part.values, f"{m}.valid": part.valid, f"{m}.quality": part.quality}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    except OSError as error:
        raise OutputNotWritableError(path.parent, error.strerror or str(error)) from error
    with replacing(path) as file:
        file.write(save(tensors))
