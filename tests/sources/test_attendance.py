"""Golden files and hostile ones: how many people, how long, who held the call, and no name behind the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.sources.attendance.cells import DateOrder, date_order, duration_minutes, moment
from classroom_analyzer.sources.attendance.read import read_attendance

FORMATS = Path(__file__).parents[1] / "data" / "formats"


def people_of(name: str):
    found = read_attendance(FORMATS / name)
    assert found.problems == ()
    return found, [(round(p.minutes, 2), p.organiser) for p in found.people]


def test_teams_report_in_utf_16_leaves_block_3_and_the_organiser_out_of_the_class():
    found, people = people_of("teams_attendance.csv")
    assert found.shape == "teams attendance"
    assert people == [
        (67.0, True),
        (61.92, False),
        (30.5, False),
        (0.83, False),
    ]
    assert (found.class_size, found.organisers, found.median_minutes) == (3, 1, 30.5)
    assert "not known" in found.date_rule  # 2/7/26 is two different days


def test_teams_report_with_other_headers_and_dots_in_its_dates_takes_stays_from_its_times():
    found, people = people_of("teams_attendance_day_first.csv")
    assert people == [(67.0, True), (62.5, False)]
    assert "day first" in found.date_rule


def test_zoom_participants_know_the_host_by_the_meeting_row():
    found, people = people_of("zoom_participants.csv")
    assert found.shape == "zoom participants"
    assert people == [(75.0, True), (74.0, False), (31.0, False)]
    assert found.class_size == 2
    assert found.date_rule == "the file has no dates"


def test_several_stays_are_added_up_by_email_else_by_name():
    found, people = people_of("zoom_participants_long.csv")
    assert people == [(75.0, True), (30.0, False), (12.0, False)]
    assert "month first" in found.date_rule


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        (["Ana,,10", "Ana,ana@x,20"], [30.0]),
        (["Ana,ana@x,20", "Ana,,10"], [30.0]),
        (["Ana,,10", "Ana,ana@x,20", "Ana,other@x,5", "Ana,ana@x,1", "Ana,,2"], [33.0, 5.0]),
        (["Ana,ana@x,20", "Ana S,ana@x,1", "Ana S,,4"], [25.0]),
        (["Ana,ana@x,20", "Ana,other@x,5"], [20.0, 5.0]),
    ],
)
def test_a_row_without_email_is_a_person_of_that_name_in_any_order(tmp_path, rows, minutes):
    path = tmp_path / "participants.csv"
    path.write_text("\n".join(["Name,Email,Duration", *rows]))
    assert [p.minutes for p in read_attendance(path).people] == minutes


def test_nothing_of_a_name_is_left(tmp_path):
    path = tmp_path / "participants.csv"
    path.write_text("Name,Email,Duration\nAna,ana@x,5\nBo,,soon\n")
    said = repr(read_attendance(path))
    assert not any(word in said for word in ("Ana", "ana", "Bo", "P01"))


def test_a_row_that_cannot_be_read_is_kept_with_its_line(tmp_path):
    path = tmp_path / "participants.csv"
    path.write_text("Name,Duration\nAna,5\n,7\nBo,soon\n")
    found = read_attendance(path)
    assert [(p.line_number, p.reason) for p in found.problems] == [
        (3, "a row without a name"),
        (4, "how long this person stayed cannot be read"),
    ]
    assert [p.minutes for p in found.people] == [5.0, None]


@pytest.mark.parametrize(
    "content", ["", "t_s,name,text\n1,Ana,hi\n", "Name,Duration\n", "1. Summary\n2. Participants\n"]
)
def test_a_file_without_people_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_text(content)
    with pytest.raises(BadInputError):
        read_attendance(path)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h 2m 10s", 62 + 10 / 60),
        ("50s", 50 / 60),
        ("2 hr 5 min", 125),
        ("1:02:30", 62.5),
        ("75", 75),
        ("12,5", 12.5),
        ("", None),
        ("soon", None),
        ("1h and more", None),
        ("999999999", None),
    ],
)
def test_durations(text, minutes):
    assert duration_minutes(text) == (None if minutes is None else pytest.approx(minutes))


def test_one_date_settles_the_order_of_all():
    assert date_order(["2/7/26, 10:00", "1/2/26"]) is None
    assert date_order(["2/7/26", "13/7/26"]) is DateOrder.DAY
    assert date_order(["2/7/26", "2/17/26"]) is DateOrder.MONTH
    assert date_order(["2026-07-02T10:00:00"]) is DateOrder.YEAR
    assert date_order(["13/13/26"]) is None
    assert moment("2/7/26, 12:05:09 AM", DateOrder.DAY).isoformat() == "2026-07-02T00:05:09"
    assert moment("2/7/26, 12:05 p.m.", DateOrder.MONTH).isoformat() == "2026-02-07T12:05:00"
    assert moment("31/2/26", DateOrder.DAY) is None


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.one_of(
            st.sampled_from(
                ["1. Summary", "2. Participants", "Name\tDuration", "Name,Email,Duration", "Ana\t5", 'a,"b']
            ),
            st.text(max_size=30),
        ),
        max_size=10,
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_no_text_raises_anything_but_bad_input(tmp_path, lines, encoding):
    path = tmp_path / "attendance"
    path.write_bytes("\r\n".join(lines).encode(encoding, "replace"))
    try:
        found = read_attendance(path)
    except BadInputError:
        return
    assert 0 <= found.class_size <= len(found.people) <= len(lines)
