"""The class size: given, else from the attendance file, and always said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.attendance import with_attendance
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.attendance import AttendanceImport, Attendee
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.settings.schema import Settings

FORMATS = Path(__file__).parents[1] / "data" / "formats"


def request(tmp_path: Path, class_size: int | None = None):
    wanted = demo_request(Settings(), tmp_path / "out")
    grant = PolicyGrant(Policy.OBSERVE, "command line")  # needs no encoder
    return replace(wanted, grant=grant, class_size=class_size, switched_on=frozenset({Modality.TEXT}))


def found(organisers: int = 1) -> AttendanceImport:
    people = tuple(Attendee(10.0 * n, n <= organisers) for n in range(1, 5))
    return AttendanceImport("teams attendance", people, (), "the file has no dates")


def test_the_file_gives_the_size_and_a_given_size_holds(tmp_path):
    sized, said = with_attendance(request(tmp_path), found())
    assert sized.class_size == 3
    assert said == (
        "class size 3 is taken from the attendance file: 4 people, 1 of them held the call and are left out; "
        "half of the class stayed 30 min or longer",
    )
    given, said = with_attendance(request(tmp_path, 20), found())
    assert given.class_size == 20
    assert "20 that was given holds" in said[0]


def test_a_file_with_nobody_but_the_organiser_gives_no_size(tmp_path):
    sized, said = with_attendance(request(tmp_path), found(organisers=4))
    assert sized.class_size is None
    assert "gives no class size" in said[0]


def test_an_analysed_lesson_has_the_size_and_no_name_of_the_file(short_lesson, own_home, tmp_path):
    recording = replace(short_lesson.recording, attendance=FORMATS / "teams_attendance.csv")
    summary = analyze(recording, request(tmp_path), own_home)
    assert summary.seats.expected == 3
    assert any("attendance file" in text for text in summary.warnings)
    assert not any("class size not given" in text for text in summary.warnings)
    for path in Path(summary.lesson).rglob("*"):
        assert not path.is_file() or b"Silva" not in path.read_bytes()


def test_a_file_that_is_none_is_refused_and_leaves_nothing(short_lesson, own_home, tmp_path):
    wrong = tmp_path / "people.txt"
    wrong.write_text("Ana and Bo\n")
    with pytest.raises(BadInputError, match="no attendance table"):
        analyze(replace(short_lesson.recording, attendance=wrong), request(tmp_path), own_home)
    assert not (tmp_path / "out").exists()
