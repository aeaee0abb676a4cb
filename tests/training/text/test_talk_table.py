from __future__ import annotations

from pathlib import Path

import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.text.talk_table import read_talk
from tests.training.text.talk import COLUMNS, talk_rows, write_talk

NAMES = {"text": "student_text", "label": "student_on_task"}


def test_shares_above_one_half_are_on_task(tmp_path: Path):
    table = read_talk(write_talk(tmp_path / "a.csv", talk_rows(2)), **NAMES, group="obs_id", context="teacher_text")
    assert table.on_task.tolist() == [True, False] * 6
    assert table.groups.tolist() == [0] * 6 + [1] * 6
    assert table.contexts is not None
    assert table.contexts[0] == "Very good, 0.0."
    assert len(table) == 12


def test_without_a_group_column_every_row_stands_alone(tmp_path: Path):
    table = read_talk(write_talk(tmp_path / "a.csv", talk_rows(2)), **NAMES)
    assert sorted(table.groups.tolist()) == list(range(12))
    assert table.columns() == (table.texts,)


def test_rows_without_a_label_are_left_out(tmp_path: Path):
    rows = [*talk_rows(1), ("L0", "Not rated.", "Hm.", "", "")]
    assert len(read_talk(write_talk(tmp_path / "a.csv", rows), **NAMES)) == 6


@pytest.mark.parametrize("label", ["2", "-1", "nan", "yes", "1;0;1"])
def test_labels_that_are_no_share_are_refused(tmp_path: Path, label: str):
    with pytest.raises(BadInputError, match="from 0 to 1"):
        read_talk(write_talk(tmp_path / "a.csv", [("L0", "Hi.", "Hm.", label, "3")]), **NAMES)


def test_files_and_columns_that_are_not_there_are_refused(tmp_path: Path):
    path = write_talk(tmp_path / "a.csv", talk_rows(1))
    with pytest.raises(BadInputError, match="'other'"):
        read_talk(path, text="other", label="student_on_task")
    with pytest.raises(BadInputError):
        read_talk(tmp_path / "none.csv", **NAMES)
    with pytest.raises(BadInputError, match="no row"):
        read_talk(write_talk(tmp_path / "b.csv", []), **NAMES)
    (tmp_path / "c.csv").write_bytes(b"student_text,student_on_task\n\xff\xfe,1\n")
    with pytest.raises(BadInputError, match="UTF-8"):
        read_talk(tmp_path / "c.csv", **NAMES)


def test_a_byte_order_mark_and_quoted_line_breaks_are_read(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text('student_text,student_on_task\r\n"two\nlines",1\r\n', encoding="utf-8-sig", newline="")
    assert read_talk(path, **NAMES).texts == ("two\nlines",)


def _hashes(folder: Path, *rows: tuple[str, ...], group: str | None = "obs_id", salt: str = "ab") -> set[int]:
    path = write_talk(folder / "h.csv", rows, COLUMNS)
    return set().union(*read_talk(path, **NAMES, group=group, salt=salt).hashes)


def test_a_row_is_known_again_by_long_words_by_its_lesson_and_by_its_reply(tmp_path: Path):
    long = "We added the two fractions and simplified them."
    seen = _hashes(
        tmp_path, ("L1", "Yes.", "And why would that be the same number?", "1", "3"), ("L1", long, "", "1", "3")
    )
    assert seen & _hashes(tmp_path, ("L9", f"  {long.upper()} ", "Hm.", "0", "2"), group=None)
    assert seen & _hashes(tmp_path, ("L1", "Yes.", "Hm.", "0", "2"))
    assert seen & _hashes(tmp_path, ("L9", "Yes.", "And why would that be the same number?", "0", "2"), group=None)


def test_short_words_that_any_lesson_may_hold_are_no_shared_row(tmp_path: Path):
    seen = _hashes(tmp_path, ("L1", "Yes.", "Okay.", "1", "3"))
    assert not seen & _hashes(tmp_path, ("L2", "Yes.", "Okay.", "1", "3"))


def test_hashes_depend_on_the_salt(tmp_path: Path):
    row = ("L1", "Yes.", "And why would that be the same number?", "1", "3")
    assert not _hashes(tmp_path, row) & _hashes(tmp_path, row, salt="cd")
