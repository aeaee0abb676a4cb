"""Files of the raw recording: sealed records of at most a second, each readable alone, cut anywhere without harm.

``media/segment-000.mkv.enc`` (``.writing`` behind it while it is open): eight bytes ``CAMEDIA1``, the number of the
segment (4 bytes, big-endian), then records. A record is its length (4 bytes, big-endian) and the ciphertext with its
tag: AES-256-GCM under the segment's own key, the record's number as nonce (a segment is written once, from start to
end) and as authenticated data with the segment's scope. All records together are one Matroska file whose times are
those of the lesson clock.
"""

from __future__ import annotations

import os
import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from classroom_analyzer.errors import LessonDamagedError, OutputNotWritableError
from classroom_analyzer.storage.safe_files import FILE_MODE, FOLDER_MODE, WRITING_SUFFIX, sync_folder
from classroom_analyzer.storage.vault import media_scope

__all__ = [
    "MEDIA_NAME",
    "Record",
    "RecordFile",
    "bound_to",
    "close_segment",
    "list_segments",
    "nonce_of",
    "scan_records",
]

MEDIA_NAME = "media"
MAX_RECORD_BYTES = 1 << 20  # of clear content; a longer second is several records
TAG_BYTES = 16
HEAD = struct.Struct(">8sI")
MAGIC = b"CAMEDIA1"
_LENGTH = struct.Struct(">I")
_SEGMENT_FILE = re.compile(r"segment-(\d{3,})\.mkv\.enc(?:\.writing)?")


def nonce_of(number: int) -> bytes:
    """Nonce of a record: its number, from 0."""
    return number.to_bytes(12, "big")


def bound_to(segment: int, number: int) -> bytes:
    """What is authenticated with a record."""
    return f"{media_scope(segment)}\0record\0{number}".encode()


class RecordFile:
    """One segment being written: a file object without seeking, as PyAV takes it, and records behind it.

    ``write`` gathers; ``seal`` makes a record of what was gathered.

    Args:
        folder: The lesson folder.
        segment: Number of the segment, from 0.
        cipher: Of the segment's own new key, which is on the disk.

    Attributes:
        written_bytes: Length of the file so far.

    Raises:
        OutputNotWritableError: It exists or cannot be made.
    """

    def __init__(self, folder: Path, segment: int, cipher: AESGCM) -> None:
        self.path = folder / MEDIA_NAME / f"segment-{segment:03d}.mkv.enc"
        self._segment = segment
        self._cipher = cipher
        self._gathered = bytearray()
        self._records = 0
        self._closed = False
        self.written_bytes = 0
        try:
            self.path.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            self._handle = os.open(self.open_path, flags, FILE_MODE)
        except OSError as error:
            raise OutputNotWritableError(self.path, error.strerror or str(error)) from error
        self._append(HEAD.pack(MAGIC, segment))

    @property
    def open_path(self) -> Path:
        """The file's name while it is open."""
        return self.path.with_name(self.path.name + WRITING_SUFFIX)

    def write(self, data: bytes) -> int:
        """Gather ``data``; called by PyAV, so it never fails."""
        self._gathered += data
        return len(data)

    def seal(self) -> None:
        """Write what was gathered as whole records.

        Raises:
            OutputNotWritableError: The disk is full or fails; the file ends with its last whole record.
        """
        while self._gathered:
            piece = bytes(self._gathered[:MAX_RECORD_BYTES])
            sealed = self._cipher.encrypt(nonce_of(self._records), piece, bound_to(self._segment, self._records))
            # Counted first: whatever becomes of the write, no second content is sealed with this nonce.
            self._records += 1
            del self._gathered[:MAX_RECORD_BYTES]
            self._append(_LENGTH.pack(len(sealed)) + sealed)

    def sync(self) -> None:
        """Bring the records to the disk.

        Raises:
            OutputNotWritableError: The disk fails.
        """
        try:
            os.fsync(self._handle)
        except OSError as error:
            raise OutputNotWritableError(self.path, error.strerror or str(error)) from error

    def finish(self) -> None:
        """Seal the rest, bring it to the disk and take the suffix away.

        Raises:
            OutputNotWritableError: The disk is full or fails; the file keeps its suffix and its whole records.
        """
        try:
            self.seal()
            self.sync()
        finally:
            self.abandon()
        close_segment(self.open_path)

    def abandon(self) -> None:
        """Let go of the file as it is."""
        if not self._closed:
            self._closed = True
            os.close(self._handle)

    def _append(self, data: bytes) -> None:
        try:
            done = 0
            while done < len(data):  # a short write is the first word of a full disk
                done += os.write(self._handle, data[done:])
        except OSError as error:
            with suppress(OSError):  # a disk that is gone; readers skip a torn end
                os.ftruncate(self._handle, self.written_bytes)
            raise OutputNotWritableError(self.path, error.strerror or str(error)) from error
        self.written_bytes += len(data)


@dataclass(frozen=True, slots=True)
class Record:
    """Where a record's ciphertext lies in its file.

    Attributes:
        number: From 0.
        offset: Of the ciphertext.
        length: Of the ciphertext with its tag.
    """

    number: int
    offset: int
    length: int

    @property
    def clear_length(self) -> int:
        """Bytes of content."""
        return self.length - TAG_BYTES


def scan_records(path: Path) -> tuple[int, tuple[Record, ...], int]:
    """Find the whole records of a segment without its key.

    Returns:
        Number of the segment, its records, and where the last of them ends; what lies behind was torn off.

    Raises:
        LessonDamagedError: It is no segment of a recording.
    """
    found: list[Record] = []
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD.size)
            if len(head) < HEAD.size or head[: len(MAGIC)] != MAGIC:
                raise LessonDamagedError(path, "it does not begin as a segment of a recording does")
            end = HEAD.size
            while len(prefix := file.read(_LENGTH.size)) == _LENGTH.size:
                length = _LENGTH.unpack(prefix)[0]
                stop = end + _LENGTH.size + length
                if not TAG_BYTES < length <= MAX_RECORD_BYTES + TAG_BYTES or stop > size:
                    break
                found.append(Record(len(found), end + _LENGTH.size, length))
                end = stop
                file.seek(end)
    except OSError as error:
        raise LessonDamagedError(path, f"it cannot be read ({error.strerror})") from error
    return HEAD.unpack(head)[1], tuple(found), end


def list_segments(folder: Path) -> tuple[Path, ...]:
    """Return the segments of a lesson folder in order, those that were not closed too."""
    media = folder / MEDIA_NAME
    if not media.is_dir():
        return ()
    numbered = [(match, path) for path in media.iterdir() if (match := _SEGMENT_FILE.fullmatch(path.name))]
    return tuple(path for match, path in sorted(numbered, key=lambda pair: (int(pair[0].group(1)), pair[1].name)))


def close_segment(path: Path) -> Path | None:
    """Take the suffix of an open segment away, cutting a torn record off its end. Running it twice changes nothing.

    Args:
        path: A file that nobody writes to any more, with or without the suffix.

    Returns:
        The closed segment; None when there was nothing in it, so that it was removed.

    Raises:
        LessonDamagedError: It is no segment of a recording.
        OutputNotWritableError: It cannot be renamed.
    """
    if path.suffix != WRITING_SUFFIX:
        return path
    try:
        if path.stat().st_size < HEAD.size:
            path.unlink()
            return None
        _, records, end = scan_records(path)
        if not records:
            path.unlink()
            return None
        # A wrong length in the middle is damage, not a torn end: what lies behind it is kept for whoever can mend it.
        if 0 < path.stat().st_size - end <= MAX_RECORD_BYTES + TAG_BYTES + _LENGTH.size:
            os.truncate(path, end)
        closed = path.with_suffix("")
        os.replace(path, closed)
        sync_folder(path.parent)
    except LessonDamagedError:
        raise
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error
    return closed
