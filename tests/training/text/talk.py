"""Utterances that the tests make up, and embeddings that know words but no meaning."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

COLUMNS = ("obs_id", "student_text", "teacher_text", "student_on_task", "student_on_task_num_agree")
ON_TASK = ("The denominator of this one is", "I multiplied the two sides by", "The area of the square is about")
OFF_TASK = ("Can I have a drink of water at", "My brother got a new game for", "I want to sit with my friend at")
DIMENSIONS = 64


def talk_rows(lessons: int, *, first: int = 0) -> list[tuple[str, ...]]:
    """Six rows per lesson, half of them on task; no two rows hold the same words."""
    rows = []
    for lesson in range(first, first + lessons):
        for number, (on, off) in enumerate(zip(ON_TASK, OFF_TASK, strict=True)):
            mark = f"{lesson}.{number}"
            rows.append((f"L{lesson}", f"{on} {mark}.", f"Very good, {mark}.", "1.0", "3"))
            rows.append((f"L{lesson}", f"{off} {mark}.", f"Please sit down, {mark}.", "0.3333", "2"))
    return rows


def write_talk(path: Path, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> Path:
    """Write rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])
    return path


def write_manifest(data: Path, train: str = "yes") -> Path:
    """Write a manifest that names the table of the training."""
    lines = ("path\tsource_repo\tlicence\ttrain", f"text/uptake_train.csv\tus/ours\tCC0\t{train}")
    (data / "MANIFEST.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return data


def bag_of_words(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors ``(n, 64)``: the sum of one fixed random direction per word."""
    rows = []
    for text in texts:
        words = text.lower().split() or ["nothing"]
        rows.append(sum(np.random.default_rng(zlib.crc32(w.encode())).normal(size=DIMENSIONS) for w in words))
    vectors = np.array(rows, np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
