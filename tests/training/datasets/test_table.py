from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.table import read_table

HEADER = "group,t_s,level,vision.facing,vision.down,audio.speech"


def write(path: Path, lines: list[str], header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "features.csv"


def test_every_line_is_a_window_of_one_step_and_an_empty_cell_was_not_measured(file: Path) -> None:
    data = read_table(write(file, [f"c{i},{10 * i},{i % 4},0.5,,{'0.2' if i else ''}" for i in range(8)]))
    assert data.windows[Modality.VISION].names == ("facing", "down")
    rows = next(r for r in data.sets.values() if (r.time_s == 0).any())
    first = rows.take(rows.time_s == 0)
    assert first.batch.values[Modality.VISION].shape == (1, 1, 2)
    assert np.isnan(first.batch.values[Modality.VISION][0, 0]).tolist() == [False, True]
    assert first.batch.presence.tolist() == [[True, False, False]]
    assert not first.batch.valid[Modality.TEXT].any()


def test_lines_of_one_row_are_the_steps_of_one_window_and_a_short_one_begins_without_evidence(file: Path) -> None:
    lines = [f"r{i},c{i},30,2,{step / 10}" for i in range(5) for step in range(3 if i else 2)]
    data = read_table(write(file, lines, "row,group,t_s,level,vision.facing"))
    every = np.concatenate([rows.batch.valid[Modality.VISION] for rows in data.sets.values()])
    assert sorted(every.sum(axis=1).tolist()) == [2, 3, 3, 3, 3]
    short = every[every.sum(axis=1) == 2][0]
    assert short.tolist() == [False, True, True]


def test_engagement_and_level_make_up_for_each_other(file: Path) -> None:
    lines = ["a,1,3,,0", "b,2,,0.4,0", "c,3,1,0.2,0", "d,4,0,,0"]
    data = read_table(write(file, lines, "group,t_s,level,engagement,text.rate"))
    found = {
        int(t): (float(e), int(v))
        for rows in data.sets.values()
        for t, e, v in zip(rows.time_s, rows.engagement, rows.level, strict=True)
    }
    assert found == {1: (1.0, 3), 2: (0.4, 1), 3: (0.2, 1), 4: (0.0, 0)}


def test_splits_and_phases_are_kept(file: Path) -> None:
    sets = ("train", "validation", "calibration", "test")
    lines = [f"c{i},1,2,{split},lecture,0.5" for i, split in enumerate(sets)]
    data = read_table(write(file, lines, "group,t_s,level,split,phase,vision.facing"))
    assert {name: data.subjects[int(rows.group[0])] for name, rows in data.sets.items()} == {
        name: f"c{i}" for i, name in enumerate(sets)
    }
    assert data.train.batch.phase.tolist() == [PHASES.index(Phase.LECTURE)]
    assert data.card["split"] == "as published"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("c9,1,4,0,0,0", "line 6: level is '4'"),
        ("c9,1,1.5,0,0,0", "line 6: level is 1.5"),
        ("c9,1,,0,0,0", "line 6: neither level nor engagement"),
        ("c9,1,2,high,0,0", "line 6: vision.facing is 'high'"),
        ("c9,1,2,inf,0,0", "line 6: vision.facing is 'inf'"),
        ("c9,,2,0,0,0", "line 6: t_s is empty"),
        (",1,2,0,0,0", "line 6: group is empty"),
        ("c9,1,2", "line 6 has 3 cells, not 6"),
    ],
)
def test_a_line_that_does_not_fit_is_named(file: Path, line: str, complaint: str) -> None:
    with pytest.raises(BadInputError, match=complaint):
        read_table(write(file, [*(f"c{i},1,2,0,0,0" for i in range(4)), line]))


@pytest.mark.parametrize(
    ("header", "lines", "complaint"),
    [
        ("name,level", ["a,1"], "its first line must name group, t_s"),
        ("group,t_s,level", ["a,1,1"], "columns such as vision.NAME"),
        ("group,t_s,vision.x", ["a,1,1"], "level or engagement"),
        ("group,t_s,level,vision.x,smell.y", ["a,1,1,1,1"], "its first line names 'smell.y'"),
        ("group,t_s,level,vision.x", [], "the table has no lines"),
        ("row,group,t_s,level,vision.x", ["r,a,1,1,1", "r,b,1,1,1"], "line 3: group differs"),
        ("row,group,t_s,level,vision.x", ["r,a,1,1,1", "q,b,1,1,1", "r,a,1,1,1"], "line 4: row 'r' stood further up"),
        ("group,t_s,level,split,vision.x", ["a,1,1,train,1", "b,1,1,,1"], "line 3: split is ''"),
        ("group,t_s,level,phase,vision.x", ["a,1,1,lunch,1"], "line 2: phase is 'lunch'"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(file: Path, header: str, lines: list[str], complaint: str) -> None:
    with pytest.raises(BadInputError, match=complaint):
        read_table(write(file, lines, header))


def test_other_bytes_than_text_are_refused(file: Path) -> None:
    file.write_bytes(b"group,t_s,level,vision.x\n\xff\xfe\x00")
    with pytest.raises(BadInputError, match="cannot be read as a CSV table"):
        read_table(file)
