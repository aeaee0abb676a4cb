"""A checkpoint: all that a training needs to go on bit for bit, in one safetensors file that is whole or not there.

It holds the model, the best model so far, the optimizer's moments, the random generators, and a JSON text (as bytes)
with the learning rate, the losses and what the run is: its seed, settings and the fingerprint of its data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from torch import Tensor

from classroom_analyzer.errors import BadModelError, OutputNotWritableError
from classroom_analyzer.models.safe import load_tensors
from classroom_analyzer.storage.safe_files import replacing

__all__ = ["Checkpoint", "Checkpoints", "checkpoints_of", "fingerprint", "read_checkpoint", "write_checkpoint"]

FORMAT = 1
ABOUT = "about"


@dataclass(slots=True, eq=False)
class Checkpoint:
    """Where a training stands after an epoch.

    Attributes:
        run: What the run is; a checkpoint of another run is refused.
        tensors: Named tensors on the CPU: the states of model, best model, optimizer and generators.
        values: Numbers and lists of them, as JSON can hold them.
    """

    run: dict[str, Any]
    tensors: dict[str, Tensor] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def put(self, group: str, state: Mapping[str, Tensor]) -> None:
        """Add a copy of a state under a name."""
        self.tensors |= {f"{group}/{name}": value.detach().cpu().clone() for name, value in state.items()}

    def get(self, group: str) -> dict[str, Tensor]:
        """Return the state under a name, empty when there is none."""
        start = f"{group}/"
        return {name.removeprefix(start): value for name, value in self.tensors.items() if name.startswith(start)}


def fingerprint(*parts: Tensor | NDArray[Any] | str) -> str:
    """Hash what a training reads: shapes, types and values, in order."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(f"text {part}".encode())
            continue
        values = np.ascontiguousarray(part.detach().cpu().numpy() if isinstance(part, Tensor) else part)
        digest.update(f"{values.dtype} {values.shape}".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Put a checkpoint in the place of the last one; a kill leaves the one or the other.

    Raises:
        OutputNotWritableError: It cannot be written; the last one is as it was.
    """
    about = json.dumps({"format": FORMAT, "run": checkpoint.run, "values": checkpoint.values}).encode()
    text = torch.frombuffer(bytearray(about), dtype=torch.uint8)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritableError(path.parent, error.strerror or str(error)) from error
    with replacing(path) as file:
        file.write(save({**checkpoint.tensors, ABOUT: text}))


def read_checkpoint(path: Path, run: dict[str, Any]) -> Checkpoint:
    """Read a checkpoint of this very run.

    Args:
        path: File that ``write_checkpoint`` wrote.
        run: What the run is.

    Raises:
        BadModelError: It is damaged, or of another run.
    """
    tensors = {name: torch.from_numpy(np.array(value)) for name, value in load_tensors(path).items()}
    try:
        about = json.loads(tensors.pop(ABOUT).numpy().tobytes())
        found_format, found, values = about["format"], dict(about["run"]), dict(about["values"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadModelError(path, "it is no checkpoint of a training; delete it to start again") from error
    if found_format != FORMAT:
        raise BadModelError(path, "it is a checkpoint of another version; delete it to start again")
    different = sorted(name for name in found.keys() | run.keys() if found.get(name) != run.get(name))
    if different:
        raise BadModelError(
            path, f"it is the checkpoint of another run ({', '.join(different)} differ); delete it to start again"
        )
    return Checkpoint(found, tensors, values)


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """The checkpoints of a job that trains several networks before it writes anything.

    Attributes:
        folder: Where they lie until the job is done.
    """

    folder: Path

    def path(self, name: str) -> Path:
        """Name the checkpoint of one network."""
        return self.folder / f"{name}.safetensors"

    def forget(self) -> None:
        """Delete them: the job is done, or shall start again.

        Raises:
            OutputNotWritableError: They cannot be deleted.
        """
        try:
            for file in self.folder.glob("*.safetensors*"):
                file.unlink()
            if self.folder.is_dir() and not any(self.folder.iterdir()):
                self.folder.rmdir()
        except OSError as error:
            raise OutputNotWritableError(self.folder, error.strerror or str(error)) from error


def checkpoints_of(result: Path, *, resume: bool) -> Checkpoints:
    """Name the folder of checkpoints beside the file that a job is to write.

    Args:
        result: That file.
        resume: Keep those of a stopped run; else they are deleted.

    Raises:
        OutputNotWritableError: They cannot be deleted.
    """
    checkpoints = Checkpoints(result.with_name(f"{result.stem}-checkpoints"))
    if not resume:
        checkpoints.forget()
    return checkpoints
