"""Aligned features of segments of video, as CMU-MOSEI is handed on (Zadeh et al. 2018, ACL P18-1208).

Its label is the sentiment of what is said, from -3 to 3. **That is not engagement.** It is mapped to [0, 1] so that the
same networks, loops and metrics can be tried on real sequences of three modalities; the card says so.

The arrays are those of the public pickles, named ``SPLIT.NAME`` with SPLIT one of train, valid, test: ``vision``,
``audio``, ``text`` ``(n, steps, columns)``, ``labels`` or ``regression_labels`` (sentiment first) and ``id``
(video first). Without ``SPLIT.`` all is one set. ``speaker`` may name people better than the video does. Text in
safetensors is bytes of UTF-8, ``(n, length) uint8``, filled up with 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.arrays import read_arrays
from classroom_analyzer.training.datasets.data_set import DataSet, Gathered, make_data_set, number_subjects
from classroom_analyzer.training.datasets.windows import Sequences, batch_of, plain_spec
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.simulator.classes import level_of

__all__ = ["read_aligned"]

SPLIT_NAMES = {"train": "train", "valid": "validation", "validation": "validation", "dev": "validation", "test": "test"}
LABEL_NAMES = ("regression_labels", "labels")
SENTIMENT_LIMIT = 3.0
VIDEO = re.compile(r"(.+?)(?:\$_\$.*|\[\d+\])?", re.DOTALL)  # VIDEO$_$SEGMENT or VIDEO[SEGMENT]
CARD = {
    "source": "aligned features in the layout of CMU-MOSEI (https://github.com/CMU-MultiComp-Lab/CMU-MultimodalSDK)",
    "terms": "as their owner gives them; CMU-MOSEI is for research",
    "target": "sentiment of what is said, -3 to 3 mapped to 0 to 1; this is NOT engagement and says nothing of it",
    "quality": "not published: 1 wherever a step holds evidence",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One published part: arrays by name."""

    split: str | None
    arrays: Mapping[str, NDArray[Any]]
    rows: int


def read_aligned(path: Path) -> DataSet:
    """Read a file of aligned features; a modality that is not in it is absent.

    A step is without evidence where all its values are NaN, or all are exactly 0 (of two and more): the public files
    are filled up with zeros.

    Raises:
        BadInputError: The file is pickled or damaged, an array is missing or has another shape than the others, or a
            label is no sentiment.
    """
    parts = _parts(path, read_arrays(path))
    windows = {m: _spec(path, m, parts) for m in MODALITIES}
    rows = sum(part.rows for part in parts)
    sequences = {m: _sequences(path, m, windows[m], parts) for m in MODALITIES}
    sentiment = np.concatenate([_sentiment(path, part) for part in parts])
    subjects, group = number_subjects([name for part in parts for name in _subjects(path, part)])
    engagement = (sentiment + SENTIMENT_LIMIT) / (2 * SENTIMENT_LIMIT)
    labelled = LabelledRows(
        batch=batch_of(rows, windows, sequences),
        engagement=engagement,
        level=level_of(engagement),
        group=group,
        time_s=np.arange(rows, dtype=np.int64),  # no two segments are seen together
    )
    published = [part.split for part in parts for _ in range(part.rows)]
    splits = None if published[0] is None else tuple(split for split in published if split is not None)
    return make_data_set("aligned", path, windows, Gathered(labelled, subjects, splits), CARD)


def _parts(path: Path, arrays: Mapping[str, NDArray[Any]]) -> list[_Part]:
    by_split: dict[str | None, dict[str, NDArray[Any]]] = {}
    for key, array in arrays.items():
        split, dot, name = key.rpartition(".")
        if dot and split not in SPLIT_NAMES:
            raise BadInputError(path, f"{key} belongs to no part named {', '.join(SPLIT_NAMES)}")
        by_split.setdefault(SPLIT_NAMES[split] if dot else None, {})[name] = array
    if not by_split or (None in by_split and len(by_split) > 1):
        raise BadInputError(path, "name all arrays SPLIT.NAME, or none; docs/datasets.md lists them")
    parts = []
    for part, named in by_split.items():
        label = next((named[name] for name in LABEL_NAMES if name in named), None)
        if label is None:
            raise BadInputError(path, f"the part {part or 'of all'} has no labels; docs/datasets.md lists the arrays")
        for name, array in named.items():
            if array.ndim == 0 or len(array) != len(label):
                raise BadInputError(path, f"{name} of the part {part or 'of all'} has not one row per label")
        parts.append(_Part(part, named, len(label)))
    return parts


def _spec(path: Path, modality: Modality, parts: list[_Part]) -> WindowSpec:
    arrays = [part.arrays[modality.value] for part in parts if modality.value in part.arrays]
    shapes = {array.shape[1:] for array in arrays}
    numbers = all(np.issubdtype(a.dtype, np.floating) or np.issubdtype(a.dtype, np.integer) for a in arrays)
    if len(shapes) > 1 or any(len(shape) != 2 or 0 in shape for shape in shapes) or not numbers:
        raise BadInputError(path, f"{modality} must be numbers of shape (n, steps, columns), the same in all parts")
    steps, columns = next(iter(shapes), (0, 0))
    return plain_spec(modality, steps, tuple(f"{modality}_{i}" for i in range(columns)))


def _sequences(path: Path, modality: Modality, spec: WindowSpec, parts: list[_Part]) -> Sequences:
    values = np.concatenate(
        [
            part.arrays[modality.value].astype(np.float32)
            if modality.value in part.arrays
            else np.full((part.rows, spec.steps, len(spec.names)), np.nan, np.float32)
            for part in parts
        ]
    )
    if np.isinf(values).any():
        raise BadInputError(path, f"{modality} holds infinite values; write NaN for what was not measured")
    filled_up = (values == 0).all(axis=2) if len(spec.names) > 1 else np.zeros(values.shape[:2], bool)
    valid = np.isfinite(values).any(axis=2) & ~filled_up
    values[~valid] = np.nan
    return Sequences(values, valid, valid.astype(np.float32))


def _sentiment(path: Path, part: _Part) -> NDArray[np.float64]:
    label = next(part.arrays[name] for name in LABEL_NAMES if name in part.arrays)
    columns = label.reshape(part.rows, -1)
    if not np.issubdtype(label.dtype, np.number) or not columns.shape[1]:
        raise BadInputError(path, "the labels are no numbers")
    sentiment = columns[:, 0].astype(np.float64)
    if not (np.abs(sentiment) <= SENTIMENT_LIMIT).all():
        raise BadInputError(path, "a label lies outside -3 to 3, so it is no sentiment")
    return sentiment


def _subjects(path: Path, part: _Part) -> list[str]:
    """Names of the people: of ``speaker``, else the video of ``id``."""
    array = part.arrays.get("speaker", part.arrays.get("id"))
    if array is None:
        raise BadInputError(path, "there is no id, so nobody can tell which segments belong to one person")
    if array.dtype == np.uint8 and array.ndim == 2:
        texts = [bytes(row).rstrip(b"\0").decode("utf-8", errors="replace") for row in array]
    else:
        texts = [str(row[0]) for row in array.reshape(part.rows, -1)]
    videos = [VIDEO.fullmatch(text) for text in texts]
    if not all(videos):
        raise BadInputError(path, "a segment has an empty id")
    return [video[1] for video in videos if video is not None]
