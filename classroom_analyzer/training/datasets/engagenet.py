"""EngageNet: 10 s clips of adults at a screen, labelled by three annotators (Singh et al. 2023, arXiv:2302.00431).

Layout as handed out: folders ``Train``, ``Validation``, ``Test`` of ``subject_NUMBER_..._vid_V_C.mp4`` and beside them
``train_engagement_labels.xlsx``, ``validation_engagement_labels.xlsx``, ``test_engagement_labels.csv`` with the columns
chunk and label. Tables saved as CSV, tables in a folder ``labels`` and other capitals are read too.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.clips import SPLITS, Clip, ClipList, index_clips
from classroom_analyzer.training.datasets.label_tables import read_labels

__all__ = ["label_tables_of", "list_engagenet"]

LEVEL_OF = {"not engaged": 0, "barely engaged": 1, "engaged": 2, "highly engaged": 3}
NOT_PRESENT = ("snp", "subject not present")
SUBJECT = re.compile(r"subject_([^_]+)_", re.IGNORECASE)
TABLE_SUFFIXES = (".csv", ".xlsx")  # what somebody saved as CSV comes before the workbook it was made from
HOW_TO_GET = (
    "ask its authors for EngageNet (https://github.com/engagenet/engagenet_baselines) and unpack it so that "
    "Train/subject_N_..._vid_V_C.mp4 and train_engagement_labels.xlsx lie in this folder"
)


def list_engagenet(root: Path) -> ClipList:
    """List the clips of a copy of EngageNet; nothing is decoded. Clips in which nobody sits are left out.

    Args:
        root: The unpacked data set.

    Raises:
        BadInputError: It is not EngageNet, no listed clip is there, or a label is none of the published.
    """
    tables = label_tables_of(root)
    if not tables:
        raise BadInputError(root, f"it is not EngageNet; {HOW_TO_GET}")
    files = index_clips([root])
    left_out: Counter[str] = Counter()
    clips: dict[str, Clip] = {}
    for split, table in tables.items():
        for row in read_labels(table, ("chunk", "label")):
            name = Path(row.cells["chunk"]).stem
            label = re.sub(r"[\s_-]+", " ", row.cells["label"].lower())
            subject = SUBJECT.match(name)
            if label.startswith(NOT_PRESENT):
                left_out["subject not present"] += 1
            elif label not in LEVEL_OF:
                raise BadInputError(table, f"line {row.line}: {row.cells['label']!r} is none of EngageNet's labels")
            elif subject is None:
                raise BadInputError(table, f"line {row.line}: {name!r} does not begin with subject_NUMBER_")
            elif name in clips:
                left_out["listed twice"] += 1
            elif not (paths := _in_split(files.get(name, []), split, root)):
                left_out["listed, but no file"] += 1
            else:
                clips[name] = Clip(paths[0], subject[1], split, {"engagement": LEVEL_OF[label]})
    if not clips:
        raise BadInputError(root, f"none of the clips that its label files list is there; {HOW_TO_GET}")
    return ClipList(tuple(clips.values()), dict(left_out))


def label_tables_of(root: Path) -> dict[str, Path]:
    """Return the label table of each published part that is there, by split."""
    tables: dict[str, Path] = {}
    for folder in (root, root / "labels", root / "Labels"):
        for suffix in TABLE_SUFFIXES:
            for path in sorted(folder.glob(f"*{suffix}")) if folder.is_dir() else ():
                split = _split_of(path.stem)
                if split is not None and "engagement_labels" in path.stem.lower():
                    tables.setdefault(split, path)
    return {split: tables[split] for split in SPLITS if split in tables}


def _split_of(name: str) -> str | None:
    """``Train``, ``training``, ``val_engagement_labels`` ...: what a name begins with."""
    return next((split for split in SPLITS if name.lower().startswith(split[:3])), None)


def _in_split(paths: list[Path], split: str, root: Path) -> list[Path]:
    """The files of a clip, those in a folder of its split first."""
    inside = [p for p in paths if any(_split_of(part) == split for part in p.relative_to(root).parts[:-1])]
    return inside or paths
