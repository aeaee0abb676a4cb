from __future__ import annotations

import sqlite3

import pytest

from classroom_analyzer.domain.seat_edits import ExcludeSeat, MergeSeats, SplitSeat
from classroom_analyzer.errors import LessonDamagedError, UsageError
from classroom_analyzer.storage.lesson_meta import LessonStatus
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.seat_edits import add_edit, edited_seats, read_edits, undo_last_edit


def test_a_lesson_from_before_there_were_edits_has_none(write_lesson):
    folder = write_lesson()
    before = (folder / "lesson.db").read_bytes()
    assert read_edits(folder) == ()
    assert (folder / "lesson.db").read_bytes() == before


def test_edits_are_kept_in_order_and_the_newest_is_undone_first(write_lesson):
    folder = write_lesson()
    edits = (MergeSeats(1, 2), SplitSeat(3, 2, 4), ExcludeSeat(4))
    for edit in edits:
        add_edit(folder, edit)
    assert read_edits(folder) == edits
    assert undo_last_edit(folder) == edits[2]
    assert undo_last_edit(folder) == edits[1]
    assert read_edits(folder) == edits[:1]
    add_edit(folder, SplitSeat(3, 1, 4))
    assert read_edits(folder) == (edits[0], SplitSeat(3, 1, 4))


def test_what_was_undone_stays_on_record(write_lesson):
    folder = write_lesson()
    before = LessonReader.open(folder).audit_head().count
    add_edit(folder, ExcludeSeat(1))
    undo_last_edit(folder)
    with sqlite3.connect(folder / "lesson.db") as connection:
        rows = connection.execute("SELECT edit, undone_wall FROM seat_edits").fetchall()
    connection.close()
    assert len(rows) == 1
    assert rows[0][1] is not None
    assert LessonReader.open(folder).audit_head().count == before + 2


def test_nonsense_leaves_the_lesson_as_it_was(write_lesson):
    folder = write_lesson()
    before = LessonReader.open(folder).audit_head()
    with pytest.raises(UsageError, match="no seat 9"):
        add_edit(folder, MergeSeats(9, 1))
    with pytest.raises(UsageError, match="no change"):
        undo_last_edit(folder)
    assert read_edits(folder) == ()
    assert LessonReader.open(folder).audit_head() == before


def test_the_kept_seats_own_row_wins_where_both_have_one(write_lesson, key_source):
    folder = write_lesson()
    measured = LessonReader.open(folder, key_source).seats()
    shown = edited_seats(measured, [MergeSeats(2, 1)])
    assert set(shown["seat"]) == {2, 3}
    assert len(shown) == len(measured) * 2 // 3
    assert shown.filter(t_s=2, seat=2, name="facing_target")["value"].to_list() == [0.7]


def test_a_merged_seats_row_fills_a_second_the_kept_one_lacks(write_lesson, key_source):
    import polars as pl

    measured = LessonReader.open(write_lesson(), key_source).seats()
    without = measured.filter(~((pl.col("seat") == 2) & (pl.col("t_s") == 2)))
    shown = edited_seats(without, [MergeSeats(2, 1)])
    assert shown.filter(t_s=2, seat=2, name="facing_target")["value"].to_list() == [0.6]
    assert shown.filter(t_s=3, seat=2, name="facing_target")["value"].to_list() == [0.7]


def test_the_measured_rows_are_untouched(write_lesson, key_source):
    folder = write_lesson()
    before = LessonReader.open(folder, key_source).seats()
    add_edit(folder, SplitSeat(1, 2, 4))
    add_edit(folder, ExcludeSeat(2))
    measured = LessonReader.open(folder, key_source).seats()
    assert measured.equals(before)
    shown = edited_seats(measured, read_edits(folder))
    assert set(shown.filter(t_s=2)["seat"]) == {1, 3}
    assert set(shown.filter(t_s=3)["seat"]) == {3, 4}
    assert measured.equals(before)


def test_a_lesson_that_is_being_recorded_is_not_edited(write_lesson, monkeypatch):
    folder = write_lesson()
    text = (folder / "lesson.json").read_text()
    (folder / "lesson.json").write_text(text.replace(f'"{LessonStatus.COMPLETE}"', '"recording"'))
    with pytest.raises(LessonDamagedError, match="closed"):
        add_edit(folder, ExcludeSeat(1))


def test_a_damaged_edit_is_said(write_lesson):
    folder = write_lesson()
    add_edit(folder, ExcludeSeat(1))
    with sqlite3.connect(folder / "lesson.db") as connection:
        connection.execute('UPDATE seat_edits SET edit = \'{"kind": "paint"}\'')
    connection.close()
    with pytest.raises(LessonDamagedError, match="change of seats"):
        read_edits(folder)
