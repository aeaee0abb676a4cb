"""Lessons recorded and labelled with this program: one row per blind label of the whole class.

What is rebuilt, and what differs from what the engine feeds to fusion. The stored class rows are means over the window
that ends at their second (10 s of picture, 30 s of sound, 120 s of chat) and, for the picture, over the seats. So:

- every step of a window holds the mean of that window: its level is right, its course is not known;
- the picture is that of the class (``face_presence``, ``facing_target``, ``movement`` are means over seats, and
  ``class_facing`` is the same figure), not that of one seat;
- ``pitch_down``, ``class_pitch_down``, ``loudness_rel`` and ``mean_words`` are in no class row and stay NaN;
- a figure that the lesson does not have is NaN, and a modality without any figure is invalid.

Labels given while the line could be seen, and labels of single seats, are left out and counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.labels import MAX_LEVEL, Label
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.storage.lesson_meta import META_NAME
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.training.datasets.data_set import DataSet, Gathered, make_data_set, number_subjects
from classroom_analyzer.training.datasets.windows import Sequences, absent, batch_of
from classroom_analyzer.training.labelled_rows import LabelledRows

if TYPE_CHECKING:
    import polars as pl

__all__ = ["lesson_folders", "read_lessons"]

HOW_TO_GET = "label lessons with: classroom-analyzer label LESSON --at HH:MM:SS --with-me (or --lost, --level)"
CARD = {
    "source": "labelled lessons of this program",
    "terms": "the user's own recordings; people in them may object",
    "target": "labels of teachers and observers: with me counts as level 3, lost as level 0",
    "windows": "class level, rebuilt from means of whole windows: their course within a window is not known",
}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A class row: value, its quality and how many people or samples it rests on."""

    value: float
    quality: float
    n: float


@dataclass(frozen=True, slots=True)
class _Row:
    """One label with the figures of its second."""

    group: str
    label: Label
    figures: Mapping[str, _Figure]
    phase: Phase
    class_size: int | None


def lesson_folders(root: Path) -> tuple[Path, ...]:
    """Return the lesson folders in a folder, or the folder itself when it is one."""
    if (root / META_NAME).is_file():
        return (root,)
    return tuple(sorted(path.parent for path in root.glob(f"*/{META_NAME}")))


def read_lessons(root: Path) -> DataSet:
    """Read all labelled lessons of a folder; sets share no class, nor a lesson where the class is not known.

    Args:
        root: Folder of ``NAME.lesson`` folders.

    Raises:
        BadInputError: There is no lesson, no blind label of a class, or too few classes or lessons.
        LessonDamagedError: A lesson cannot be read.
    """
    folders = lesson_folders(root)
    if not folders:
        raise BadInputError(root, "there is no lesson in it; give the folder in which NAME.lesson folders lie")
    left_out: Counter[str] = Counter()
    rows = [row for folder in folders for row in _rows(folder, left_out)]
    if not rows:
        counted = "".join(f"; {n} left out: {reason}" for reason, n in left_out.items())
        raise BadInputError(root, f"no lesson in it has a blind label of the whole class{counted}; {HOW_TO_GET}")
    subjects, group = number_subjects([row.group for row in rows])
    score = np.array([row.label.score for row in rows], np.float64)
    labelled = LabelledRows(
        batch=batch_of(
            len(rows),
            WINDOWS,
            {m: _sequences(m, rows) for m in MODALITIES},
            np.array([PHASES.index(row.phase) for row in rows], np.int64),
        ),
        engagement=score,
        level=np.rint(score * MAX_LEVEL).astype(np.int64),
        group=group,
        time_s=np.array([row.label.t_s for row in rows], np.int64),
    )
    card = {**CARD, "lessons": len(folders), "left_out": dict(left_out)}
    return make_data_set("lessons", root, WINDOWS, Gathered(labelled, subjects, None), card)


def _rows(folder: Path, left_out: Counter[str]) -> list[_Row]:
    reader = LessonReader.open(folder)
    labels = reader.labels()
    if not labels:
        return []
    expected = reader.summary().get("seats", {}).get("expected")
    figures, phases = _figures(reader.indicators()), _phases(reader.estimates())
    rows = []
    for label in labels:
        measured = figures.get(label.t_s)
        if label.seat is not None:
            left_out["of a single seat"] += 1
        elif not label.is_blind:
            left_out["given while the line could be seen"] += 1
        elif measured is None:
            left_out["at a time without any figure"] += 1
        else:
            phase = phases.get(label.t_s, Phase.UNKNOWN)
            rows.append(_Row(_group(reader), label, measured, phase, expected))
    return rows


def _group(reader: LessonReader) -> str:
    """The class, whose lessons stay together; a lesson of no named class stands alone."""
    name = reader.meta.class_name
    return f"lesson {reader.meta.id}" if name is None else f"class {name.casefold()}"


def _figures(table: pl.DataFrame) -> dict[int, dict[str, _Figure]]:
    """Figures with a value, by second and name."""
    found: dict[int, dict[str, _Figure]] = {}
    for t_s, name, value, _, quality, n in table.iter_rows():
        if value is not None and math.isfinite(value):
            found.setdefault(t_s, {})[name] = _Figure(value, quality or 0.0, math.nan if n is None else float(n))
    return found


def _phases(table: pl.DataFrame) -> dict[int, Phase]:
    known = {phase.value: phase for phase in PHASES}
    return {t_s: known.get(name, Phase.UNKNOWN) for t_s, name in table.select("t_s", "phase").iter_rows()}


def _sequences(modality: Modality, rows: list[_Row]) -> Sequences:
    spec = WINDOWS[modality]
    sequences = absent(len(rows), spec)
    for at, row in enumerate(rows):
        columns = _COLUMNS[modality](row)
        values = [columns.get(name, math.nan) for name in spec.names]
        qualities = [row.figures[name].quality for name in _SOURCES[modality] if name in row.figures]
        if qualities and not all(math.isnan(value) for value in values):
            sequences.values[at] = values
            sequences.valid[at] = True
            sequences.quality[at] = sum(qualities) / len(qualities)
    return sequences


def _vision(row: _Row) -> dict[str, float]:
    value = {name: figure.value for name, figure in row.figures.items()}
    facing = row.figures.get("facing_target")
    return {
        "face_presence": value.get("face_presence", math.nan),
        "facing_target": value.get("facing_target", math.nan),
        "movement": value.get("movement", math.nan),
        "class_facing": value.get("facing_target", math.nan),
        "class_seats": math.nan if facing is None else facing.n,
    }


def _audio(row: _Row) -> dict[str, float]:
    value = {name: figure.value for name, figure in row.figures.items()}
    speech = value.get("speech_share", math.nan)
    return {
        "speech_share": speech,
        "single_voice": value.get("sound_mode.single", math.nan),
        "multiple_voices": value.get("sound_mode.multiple", math.nan),
        "silence": 1 - speech,
    }


def _text(row: _Row) -> dict[str, float]:
    value = {name: figure.value for name, figure in row.figures.items()}
    authors = value.get("chat_rate.authors", math.nan)
    people = max(row.class_size or 0, 1 if math.isnan(authors) else authors, 1)
    return {
        "message_rate": value.get("chat_rate.messages", math.nan) / people,
        "question_rate": value.get("questions", math.nan) / 10 / people,  # stored per ten minutes
        "author_share": authors / people,
    }


_COLUMNS = {Modality.VISION: _vision, Modality.AUDIO: _audio, Modality.TEXT: _text}
_SOURCES = {
    Modality.VISION: ("facing_target", "movement"),
    Modality.AUDIO: ("speech_share",),
    Modality.TEXT: ("chat_rate.messages",),
}
