"""A plain CSV table of features made by anybody: one line per step of a window.

Columns: ``group`` (person or class), ``t_s`` (end of the window), ``level`` (0 to 3) or ``engagement`` (0 to 1) or
both, and any of ``vision.NAME``, ``audio.NAME``, ``text.NAME``. Optional: ``row`` (lines with the same value follow
each other and are the steps of one window, oldest first; without it every line is a window of one step), ``split``
(train, validation, calibration, test) and ``phase``. An empty cell is what was not measured.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from classroom_analyzer.domain.features import WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.data_set import SETS, DataSet, Gathered, make_data_set, number_subjects
from classroom_analyzer.training.datasets.windows import Sequences, absent, batch_of, plain_spec
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.simulator.classes import level_of

__all__ = ["is_feature_header", "read_table"]

FIXED = ("group", "t_s", "row", "split", "level", "engagement", "phase")
LEVELS = 4
MAX_STEPS = 10_000
MAX_T_S = 1e9
CARD = {
    "source": "a CSV table of the user's own",
    "terms": "the user's own",
    "target": "what the columns level and engagement say",
    "quality": "not in the table: 1 wherever a step has a value",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its number and cells by header."""

    path: Path
    number: int
    cells: Mapping[str, str]

    def wrong(self, what: str) -> BadInputError:
        return BadInputError(self.path, f"line {self.number}: {what}")

    def number_in(self, column: str, low: float = -math.inf, high: float = math.inf) -> float:
        """Value of a cell; NaN when it is empty."""
        text = self.cells.get(column, "")
        try:
            value = float(text) if text else math.nan
        except ValueError:
            value = math.inf
        if math.isinf(value) or not (math.isnan(value) or low <= value <= high):
            raise self.wrong(f"{column} is {text!r}, which is no number that fits")
        return value


def is_feature_header(header: Sequence[str]) -> bool:
    """Whether a first line is that of such a table."""
    names = {cell.strip() for cell in header}
    return {"group", "t_s"} <= names and any(_modality(name) is not None for name in names)


def read_table(path: Path) -> DataSet:
    """Read a table of features.

    Raises:
        BadInputError: It is no such table, or a line does not fit; the message names the line.
    """
    header, lines = _lines(path)
    columns = {m: tuple(name for name in header if _modality(name) is m) for m in MODALITIES}
    windows_of_lines = [list(lines) for _, lines in groupby(lines, key=lambda line: line.cells.get("row") or line)]
    steps = max(len(window) for window in windows_of_lines)
    if steps > MAX_STEPS:
        raise BadInputError(path, f"a window of {steps} steps is too long; the column row tells one from the next")
    _check_rows(windows_of_lines)
    windows = {m: _spec(m, steps, names) for m, names in columns.items()}
    rows = len(windows_of_lines)
    last = [window[-1] for window in windows_of_lines]
    labels = [_label(line) for line in last]
    subjects, group = number_subjects([line.cells["group"] for line in last])
    labelled = LabelledRows(
        batch=batch_of(
            rows,
            windows,
            {m: _sequences(windows_of_lines, windows[m], names) for m, names in columns.items() if names},
            np.array([_phase(line) for line in last], np.int64),
        ),
        engagement=np.array([engagement for engagement, _ in labels], np.float64),
        level=np.array([level for _, level in labels], np.int64),
        group=group,
        time_s=np.array([_time(line) for line in last], np.int64),
    )
    return make_data_set("csv", path, windows, Gathered(labelled, subjects, _splits(last)), CARD)


def _lines(path: Path) -> tuple[list[str], list[_Line]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream)
            header = [cell.strip() for cell in next(reader, [])]
            if not is_feature_header(header) or not {"level", "engagement"} & set(header):
                raise BadInputError(
                    path,
                    "its first line must name group, t_s, level or engagement, and columns such as vision.NAME; "
                    "docs/datasets.md describes the table",
                )
            unknown = [name for name in header if name not in FIXED and _modality(name) is None]
            if unknown or len(set(header)) < len(header):
                raise BadInputError(path, f"its first line names {unknown[0] if unknown else 'a column twice'!r}")
            lines = []
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    raise BadInputError(path, f"line {reader.line_num} has {len(cells)} cells, not {len(header)}")
                named = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
                lines.append(_Line(path, reader.line_num, named))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInputError(path, f"it cannot be read as a CSV table ({error})") from error
    if not lines:
        raise BadInputError(path, "the table has no lines")
    return header, lines


def _modality(name: str) -> Modality | None:
    kind, dot, rest = name.partition(".")
    return Modality(kind) if dot and rest and kind in {m.value for m in MODALITIES} else None


def _spec(modality: Modality, steps: int, names: tuple[str, ...]) -> WindowSpec:
    return plain_spec(modality, steps, tuple(name.partition(".")[2] for name in names))


def _check_rows(windows: list[list[_Line]]) -> None:
    """One window is one stretch of lines of one group with one label."""
    seen: set[str] = set()
    for window in windows:
        row = window[0].cells.get("row", "")
        if row and row in seen:
            raise window[0].wrong(f"row {row!r} stood further up already; the steps of a window follow each other")
        seen.add(row)
        for column in ("group", "t_s", "level", "engagement", "split", "phase"):
            other = next((line for line in window if line.cells.get(column) != window[0].cells.get(column)), None)
            if other is not None:
                raise other.wrong(f"{column} differs from that of the same row further up")
        if not window[0].cells["group"]:
            raise window[0].wrong("group is empty")


def _label(line: _Line) -> tuple[float, int]:
    """Engagement and level of a window; where one is not given, it is made from the other."""
    level, engagement = line.number_in("level", 0, LEVELS - 1), line.number_in("engagement", 0, 1)
    if math.isnan(level) and math.isnan(engagement):
        raise line.wrong("neither level nor engagement is given")
    if math.isnan(engagement):
        engagement = level / (LEVELS - 1)
    if math.isnan(level):
        level = float(level_of(np.array(engagement)))
    if level != int(level):
        raise line.wrong(f"level is {level:g}; a whole number from 0 to {LEVELS - 1} is needed")
    return engagement, int(level)


def _sequences(windows: list[list[_Line]], spec: WindowSpec, columns: Sequence[str]) -> Sequences:
    """Steps of each window; a shorter window begins with steps without evidence."""
    sequences = absent(len(windows), spec)
    for row, window in enumerate(windows):
        for step, line in enumerate(window, start=spec.steps - len(window)):
            sequences.values[row, step] = [line.number_in(column) for column in columns]
    sequences.valid[:] = np.isfinite(sequences.values).any(axis=2)
    sequences.quality[:] = sequences.valid
    return sequences


def _time(line: _Line) -> int:
    t_s = line.number_in("t_s", 0, MAX_T_S)
    if math.isnan(t_s):
        raise line.wrong("t_s is empty")
    return int(t_s)


def _phase(line: _Line) -> int:
    text = line.cells.get("phase", "") or Phase.UNKNOWN.value
    if text not in {phase.value for phase in PHASES}:
        raise line.wrong(f"phase is {text!r}; there are: {', '.join(PHASES)}")
    return PHASES.index(Phase(text))


def _splits(lines: list[_Line]) -> tuple[str, ...] | None:
    splits = [line.cells.get("split", "") for line in lines]
    if not any(splits):
        return None
    for line, split in zip(lines, splits, strict=True):
        if split not in SETS:
            raise line.wrong(f"split is {split!r}; there are: {', '.join(SETS)}, on all lines or none")
    return tuple(splits)
