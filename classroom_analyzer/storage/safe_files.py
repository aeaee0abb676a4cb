"""Files that are either whole or not there: temporary name, fsync, rename, fsync of the folder; for the owner only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from classroom_analyzer.errors import OutputNotWritableError

__all__ = ["FILE_MODE", "FOLDER_MODE", "WRITING_SUFFIX", "make_private_file", "replacing", "sync_folder", "write_text"]

FILE_MODE = 0o600
FOLDER_MODE = 0o700
WRITING_SUFFIX = ".writing"  # a file carries it while it is open


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` when the block ends without an error.

    Args:
        path: The final name; its folder exists.

    Yields:
        A binary file open for writing.

    Raises:
        OutputNotWritableError: The disk is full, or the folder cannot be written; ``path`` is as it was before.
    """
    temporary = path.with_name(path.name + WRITING_SUFFIX)
    with _explained(path):
        file = open(temporary, "wb", opener=_private_opener)  # noqa: SIM115
    try:
        with _explained(path):
            with file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
            sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)  # only there when something failed


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text as one whole.

    Raises:
        OutputNotWritableError: As for ``replacing``.
    """
    with replacing(path) as file:
        file.write(text.encode("utf-8"))


def make_private_file(path: Path) -> None:
    """Create an empty file that only its owner may read; refuse one that is there.

    Raises:
        OutputNotWritableError: It exists or cannot be made.
    """
    with _explained(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` survive a power cut, where the system can."""
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OutputNotWritableError:
        raise
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error


def _private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, FILE_MODE)
