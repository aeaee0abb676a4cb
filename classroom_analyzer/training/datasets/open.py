"""Opens any data set by its spec: what comes before the colon says which adapter reads what comes after it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.progress import CancelToken, Progress, silent
from classroom_analyzer.errors import BadInputError, UsageError
from classroom_analyzer.training.datasets.aligned import read_aligned
from classroom_analyzer.training.datasets.clips import ClipList
from classroom_analyzer.training.datasets.daisee import find_daisee, list_daisee
from classroom_analyzer.training.datasets.data_set import DataSet, make_data_set
from classroom_analyzer.training.datasets.engagenet import label_tables_of, list_engagenet
from classroom_analyzer.training.datasets.lessons import lesson_folders, read_lessons
from classroom_analyzer.training.datasets.table import is_feature_header, read_table

__all__ = ["SPECS", "open_data_set"]

SPECS = ("simulated", "daisee:DIR", "engagenet:DIR", "aligned:FILE", "lessons:DIR", "csv:FILE")
SIMULATED_CLASSES = 100  # per training world; the default bundle has more
CLIP_CARDS: dict[str, tuple[Callable[[Path], ClipList], dict[str, str]]] = {
    "daisee": (
        list_daisee,
        {
            "source": "DAiSEE, arXiv:1609.01885",
            "terms": "for research, as its authors give it out",
            "target": "crowd ratings of one person's engagement at a screen, 0 to 3",
        },
    ),
    "engagenet": (
        list_engagenet,
        {
            "source": "EngageNet, arXiv:2302.00431",
            "terms": "for research, as its authors give it out",
            "target": "ratings by three annotators of one person's engagement at a screen, 0 to 3",
        },
    ),
}


def open_data_set(
    spec: str,
    home: Path,
    *,
    seed: int = 0,
    classes: int = SIMULATED_CLASSES,
    progress: Progress = silent,
    cancel: CancelToken | None = None,
) -> DataSet:
    """Read a data set into four sets without a common subject.

    Args:
        spec: One of ``SPECS``, or a path, whose adapter is found by what lies there.
        home: Folder of all state: what is measured in clips is kept in it.
        seed: Of simulated lessons; nothing else is drawn.
        classes: Simulated training classes per world.
        progress: Reports clips, or simulated sets.
        cancel: Stops long jobs.

    Raises:
        UsageError: The spec has no known form.
        BadInputError: What lies there cannot be used; the message says what to get and how to lay it out.
        StoppedByUserError: A stop was asked for.
    """
    stop = cancel or CancelToken()
    kind, _, rest = spec.partition(":")
    if spec == "simulated":
        return _simulated(seed, classes, progress, stop)
    if spec and kind not in {one.partition(":")[0] for one in SPECS if ":" in one}:
        kind, rest = _recognise(Path(spec).expanduser(), spec), spec
    if not rest:
        raise UsageError(f"{spec!r} names no place; data sets are named {', '.join(SPECS)}")
    path = Path(rest).expanduser()
    if kind in CLIP_CARDS:
        return _clips(kind, path, home, progress, stop)
    readers = {"aligned": read_aligned, "lessons": read_lessons, "csv": read_table}
    return readers[kind](path)


def _recognise(path: Path, spec: str) -> str:
    """The adapter of a bare path."""
    if path.is_dir():
        found = {
            "daisee": find_daisee(path) is not None,
            "engagenet": bool(label_tables_of(path)),
            "lessons": bool(lesson_folders(path)),
        }
        kind = next((kind for kind, fits in found.items() if fits), None)
        if kind is None:
            raise BadInputError(path, "it is no data set that is known: DAiSEE, EngageNet or a folder of lessons")
        return kind
    if path.is_file():
        return "csv" if _is_table(path) else "aligned"
    if ":" in spec or not path.name:
        raise UsageError(f"{spec!r} is not a data set; data sets are named {', '.join(SPECS)}")
    raise BadInputError(path, f"it is not there; data sets are named {', '.join(SPECS)}")


def _is_table(path: Path) -> bool:
    if path.suffix.lower() == ".csv":
        return True
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return is_feature_header(next(csv.reader(stream), []))
    except (OSError, UnicodeDecodeError, csv.Error):
        return False


def _clips(kind: str, root: Path, home: Path, progress: Progress, cancel: CancelToken) -> DataSet:
    from classroom_analyzer.training.datasets.clip_features import ClipReader, gather_clips

    list_clips, card = CLIP_CARDS[kind]
    listed = list_clips(root)
    gathered, left_out = gather_clips(root, listed, ClipReader.in_home(home), progress, cancel)
    described = {**card, "windows": "measured by this program", "left_out": left_out}
    return make_data_set(kind, root, WINDOWS, gathered, described)


def _simulated(seed: int, classes: int, progress: Progress, cancel: CancelToken) -> DataSet:
    from classroom_analyzer.training.labelled_rows import join_labelled
    from classroom_analyzer.training.simulator.sets import simulate_sets

    data = simulate_sets(classes, seed, progress=progress, cancel=cancel)
    sets = (join_labelled(data.train), join_labelled(data.validation), data.calibration, data.test)
    groups = sorted({int(group) for rows in sets for group in rows.group})
    card = {
        "name": "simulated",
        "source": "the lesson simulator of this program, docs/simulator.md",
        "terms": "none: nobody is in it",
        "target": "the simulated student's engagement over ten seconds; NOT a claim about real classes",
        "split": "by class",
        "seed": seed,
        "classes_per_world": classes,
    }
    return DataSet("simulated", WINDOWS, *sets, subjects={group: f"class {group}" for group in groups}, card=card)
