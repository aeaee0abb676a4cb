"""Writes the codes that an autoencoder gives to rows, for use elsewhere: never the rows themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from classroom_analyzer.errors import OutputNotWritableError, UsageError
from classroom_analyzer.perception.autoencoders import Autoencoder
from classroom_analyzer.storage.safe_files import replacing

__all__ = ["check_latents_name", "write_latents"]

ROWS_AT_ONCE = 512
FORMATS = (".parquet", ".safetensors")


def check_latents_name(path: Path | None) -> None:
    """Refuse a name whose ending says no format, before anything is trained for it.

    Raises:
        UsageError: It ends neither in .parquet nor in .safetensors.
    """
    if path is not None and path.suffix not in FORMATS:
        raise UsageError(f"{path.name}: codes are written as .parquet or .safetensors; give --latents such a name")


@torch.no_grad()
def write_latents(
    path: Path, net: Autoencoder, inputs: Tensor, *, group: NDArray[np.int64], held_out: NDArray[np.bool_]
) -> None:
    """Write one line per row: ``group``, ``row``, ``held_out``, ``error`` and ``code_000`` and so on.

    As safetensors the same stands in tensors ``group``, ``row``, ``held_out`` (0 or 1), ``error`` and ``code``.

    Args:
        path: File to write, by its ending.
        net: In evaluation mode.
        inputs: ``(n, ...)`` in its input shape.
        group: ``(n,)`` number of the recording, conversation or person.
        held_out: ``(n,)``, whether the network never trained on the row.

    Raises:
        UsageError: As ``check_latents_name``.
        OutputNotWritableError: The file cannot be written.
    """
    check_latents_name(path)
    parts = [net.errors(part) for part in torch.split(inputs, ROWS_AT_ONCE)]
    code = torch.cat([part[0] for part in parts]).numpy()
    error = torch.cat([part[1] for part in parts]).numpy()
    row = np.arange(len(code))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputNotWritableError(path.parent, problem.strerror or str(problem)) from problem
    with replacing(path) as file:
        if path.suffix == ".safetensors":
            from safetensors.numpy import save

            flags = held_out.astype(np.uint8)
            file.write(save({"group": group, "row": row, "held_out": flags, "error": error, "code": code}))
        else:
            import polars as pl

            columns = {"group": group, "row": row, "held_out": held_out, "error": error}
            codes = {f"code_{number:03}": code[:, number] for number in range(code.shape[1])}
            pl.DataFrame(columns | codes).write_parquet(file)
