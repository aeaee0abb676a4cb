"""Features of a data set, computed once: a safetensors file per input, by backbone, settings and the input's own sum.

Features of faces and voices are personal data. They are kept only by training commands, of data sets that a researcher
gives, in one folder of the user's own that can be deleted at any time; analysis never comes here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from classroom_analyzer.errors import BadModelError, OutputNotWritableError
from classroom_analyzer.models.safe import load_tensors
from classroom_analyzer.storage.safe_files import FOLDER_MODE, replacing, write_text

__all__ = ["FeatureCache", "cache_folder", "folder_settings", "input_sha256", "rows_sha256"]

FORMAT = 1
FEATURES, SUM = "features", "sha256"
README_NAME = "README.txt"
README = """\
What networks made of the recordings and texts of data sets that `classroom-analyzer train` was given, so that it need
not be computed again; for `train affect --fine-tune` the faces themselves, cut
out. Made of faces or voices these files are personal data: keep them as you keep the data set.
Delete this folder at any time; nothing else depends on it. `--no-cache` trains without it.
"""
_CHUNK_BYTES = 1 << 20


def cache_folder(home: Path) -> Path:
    """Return where features are kept: ``cache/features`` of the folder of all state."""
    return home / "cache" / "features"


def input_sha256(given: Path | bytes) -> str:
    """Sum of a file's or a text's bytes.

    Raises:
        OSError: The file cannot be read.
    """
    digest = hashlib.sha256()
    if isinstance(given, bytes):
        digest.update(given)
        return digest.hexdigest()
    with given.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def rows_sha256(rows: NDArray[Any]) -> str:
    """Sum of rows that are no file: their type, shape and values."""
    return input_sha256(f"{rows.dtype} {rows.shape} ".encode() + rows.tobytes())


def folder_settings(path: Path) -> dict[str, str]:
    """Sums of the settings in a model's folder, which decide as much as its weights; empty for a single file."""
    if not path.is_dir():
        return {}
    return {file.name: input_sha256(file) for file in sorted(path.iterdir()) if file.suffix in {".json", ".txt"}}


class FeatureCache:
    """Features of one backbone under one set of settings.

    One input is read, computed and written at a time, so memory holds one. A run that was killed goes on where it was:
    an entry is whole or not there. What cannot be read, or is not what was written, is computed again.

    Args:
        root: Folder of all features, see ``cache_folder``.
        backbone_sha256: Of the network's weights.
        settings: All else that decides the features, as JSON can hold it.

    Attributes:
        folder: Where the entries of this backbone and these settings lie.

    Raises:
        OutputNotWritableError: The folder cannot be made.
    """

    def __init__(self, root: Path, backbone_sha256: str, settings: Mapping[str, Any]) -> None:
        about = {"format": FORMAT, "backbone": backbone_sha256, "settings": dict(settings)}
        self._about = json.dumps(about, sort_keys=True)
        self.folder = root / input_sha256(self._about.encode())[:32]
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        except OSError as error:
            raise OutputNotWritableError(self.folder, error.strerror or str(error)) from error
        if not (root / README_NAME).exists():
            write_text(root / README_NAME, README)

    def get(self, sha256: str, compute: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return the features of an input.

        Args:
            sha256: Sum of the input.
            compute: Makes them where they are not there.

        Raises:
            OutputNotWritableError: They cannot be kept, for example because the disk is full.
        """
        path = self.folder / f"{sha256}.safetensors"
        kept = self._read(path) if path.exists() else None
        if kept is not None:
            return kept
        features = np.ascontiguousarray(compute())
        with replacing(path) as file:
            file.write(save({FEATURES: features, SUM: self._sum(path, features)}))
        return features

    def _read(self, path: Path) -> NDArray[Any] | None:
        try:
            tensors = load_tensors(path)
        except BadModelError:
            return None
        features, kept = tensors.get(FEATURES), tensors.get(SUM)
        if features is None or kept is None or not np.array_equal(kept, self._sum(path, features)):
            return None
        return features

    def _sum(self, path: Path, features: NDArray[Any]) -> NDArray[np.uint8]:
        """Sum of what an entry is and holds, ``(32,)``: a file from elsewhere is not taken for it."""
        digest = hashlib.sha256(f"{self._about} {path.name} {features.dtype} {features.shape}".encode())
        digest.update(features.tobytes())
        return np.frombuffer(digest.digest(), np.uint8)
