"""Remembers the codes of messages that keep coming back ("yes", "12", a flood of the same line) inside one lesson.

In memory only, at most ``entries`` of them, and by a hash: no text is kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.perception.text.encoder import TextCodes, TextEncoder

__all__ = ["RememberingEncoder"]

ENTRIES = 2048  # with MiniLM 4 MB
HASH_BYTES = 16


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    embedding: NDArray[np.float32]
    novelty: np.float32 | None
    sentence: NDArray[np.float32] | None


class RememberingEncoder:
    """Encodes only what it does not remember. Implements ``TextEncoder``.

    Args:
        encoder: Gives the same codes for the same text whatever stands beside it in a batch.
        entries: Most texts to remember; the one that was asked for longest ago goes first.
    """

    def __init__(self, encoder: TextEncoder, entries: int = ENTRIES) -> None:
        self._encoder = encoder
        self._entries = entries
        self._rows: OrderedDict[bytes, _Row] = OrderedDict()

    def encode(self, texts: list[str]) -> TextCodes:
        """Encode a batch, n >= 1."""
        keys = [hashlib.blake2b(text.encode(errors="replace"), digest_size=HASH_BYTES).digest() for text in texts]
        found: dict[bytes, _Row] = {}
        new: dict[bytes, str] = {}
        for key, text in zip(keys, texts, strict=True):
            row = self._rows.get(key)
            if row is None:
                new[key] = text
            else:
                self._rows.move_to_end(key)
                found[key] = row
        if new:
            found |= zip(new, _rows(self._encoder.encode(list(new.values()))), strict=True)
            self._rows |= {key: found[key] for key in new}
            while len(self._rows) > self._entries:
                self._rows.popitem(last=False)
        return _codes([found[key] for key in keys])


def _rows(codes: TextCodes) -> list[_Row]:
    return [
        _Row(
            row.copy(),  # a row alone, so that its batch can go
            None if codes.novelty is None else codes.novelty[number],
            None if codes.sentence is None else codes.sentence[number].copy(),
        )
        for number, row in enumerate(codes.embedding)
    ]


def _codes(rows: list[_Row]) -> TextCodes:
    novelty = [row.novelty for row in rows if row.novelty is not None]
    sentence = [row.sentence for row in rows if row.sentence is not None]
    return TextCodes(
        np.stack([row.embedding for row in rows]),
        np.array(novelty, np.float32) if novelty else None,
        np.stack(sentence) if sentence else None,
    )
