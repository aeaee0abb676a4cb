"""Short labelled recordings of one person each, as DAiSEE and EngageNet publish them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CLIP_SUFFIXES", "SPLITS", "Clip", "ClipList", "index_clips"]

SPLITS = ("train", "validation", "test")
"""Names of the published parts, whatever the folders of a data set are called."""
CLIP_SUFFIXES = frozenset({".avi", ".mp4", ".mov", ".mkv", ".webm"})


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled recording.

    Attributes:
        path: The file; it was there when the list was read.
        subject: Who is seen, in the data set's own numbering.
        split: One of ``SPLITS``, as published.
        labels: Levels 0 (least) to 3 (most) by name, in small letters: ``engagement`` always, others where the data set
            has them.
    """

    path: Path
    subject: str
    split: str
    labels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClipList:
    """What a folder of clips holds.

    Attributes:
        clips: Those that can be used, split by split, in the order of their file names.
        left_out: How many lines of the label files were left out, by reason.
    """

    clips: tuple[Clip, ...]
    left_out: Mapping[str, int]


def index_clips(folders: Iterable[Path]) -> dict[str, list[Path]]:
    """Find all recordings in folders and what is in them, by name without suffix, each list in path order."""
    found: dict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in CLIP_SUFFIXES and path.is_file():
                found[path.stem].append(path)
    return dict(found)
