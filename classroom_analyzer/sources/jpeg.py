"""Judges JPEG bytes before a decoder sees them: whole, and not larger than a picture may be."""

from __future__ import annotations

__all__ = ["is_whole_jpeg", "jpeg_size"]

# ITU-T T.81, table B.1: start of frame, all kinds; C4, C8 and CC mean other things.
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WITHOUT_LENGTH = frozenset(range(0xD0, 0xDA)) | {0x01}
TAIL_BYTES = 64  # cameras pad behind the end


def is_whole_jpeg(data: bytes) -> bool:
    """Whether it begins and ends as a JPEG picture does."""
    return data[:3] == b"\xff\xd8\xff" and b"\xff\xd9" in data[-TAIL_BYTES:]


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as the header says; None when there is no such header."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in WITHOUT_LENGTH:
            at += 2
        elif marker in START_OF_FRAME:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
