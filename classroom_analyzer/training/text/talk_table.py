"""Reads tables of utterances that raters judged; rows are known again by salted hashes, without their texts."""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import BadInputError

__all__ = ["TalkTable", "read_talk", "row_hashes"]

DISTINCT_LETTERS = 40  # from this length on, equal words of two lessons are no chance
HASH_BYTES = 8


@dataclass(frozen=True, slots=True, eq=False)
class TalkTable:
    """Rows of a CSV file that have a label.

    Attributes:
        texts: What the students said, n texts.
        contexts: What was said around it, n texts; None when it was not asked for.
        share: ``(n,)`` share of raters who called the row on task.
        groups: ``(n,) int64`` number of the lesson of each row, from 0; the row's own number without a group column.
        hashes: For each row the hashes by which it is known again.
    """

    texts: tuple[str, ...]
    contexts: tuple[str, ...] | None
    share: NDArray[np.float64]
    groups: NDArray[np.int64]
    hashes: tuple[frozenset[int], ...]

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def on_task(self) -> NDArray[np.bool_]:
        """``(n,)``: more than half of the raters said so."""
        return self.share > 0.5

    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The texts that a row consists of."""
        return (self.texts,) if self.contexts is None else (self.texts, self.contexts)


def read_talk(
    path: Path,
    *,
    text: str,
    label: str,
    context: str | None = None,
    group: str | None = None,
    salt: str = "",
    highest: float = 1.0,
) -> TalkTable:
    """Read a CSV file; rows without a label are left out.

    Args:
        path: UTF-8, with a line of column names.
        text: Column of the students' words.
        label: Column of the share of raters who called the row on task, 0 to 1.
        context: Column of the teacher's reply.
        group: Column that names the lesson.
        salt: Of the hashes.
        highest: Of the label; labels from 0 to it become shares.

    Raises:
        BadInputError: The file, a column or a label cannot be used.
    """
    wanted = [column for column in (text, label, context, group) if column is not None]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.DictReader(stream)
            missing = [column for column in wanted if column not in (lines.fieldnames or ())]
            if missing:
                raise BadInputError(path, f"it has no column {missing[0]!r}; name one of its own columns")
            rows = [row for row in lines if (row[label] or "").strip()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(path, f"it cannot be read as a UTF-8 CSV file ({error})") from error
    if not rows:
        raise BadInputError(path, f"no row has a value in the column {label!r}")
    names = [row[group] or "" if group is not None else str(number) for number, row in enumerate(rows)]
    hashes = (frozenset(row_hashes(row, text, row[group] if group is not None else None, salt)) for row in rows)
    return TalkTable(
        texts=tuple(row[text] or "" for row in rows),
        contexts=None if context is None else tuple(row[context] or "" for row in rows),
        share=np.array([_share(path, label, row[label], highest) for row in rows]),
        groups=np.unique(names, return_inverse=True)[1].astype(np.int64),
        hashes=tuple(hashes),
    )


def row_hashes(row: dict[str, str | None], text: str, group: str | None, salt: str) -> Iterator[int]:
    """Hash what tells a row from all others: its words where they are long, with its lesson, with its other long cells.

    Short words alone ("Can I go to the bathroom?") occur in any lesson and are hashed only together with those.

    Args:
        row: Cells by column.
        text: Column of the words.
        group: Name of the lesson, if known.
        salt: Makes the hashes useless for looking up words in another table.
    """
    words = row[text] or ""
    if len(words) >= DISTINCT_LETTERS:
        yield _hash(salt, words)
    if group is not None:
        yield _hash(salt, "lesson", group, words)
    for column, cell in row.items():
        if column == text or not isinstance(cell, str) or _is_number(cell):
            continue
        if len(words) + len(cell) >= DISTINCT_LETTERS:
            yield _hash(salt, "beside", cell, words)


def _hash(salt: str, *parts: str) -> int:
    plain = "\x1f".join(" ".join(part.split()).lower() for part in parts)
    digest = hashlib.blake2b(plain.encode(), digest_size=HASH_BYTES, salt=bytes.fromhex(salt))
    return int.from_bytes(digest.digest(), "little")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _share(path: Path, label: str, cell: str, highest: float) -> float:
    value = float(cell) if _is_number(cell) else math.nan
    if not 0 <= value <= highest:
        raise BadInputError(
            path,
            f"the column {label!r} holds {cell[:20]!r}; needed is the share of raters, a number from 0 to {highest:g}",
        )
    return value / highest
