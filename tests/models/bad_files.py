"""Files that must be refused, made by tests: broken, lying about themselves, or running code when opened wrongly."""

from __future__ import annotations

import json
import pickle
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

from classroom_analyzer.models.safe import card_path, sha256_of

HEADER_LENGTH_BYTES = 8


class Canary:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self._path,))


def write_header(path: Path, header: Mapping[str, object] | bytes, data: bytes = b"") -> None:
    """Write a safetensors file with any header."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(HEADER_LENGTH_BYTES, "little") + text + data)


def write_pickle(path: Path, canary: Path) -> None:
    path.write_bytes(pickle.dumps({"weight": Canary(canary)}))


def write_torch_archive(path: Path, canary: Path) -> None:
    """The layout of ``torch.save``: a zip archive around a pickle."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({"weight": Canary(canary)}))
        archive.writestr("archive/version", "3\n")


def sign(path: Path, **changes: object) -> None:
    """Let the card speak of the file as it now is, and say other things besides."""
    card = json.loads(card_path(path).read_text(encoding="utf-8"))
    card_path(path).write_text(json.dumps({**card, "sha256": sha256_of(path), **changes}), encoding="utf-8")


def change_tensors(path: Path, change: Callable[[dict[str, np.ndarray]], None]) -> None:
    """Change the arrays of a weight file and sign it again."""
    tensors = {name: array.copy() for name, array in load_file(path).items()}
    change(tensors)
    save_file(tensors, path, metadata={"format": "pt"})
    if card_path(path).is_file():
        sign(path)


ONE = {"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}
EIGHT = bytes(8)


def damage(kind: str, path: Path, canary: Path) -> None:
    """Put another file in the place of a weight file.

    Args:
        kind: One of ``DAMAGES``.
        path: Weight file to replace.
        canary: File that must never come into being.
    """
    _DAMAGES[kind](path, canary)


def _cut(path: Path, _: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def _huge_tensor(path: Path, _: Path) -> None:
    huge = {"w": {"dtype": "F32", "shape": [2**40], "data_offsets": [0, 2**42]}}
    write_header(path, huge, EIGHT)


_DAMAGES: dict[str, Callable[[Path, Path], None]] = {
    "empty": lambda p, _: p.write_bytes(b"") and None,
    "cut short": _cut,
    "a pickle": write_pickle,
    "a torch archive": write_torch_archive,
    "a header of a terabyte": lambda p, _: p.write_bytes((2**40).to_bytes(8, "little") + b"{}") and None,
    "a header longer than the file": lambda p, _: p.write_bytes((500).to_bytes(8, "little") + b"{}") and None,
    "a header of 17 MB": lambda p, _: write_header(p, b"{" + b" " * (17 * 1024 * 1024) + b"}"),
    "a header that is no JSON": lambda p, _: write_header(p, b"{nothing", EIGHT),
    "a header nested without end": lambda p, _: write_header(p, b'{"w":' + b"[" * 50_000 + b"]" * 50_000 + b"}", EIGHT),
    "a tensor larger than the file": _huge_tensor,
    "a shape that does not fit its bytes": lambda p, _: write_header(p, {"w": {**ONE["w"], "shape": [3]}}, EIGHT),
    "a negative shape": lambda p, _: write_header(p, {"w": {**ONE["w"], "shape": [-2]}}, EIGHT),
    "a shape that overflows": lambda p, _: write_header(p, {"w": {**ONE["w"], "shape": [2**63, 4]}}, EIGHT),
    "bytes of another tensor": lambda p, _: write_header(p, {**ONE, "v": ONE["w"]}, EIGHT),
    "an unknown type": lambda p, _: write_header(p, {"w": {**ONE["w"], "dtype": "OBJECT"}}, EIGHT),
    "more bytes than tensors": lambda p, _: write_header(p, ONE, EIGHT * 3),
}
DAMAGES = tuple(_DAMAGES)
