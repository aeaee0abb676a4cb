"""Reads the raw recording of a lesson: each segment as a seekable file of clear bytes that no disk ever sees."""

from __future__ import annotations

import io
import os
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from classroom_analyzer.storage.database import DATABASE_NAME, reading
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.media_records import Record, bound_to, list_segments, nonce_of, scan_records
from classroom_analyzer.storage.safe_files import WRITING_SUFFIX
from classroom_analyzer.storage.vault import Vault, media_scope

__all__ = ["SealedSegment", "open_recording"]


class SealedSegment:
    """One segment of a recording with its key. Each ``open`` reads for itself.

    Attributes:
        path: The file.
        number: From 0.
        damaged: Numbers of records that were found changed; their place reads as zeros, which a Matroska reader skips.
    """

    def __init__(self, path: Path, number: int, records: Sequence[Record], cipher: AESGCM) -> None:
        self.path = path
        self.number = number
        self.damaged: set[int] = set()
        self._records = tuple(records)
        self._cipher = cipher

    def __str__(self) -> str:
        return str(self.path)

    def open(self) -> BinaryIO:
        """Return the segment's Matroska file, buffered."""
        raw = _ClearFile(self.path, self._records, self._decrypt)
        return cast(BinaryIO, io.BufferedReader(raw, buffer_size=1 << 16))

    def _decrypt(self, record: Record, sealed: bytes) -> bytes:
        try:
            return self._cipher.decrypt(nonce_of(record.number), sealed, bound_to(self.number, record.number))
        except InvalidTag:
            self.damaged.add(record.number)
            return bytes(record.clear_length)


def open_recording(folder: Path, key_source: KeySource | None) -> tuple[SealedSegment, ...]:
    """Return the closed segments of a lesson's recording in order, none when nothing was recorded.

    Segments whose key was erased are left out.

    Raises:
        VaultLockedError: The key is not at hand.
        LessonDamagedError: The database or the beginning of a segment cannot be read.
    """
    paths = [path for path in list_segments(folder) if path.suffix != WRITING_SUFFIX]
    if not paths:
        return ()
    found = []
    with reading(folder / DATABASE_NAME) as connection:
        vault = Vault.unlock(connection, key_source)
        for path in paths:
            number, records, _ = scan_records(path)
            cipher = vault.file_cipher(media_scope(number)) if vault is not None else None
            if cipher is not None and records:
                found.append(SealedSegment(path, number, records, cipher))
    return tuple(found)


class _ClearFile(io.RawIOBase):
    """Decrypts the record that is read at the moment, no other."""

    def __init__(self, path: Path, records: tuple[Record, ...], decrypt: Callable[[Record, bytes], bytes]) -> None:
        super().__init__()
        self._file = path.open("rb", buffering=0)
        self._records = records
        self._decrypt = decrypt
        self._starts = [0, *accumulate(record.clear_length for record in records)]
        self._position = 0
        self._held = -1
        self._clear = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._starts[-1]}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        index = bisect_right(self._starts, self._position) - 1
        if index >= len(self._records):
            return 0
        if index != self._held:
            record = self._records[index]
            self._file.seek(record.offset)
            self._clear = self._decrypt(record, self._file.read(record.length))
            self._held = index
        offset = self._position - self._starts[index]
        piece = self._clear[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()
