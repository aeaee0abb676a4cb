"""A data set ready for training: windows in four sets that share no subject.

Published splits are kept where they are subject-disjoint. Where one is not, all of it is split anew by subject and the
card says so; where a set is missing, subjects are taken from training. Who goes where follows from the hash of the
subject's name, so it is the same on every machine.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.features import WindowSpec
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.labelled_rows import LabelledRows, assert_disjoint

__all__ = ["SETS", "DataSet", "Gathered", "make_data_set", "number_subjects"]

SETS = ("train", "validation", "calibration", "test")
SHARES = {"validation": 0.15, "calibration": 0.10, "test": 0.15}  # of the subjects; the rest trains
LEVELS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What an adapter found.

    Attributes:
        rows: All windows; ``group`` is the index in ``subjects``.
        subjects: Names of the people, or of the classes, whose rows must stay together.
        published: The split that each row was published in, one of the names in ``SETS``; None where there is none.
    """

    rows: LabelledRows
    subjects: tuple[str, ...]
    published: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """Labelled windows in four sets without a common subject, which is asserted.

    Attributes:
        name: As in the spec it was opened by.
        windows: What the columns of each modality are. Data of this program have those of ``WINDOWS``.
        train: Fits weights.
        validation: Stops training.
        calibration: Fits temperatures and thresholds.
        test: Is scored once.
        subjects: Name of each group number.
        card: Where the data come from, on what terms, how they were split, what was left out, what the target is.
    """

    name: str
    windows: Mapping[Modality, WindowSpec]
    train: LabelledRows
    validation: LabelledRows
    calibration: LabelledRows
    test: LabelledRows
    subjects: Mapping[int, str]
    card: Mapping[str, Any]

    def __post_init__(self) -> None:
        assert_disjoint(**self.sets)

    @property
    def sets(self) -> dict[str, LabelledRows]:
        """The four sets by name."""
        return {name: getattr(self, name) for name in SETS}


def make_data_set(
    name: str, source: Path, windows: Mapping[Modality, WindowSpec], gathered: Gathered, card: Mapping[str, Any]
) -> DataSet:
    """Split what an adapter found and describe it.

    Args:
        name: Name of the data set.
        source: File or folder, for errors.
        windows: Of the rows.
        gathered: Rows, subjects and published splits.
        card: What the adapter knows: ``source``, ``terms``, ``target`` and so on.

    Raises:
        BadInputError: There are too few subjects for four sets.
    """
    names = [gathered.subjects[group] for group in gathered.rows.group]
    set_of, how = _assign(source, names, gathered.published)
    where = np.array([set_of[subject] for subject in names])
    sets = {one: gathered.rows.take(where == one) for one in SETS}
    described = {
        "name": name,
        **card,
        "split": how,
        "sets": {one: _describe(rows) for one, rows in sets.items()},
        "columns": {m.value: list(spec.names) for m, spec in windows.items()},
    }
    return DataSet(name, windows, **sets, subjects=dict(enumerate(gathered.subjects)), card=described)


def _assign(source: Path, names: Sequence[str], published: Sequence[str] | None) -> tuple[dict[str, str], str]:
    """Set of each subject, and how it was found."""
    parts: dict[str, set[str]] = defaultdict(set)
    for subject, part in zip(names, published or [""] * len(names), strict=True):
        parts[subject].add(part)
    if published is None:
        return _take(source, sorted(parts), SHARES, {}), "by subject: nothing was published"
    leaking = sorted(subject for subject, found in parts.items() if len(found) > 1)
    if leaking:
        return _take(source, sorted(parts), SHARES, {}), (
            f"anew by subject: {len(leaking)} of {len(parts)} subjects stand in more than one published part"
        )
    kept = {subject: next(iter(found)) for subject, found in parts.items()}
    missing = {one: share for one, share in SHARES.items() if one not in kept.values()}
    training = sorted(subject for subject, part in kept.items() if part == "train")
    kept |= _take(source, training, missing, kept)
    taken = f"; {' and '.join(missing)} taken from the training subjects" if missing else ""
    return kept, f"as published{taken}"


def _take(
    source: Path, subjects: Sequence[str], shares: Mapping[str, float], others: Mapping[str, str]
) -> dict[str, str]:
    """Give each share of the subjects, at least one, to its set and the rest to training."""
    if len(subjects) <= len(shares):
        raise BadInputError(
            source,
            f"{len(subjects)} subjects are too few for training and {', '.join(shares) or 'nothing else'} without "
            f"a common subject; give data of at least {len(shares) + 1} people or classes"
            + (" in the training part" if others else ""),
        )
    order = sorted(subjects, key=lambda subject: hashlib.sha256(subject.encode()).hexdigest())
    assigned: dict[str, str] = {}
    at = 0
    for one, share in shares.items():
        count = max(int(share * len(order)), 1)
        assigned |= dict.fromkeys(order[at : at + count], one)
        at += count
    return assigned | dict.fromkeys(order[at:], "train")


def _describe(rows: LabelledRows) -> dict[str, Any]:
    counts = Counter(rows.level.tolist())
    return {
        "rows": len(rows),
        "subjects": len(np.unique(rows.group)),
        "levels": [counts[level] for level in range(LEVELS)],
    }


def number_subjects(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the distinct names, sorted, and the index of each given name among them."""
    distinct, index = np.unique(np.array(names, dtype=np.str_), return_inverse=True)
    return tuple(distinct.tolist()), index.astype(np.int64)
