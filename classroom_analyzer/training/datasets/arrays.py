"""Reads files of arrays without executing anything in them: safetensors, or npz without pickled objects."""

from __future__ import annotations

import math
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from numpy.lib import format as npy
from numpy.typing import NDArray

from classroom_analyzer.errors import BadInputError, BadModelError
from classroom_analyzer.models.safe import read_tensors

__all__ = ["read_arrays"]

MAX_BYTES = 16 * 1024**3
PICKLE_SUFFIXES = {".pkl", ".pickle", ".pt", ".pth", ".joblib"}
ZIP_MAGIC = b"PK\x03\x04"
PICKLE_MAGIC = b"\x80"  # protocols 2 to 5 begin with it
PICKLED = (
    "it is pickled, and opening a pickle can run code; where you trust it, load it in Python and write its arrays "
    "with numpy.savez_compressed, as docs/datasets.md shows"
)


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read all arrays of a file, which is judged by its content and not by its name.

    Raises:
        BadInputError: It is pickled, neither of the two formats, damaged, or its arrays are too large.
    """
    try:
        with path.open("rb") as stream:
            opening = stream.read(len(ZIP_MAGIC))
    except OSError as error:
        raise BadInputError(path, f"it cannot be read ({error.strerror})") from error
    if path.suffix.lower() in PICKLE_SUFFIXES or opening.startswith(PICKLE_MAGIC):
        raise BadInputError(path, PICKLED)
    if opening == ZIP_MAGIC:
        return _read_npz(path)
    try:
        return read_tensors(path)
    except BadModelError as error:
        raise BadInputError(path, "it is neither a whole safetensors file nor an .npz of numpy arrays") from error


def _read_npz(path: Path) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if not members or any(not member.filename.endswith(".npy") for member in members):
                raise BadInputError(path, PICKLED if _holds_pickle(members) else "it holds other things than arrays")
            if sum(member.file_size for member in members) > MAX_BYTES:
                raise BadInputError(path, f"its arrays are larger than {MAX_BYTES // 1024**3} GB")
            for member in members:
                with archive.open(member) as stream:
                    _check_header(path, member, stream)
                with archive.open(member) as stream:
                    arrays[member.filename.removesuffix(".npy")] = npy.read_array(stream, allow_pickle=False)
    except BadInputError:
        raise
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, LookupError) as error:
        raise BadInputError(path, f"it is damaged ({error}); write it again") from error
    return arrays


def _holds_pickle(members: list[zipfile.ZipInfo]) -> bool:
    return any(Path(member.filename).suffix.lower() in PICKLE_SUFFIXES for member in members)


def _check_header(path: Path, member: zipfile.ZipInfo, stream: IO[bytes]) -> None:
    """Refuse objects, and a header that promises more than the file holds, before memory is asked for."""
    version = npy.read_magic(stream)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, _, dtype = read(stream)
    if dtype.hasobject:
        raise BadInputError(path, f"{member.filename} holds Python objects: {PICKLED}")
    if math.prod(shape) * dtype.itemsize != member.file_size - stream.tell():
        raise BadInputError(path, f"{member.filename} does not hold what its header says; write it again")
