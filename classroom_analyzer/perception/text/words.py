"""Words and pairs of words of a text as places of a table, hashed (Weinberger and others 2009).

So no vocabulary is kept, which would hold the texts that a head was trained on.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["BUCKETS", "word_buckets", "word_log_odds"]

BUCKETS = 1 << 15
_TOKEN = re.compile(r"[^\W\d_]+|\d|[^\w\s]")


def word_buckets(text: str, place: int = 0) -> list[int]:
    """Give the places of a text's words and pairs of words, each once, rising.

    Args:
        text: Untrusted plain text.
        place: Number of the text in its row; each text of a row has words of its own.
    """
    words = _TOKEN.findall(text.lower().replace("’", "'"))
    grams = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return sorted({zlib.crc32(f"{place}:{gram}".encode(errors="replace")) % BUCKETS for gram in grams})


def word_log_odds(texts: Sequence[str], idf: NDArray[np.float32], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weigh texts by their words: the dot product of ``weight`` and the row of ``idf``, scaled to unit length.

    Args:
        texts: n texts.
        idf: ``(BUCKETS,)`` how telling a word is.
        weight: ``(BUCKETS,)`` what it tells.

    Returns:
        ``(n,) float32``; 0 for a text without words.
    """
    found = np.zeros(len(texts), np.float32)
    for number, text in enumerate(texts):
        places = word_buckets(text)
        length = float(np.linalg.norm(idf[places]))
        found[number] = float(idf[places] @ weight[places]) / length if length else 0.0
    return found
