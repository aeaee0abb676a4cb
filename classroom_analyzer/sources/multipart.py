"""Cuts a ``multipart/x-mixed-replace`` stream into its parts, whatever a camera sends in between."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["PartCutter"]

MAX_PART_BYTES = 32 << 20
MAX_HEAD_BYTES = 8192
LENGTH = b"content-length:"


class PartCutter:
    """Takes bytes as they come and gives the bodies of whole parts.

    A part that is too large, and what belongs to no part, is passed over and counted in ``broken``; a wrong length
    costs its part only.

    Args:
        boundary: As the content type names it, with or without leading hyphens.
    """

    def __init__(self, boundary: bytes) -> None:
        self.broken = 0
        self._marker = b"--" + boundary.strip(b'"').lstrip(b"-")
        self._buffer = bytearray()
        self._in_part = False
        self._length: int | None = None
        self._looked = 0  # up to here there is no marker in the buffer

    def push(self, data: bytes) -> Iterator[bytes]:
        """Take the next bytes; give what became whole by them."""
        self._buffer += data
        while True:
            if not self._in_part and not self._find_part():
                return
            part = self._finished_part()
            if part is None:
                return
            if part:
                yield part

    def _find_part(self) -> bool:
        """Go behind the next marker and its head; False while they are not there."""
        while (at := self._buffer.find(self._marker)) >= 0:
            del self._buffer[:at]
            for gap in (b"\r\n\r\n", b"\n\n"):
                end = self._buffer.find(gap, 0, MAX_HEAD_BYTES)
                if end >= 0:
                    self._length = _length_in(bytes(self._buffer[:end]))
                    del self._buffer[: end + len(gap)]
                    self._in_part = True
                    self._looked = 0
                    return True
            if len(self._buffer) <= MAX_HEAD_BYTES:
                return False
            self.broken += 1
            del self._buffer[: len(self._marker)]
        del self._buffer[: -len(self._marker)]
        return False

    def _finished_part(self) -> bytes | None:
        """The part when it is whole, empty when it is passed over, None while it goes on."""
        length = self._length if self._length is not None and self._length <= MAX_PART_BYTES else None
        marker_at = self._buffer.find(self._marker, self._looked)
        self._looked = max(0, len(self._buffer) - len(self._marker))
        if length is not None and len(self._buffer) >= length and not 0 <= marker_at < length:
            end = length
        elif marker_at >= 0:
            end = marker_at
        elif len(self._buffer) > MAX_PART_BYTES:
            return self._pass_over(len(self._buffer) - len(self._marker))
        else:
            return None
        if self._length is not None and self._length > MAX_PART_BYTES:
            return self._pass_over(end)
        part = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._in_part = False
        return part

    def _pass_over(self, size: int) -> bytes:
        self.broken += 1
        del self._buffer[:size]
        self._in_part = False
        return b""


def _length_in(head: bytes) -> int | None:
    for line in head.split(b"\n"):
        if line.lower().startswith(LENGTH):
            digits = line[len(LENGTH) :].strip()
            return int(digits) if digits.isdigit() and len(digits) < 16 else None
    return None
