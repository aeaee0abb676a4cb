"""Reads the protocol buffer wire format (protobuf.dev, "Encoding"), as much of it as the face pack needs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["Field", "WireError", "fields", "floats"]

MAX_VARINT_BYTES = 10
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5

Field = tuple[int, int | bytes]


class WireError(ValueError):
    """The bytes are no protocol buffer message."""


def fields(message: bytes) -> Iterator[Field]:
    """Walk through the fields of one message, in the order of the file.

    Args:
        message: The serialised message.

    Yields:
        Field number and value: int for a varint, bytes for what has a length and for fixed 4 or 8 bytes.

    Raises:
        WireError: A field reaches over the end, or is of a kind that no longer is in use.
    """
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if number == 0:
            raise WireError("field number 0")
        if kind == VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        if kind == BYTES:
            size, at = _varint(message, at)
        elif kind in (FIXED32, FIXED64):
            size = 4 if kind == FIXED32 else 8
        else:
            raise WireError(f"field of kind {kind}")
        if size > len(message) - at:
            raise WireError("a field reaches over the end")
        yield number, message[at : at + size]
        at += size


def floats(value: int | bytes) -> NDArray[np.float64]:
    """Read a float field: one value, or several packed together.

    Raises:
        WireError: The field holds no 4-byte floats.
    """
    if isinstance(value, int) or len(value) % 4:
        raise WireError("a field holds no floats")
    return np.frombuffer(value, "<f4").astype(np.float64)


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """Value and the place after it."""
    value = 0
    for i in range(MAX_VARINT_BYTES):
        if at + i >= len(message):
            raise WireError("a number reaches over the end")
        byte = message[at + i]
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return value, at + i + 1
    raise WireError("a number has too many bytes")
