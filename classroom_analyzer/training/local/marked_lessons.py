"""Reads the marks of stored lessons with what the program had said of the same half minutes.

A mark covers the 30 s before it, whatever its kind. Its predictors are means over the windows that end in those 30 s
and have an estimate; with fewer than 15 of them there is no prediction, and the mark is counted but not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import polars as pl

from classroom_analyzer.domain.labels import LABEL_SPAN_S, Label
from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.fusion.local_calibration import UNCALIBRATED
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.training.local.stored_index import class_index

__all__ = ["FUSION_ROLE", "MIN_WINDOWS", "Mark", "MarkedLesson", "read_marked_lesson"]

MIN_WINDOWS = 15  # half of what a mark covers
FUSION_ROLE = "fusion"

Line = dict[int, tuple[float, ...]]
"""Per second with an estimate: level, contributions of vision, sound and chat."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A blind mark of the class, with means over the half minute it covers.

    Attributes:
        label: What was said.
        estimate: Level that the bundle itself gave; None where it gave too little.
        contributions: Of vision, sound and chat to that level; a modality that was not used contributed 0.
        index: Additive index, from the class rows.
        shown: Level as the lesson's line has it, which is the calibrated one where a calibration was in force; None
            where it has too little.
    """

    label: Label
    estimate: float | None
    contributions: tuple[float, float, float]
    index: float
    shown: float | None


@dataclass(frozen=True, slots=True)
class MarkedLesson:
    """The marks of one lesson.

    Attributes:
        id: Of the lesson.
        class_name: Of its class, None where it has none.
        bundle_sha256: Of the fusion bundle; None under ``observe``.
        marks: Blind marks of the class.
        visible: Marks that do not count, because the line could be seen.
        of_seats: Blind marks of single seats, which are no marks of the class.
    """

    id: str
    class_name: str | None
    bundle_sha256: str | None
    marks: tuple[Mark, ...]
    visible: int
    of_seats: int

    @property
    def usable(self) -> tuple[Mark, ...]:
        """Marks with an estimate beside them."""
        return tuple(m for m in self.marks if m.estimate is not None)


def read_marked_lesson(folder: Path) -> MarkedLesson:
    """Read a closed lesson.

    Raises:
        LessonDamagedError: It cannot be read.
    """
    reader = LessonReader.open(folder)
    labels = reader.labels()
    blind = [label for label in labels if label.is_blind]
    of_class = [label for label in blind if label.seat is None]
    fusion = [m.sha256 for m in reader.meta.models if m.role == FUSION_ROLE]
    return MarkedLesson(
        id=reader.meta.id,
        class_name=reader.meta.class_name,
        bundle_sha256=fusion[0] if fusion else None,
        marks=_marks(reader, of_class) if of_class else (),
        visible=len(labels) - len(blind),
        of_seats=len(blind) - len(of_class),
    )


def _marks(reader: LessonReader, labels: Sequence[Label]) -> tuple[Mark, ...]:
    estimates, indicators = reader.estimates(), reader.indicators()
    summary = reader.summary()
    shown = _line(estimates.select("t_s", "engagement", *(f"w_{m}" for m in MODALITIES)).iter_rows())
    own = _uncalibrated(indicators)
    if own is None:
        own = shown
    phases = dict(estimates.select("t_s", "phase").iter_rows())
    index = class_index(
        indicators, phases, summary["seats"]["expected"], reads_chat=summary["coverage"]["text"] is not None
    )
    return tuple(_mark(label, own, shown, index) for label in labels)


def _mark(label: Label, own: Line, shown: Line, index: dict[int, float]) -> Mark:
    covered = range(max(label.t_s - LABEL_SPAN_S, 0) + 1, label.t_s + 1)
    said = _mean([own[t] for t in covered if t in own])
    seen = _mean([shown[t] for t in covered if t in shown])
    counted = [index[t] for t in covered if t in index]
    vision, audio, text = said[1:] if said is not None else (0.0, 0.0, 0.0)
    return Mark(
        label=label,
        estimate=said[0] if said is not None and counted else None,
        contributions=(vision, audio, text),
        index=fmean(counted) if counted else 0.0,
        shown=seen[0] if seen is not None else None,
    )


def _mean(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...] | None:
    if len(rows) < MIN_WINDOWS:
        return None
    return tuple(fmean(column) for column in zip(*rows, strict=True))


def _line(rows: Iterable[tuple[Any, ...]]) -> Line:
    return {t_s: (level, *(w or 0.0 for w in shares)) for t_s, level, *shares in rows if level is not None}


def _uncalibrated(indicators: pl.DataFrame) -> Line | None:
    """What the bundle itself said, where the lesson's line was calibrated or switched off; None elsewhere."""
    rows = indicators.filter(pl.col("name").is_in(UNCALIBRATED))
    if rows.is_empty():
        return None
    wide = rows.pivot("name", index="t_s", values="value")
    return _line(wide.select("t_s", *UNCALIBRATED).iter_rows())
