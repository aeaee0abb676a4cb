"""DAiSEE: 10 s clips of students at home, labelled 0 to 3 by crowd workers (Gupta et al. 2016, arXiv:1609.01885).

Layout as published: ``DataSet/{Train,Validation,Test}/SUBJECT/CLIP/CLIP.avi`` (some are ``.mp4``) and
``Labels/{Train,Validation,Test,All}Labels.csv`` with the columns ClipID, Boredom, Engagement, Confusion, Frustration.
Real copies differ: the last header ends in a space, ids stand with or without a suffix, a few listed clips do
not exist.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.clips import Clip, ClipList, index_clips
from classroom_analyzer.training.datasets.label_tables import LabelRow, read_labels

__all__ = ["AFFECT_STATES", "find_daisee", "list_daisee", "read_daisee"]

AFFECT_STATES = ("boredom", "engagement", "confusion", "frustration")
SPLIT_FOLDERS = {"train": "Train", "validation": "Validation", "test": "Test"}
LEVELS = 4
HOW_TO_GET = (
    "ask its authors for DAiSEE (https://people.iith.ac.in/vineethnb/resources/daisee/) and unpack it so that "
    "DataSet/Train/SUBJECT/CLIP/CLIP.avi and Labels/TrainLabels.csv lie in this folder"
)


def read_daisee(root: Path) -> tuple[Clip, ...]:
    """Return the clips that have a file and labels; see ``list_daisee``."""
    return list_daisee(root).clips


def find_daisee(root: Path) -> Path | None:
    """Return the folder with ``DataSet`` and ``Labels``: this one, ``DAiSEE`` in it, or that around ``DataSet``."""
    around: tuple[Path, ...] = (root.parent,) if root.name == "DataSet" else ()
    for folder in (root, root / "DAiSEE", *around):
        if (folder / "DataSet").is_dir() and (folder / "Labels").is_dir():
            return folder
    return None


def list_daisee(root: Path) -> ClipList:
    """List the clips of a copy of DAiSEE; nothing is decoded.

    The subject is the folder around the clip's own. The split is that of the label file; where only AllLabels.csv
    is there, that of the folder.

    Args:
        root: The unpacked data set.

    Raises:
        BadInputError: It is not DAiSEE, no listed clip is there, or a label is not a level 0 to 3.
    """
    base = find_daisee(root)
    if base is None:
        raise BadInputError(root, f"it is not DAiSEE; {HOW_TO_GET}")
    folders = {split: base / "DataSet" / name for split, name in SPLIT_FOLDERS.items()}
    files = index_clips(folder for folder in folders.values() if folder.is_dir())
    left_out: Counter[str] = Counter()
    clips: dict[str, Clip] = {}
    for split, row in _listed(base):
        name = Path(row.cells["clipid"]).stem
        path = _pick(files.get(name, []), folders[split] if split else None)
        if path is None:
            left_out["listed, but no file"] += 1
            continue
        if path.stem in clips:
            left_out["listed twice"] += 1
            continue
        in_folder = path.relative_to(base / "DataSet").parts[0]
        where = split or next(s for s, folder in SPLIT_FOLDERS.items() if folder == in_folder)
        clips[name] = Clip(path, _subject(path, base), where, _levels(row))
    if not clips:
        raise BadInputError(root, f"none of the clips that its label files list is there; {HOW_TO_GET}")
    order = sorted(clips.values(), key=lambda clip: (tuple(SPLIT_FOLDERS).index(clip.split), clip.path.name))
    return ClipList(tuple(order), dict(left_out))


def _listed(base: Path) -> list[tuple[str | None, LabelRow]]:
    """Lines of the label files with their split, None for AllLabels.csv, which is read only where no other is there."""
    needed = ("clipid", *AFFECT_STATES)
    listed: list[tuple[str | None, LabelRow]] = []
    for split, name in SPLIT_FOLDERS.items():
        path = base / "Labels" / f"{name}Labels.csv"
        if path.is_file():
            listed += [(split, row) for row in read_labels(path, needed)]
    everything = base / "Labels" / "AllLabels.csv"
    if not listed and everything.is_file():
        listed = [(None, row) for row in read_labels(everything, needed)]
    if not listed:
        raise BadInputError(base / "Labels", f"there is no TrainLabels.csv with labels in it; {HOW_TO_GET}")
    return listed


def _pick(paths: list[Path], folder: Path | None) -> Path | None:
    """The file of a clip, that of its own split first."""
    inside = [path for path in paths if folder is not None and folder in path.parents]
    return next(iter(inside or paths), None)


def _subject(path: Path, base: Path) -> str:
    """Folder around the clip's own; a clip that lies elsewhere is told by the first six digits of its id."""
    parts = path.relative_to(base / "DataSet").parts
    return parts[1] if len(parts) > 2 else path.stem[:6]


def _levels(row: LabelRow) -> dict[str, int]:
    levels = {}
    for state in AFFECT_STATES:
        cell = row.cells[state]
        if cell not in {"0", "1", "2", "3"}:
            raise BadInputError(row.path, f"line {row.line}: {state} is {cell!r}; a level 0 to {LEVELS - 1} is needed")
        levels[state] = int(cell)
    return levels
