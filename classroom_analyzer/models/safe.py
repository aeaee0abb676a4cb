"""Weight files are data: safetensors with a checked header, and a JSON card that says what they are.

Nothing here unpickles. A file is judged by its content, whatever it is called (TRUST.md section 5).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from stat import S_ISREG
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadModelError

__all__ = ["card_path", "load_card", "load_tensors", "read_tensors", "sha256_of", "tensor_shapes"]

MAX_HEADER_BYTES = 16 * 1024 * 1024
MAX_FILE_BYTES = 4 * 1024**3
MAX_CARD_BYTES = 4 * 1024 * 1024
LARGEST_VALUE = float(np.finfo(np.float32).max)  # networks compute in float32
_LENGTH_BYTES = 8  # a safetensors file starts with the header's length, little endian
_CHUNK_BYTES = 1 << 20


def load_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Read a safetensors file of weights.

    Args:
        path: Weight file.

    Returns:
        Arrays by name, in the file's own dtypes.

    Raises:
        BadModelError: The file is missing, too large, not safetensors or damaged, or holds complex numbers, or values
            that are no finite float32. Nothing in it was executed.
    """
    tensors = read_tensors(path)
    for name, tensor in tensors.items():
        if np.issubdtype(tensor.dtype, np.complexfloating):
            raise BadModelError(path, f"{name} holds complex numbers, which no model here has")
        if np.issubdtype(tensor.dtype, np.floating) and not (np.abs(tensor) <= _largest(tensor)).all():
            raise BadModelError(path, f"{name} holds values that are not numbers; train or install it again")
    return tensors


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Read a safetensors file whose values may be NaN: data, where NaN is what was not measured.

    Raises:
        BadModelError: The file is missing, too large, not safetensors or damaged. Nothing in it was executed.
    """
    _check_header(path)
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors: dict[str, NDArray[Any]] = load_file(path)
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise BadModelError(path, f"its contents do not fit its header ({error}); install it again") from error
    return tensors


def tensor_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Read the shapes of a safetensors file by its header; no tensor is loaded.

    Raises:
        BadModelError: The file is missing, too large, not safetensors or damaged.
    """
    _check_header(path)
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise BadModelError(path, f"its contents do not fit its header ({error}); install it again") from error


def card_path(weights: Path) -> Path:
    """Return where the card of a weight file lies: the same name with ``.json``."""
    return weights.with_suffix(".json")


def load_card(weights: Path) -> dict[str, Any]:
    """Read the card beside a weight file and check that it speaks of this very file.

    Args:
        weights: Weight file; the card is ``NAME.json`` beside ``NAME.safetensors``.

    Returns:
        The card.

    Raises:
        BadModelError: There is no card, it cannot be read, or its sha256 is not that of the weights.
    """
    path = card_path(weights)
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > MAX_CARD_BYTES:
            raise BadModelError(weights, f"its card {path.name} is no short JSON file, as a card is")
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadModelError(weights, f"its card {path.name} is missing; a model without a card is not used") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadModelError(weights, f"its card {path.name} cannot be read; install the model again") from error
    if not isinstance(card, dict):
        raise BadModelError(weights, f"its card {path.name} is not a JSON object; install the model again")
    if card.get("sha256") != sha256_of(weights):
        raise BadModelError(weights, f"it is not the file that its card {path.name} describes; install it again")
    return card


def sha256_of(path: Path) -> str:
    """Hash a file, or the weight files of a folder in name order, without loading them whole.

    Raises:
        BadModelError: The file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        files = sorted(path.rglob("*.safetensors")) if path.is_dir() else [path]
        for file in files:
            _check_regular(file)
            with file.open("rb") as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
    except OSError as error:
        raise BadModelError(path, f"it cannot be read ({error.strerror})") from error
    return digest.hexdigest()


def _check_regular(path: Path) -> int:
    """Refuse pipes and devices, which have no end; return the size in bytes."""
    status = path.stat()
    if not S_ISREG(status.st_mode):
        raise BadModelError(path, "it is not a file")
    return status.st_size


def _largest(tensor: NDArray[Any]) -> float:
    """The largest finite float32, or of a narrower type its own: a limit that it cannot hold would overflow."""
    return min(LARGEST_VALUE, float(np.finfo(tensor.dtype).max))


def _check_header(path: Path) -> None:
    try:
        size = _check_regular(path)
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(_LENGTH_BYTES), "little")
            opening = stream.read(1)
    except OSError as error:
        raise BadModelError(path, f"it cannot be read ({error.strerror})") from error
    if size > MAX_FILE_BYTES:
        raise BadModelError(path, "it is larger than 4 GB")
    if opening != b"{" or length > min(size - _LENGTH_BYTES, MAX_HEADER_BYTES):
        raise BadModelError(path, "it is not a safetensors file; only safetensors weights are loaded")
