from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.errors import LessonDamagedError, VaultLockedError
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import Gap, LessonReader
from tests.storage.lessons import CANARY, SEATS, make_meta


def test_a_lesson_reads_back_as_it_was_written(write_lesson, key_source: KeySource):
    reader = LessonReader.open(write_lesson(), key_source)
    assert reader.meta.grant == make_meta().grant
    assert reader.meta.title == "Physics"
    assert reader.meta.source == "physics"
    assert reader.summary()["duration_s"] == 5.0
    assert [(m.participant, m.text) for m in reader.messages()] == [
        ("P01", f"is it {CANARY}?"),
        ("P02", "second author"),
    ]
    assert [(m.t_s, m.note) for m in reader.markers()] == [(3, f"note on {CANARY}")]
    assert reader.gaps() == [Gap("vision", 1.0, 2.5, "camera lost")]
    assert reader.counters() == {"frames_dropped": 4}
    seats = reader.seats()
    assert seats.columns == ["t_s", "seat", "name", "value", "low", "high", "quality", "status"]
    assert len(seats) == 5 * len(SEATS) * 8
    assert seats.filter(t_s=2, seat=1, name="facing_target")["value"].to_list() == [0.6]
    assert seats.filter(t_s=2, seat=1, name="movement")["value"].to_list() == [None]
    estimate = seats.filter(t_s=5, seat=3, name="engagement").row(0, named=True)
    assert (estimate["value"], estimate["low"], estimate["high"]) == (0.4, 0.2, 0.6)


@pytest.mark.parametrize("source", [None, KeySource("wrong", use_keyring=False)])
def test_private_parts_stay_locked_without_the_key(write_lesson, source: KeySource | None):
    reader = LessonReader.open(write_lesson(), source)
    assert len(reader.estimates()) == 5
    with pytest.raises(VaultLockedError):
        reader.seats()
    with pytest.raises(VaultLockedError):
        reader.messages()


def test_a_changed_file_of_seats_is_refused(write_lesson, key_source: KeySource):
    folder = write_lesson()
    path = folder / "seats.parquet.enc"
    whole = path.read_bytes()
    for changed in (whole[:-1], whole[:200] + bytes([whole[200] ^ 1]) + whole[201:], b"", b"x" * 100, whole[:12]):
        path.write_bytes(changed)
        with pytest.raises(LessonDamagedError):
            LessonReader.open(folder, key_source).seats()


@pytest.mark.parametrize("name", ["lesson.json", "summary.json", "estimates.parquet", "lesson.db"])
@pytest.mark.parametrize("damage", ["missing", "empty", "garbage"])
def test_a_damaged_folder_gives_one_sentence(write_lesson, key_source: KeySource, name: str, damage: str):
    folder: Path = write_lesson()
    if damage == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(b"" if damage == "empty" else b"\x00garbage" * 50)

    def read_all() -> None:
        reader = LessonReader.open(folder, key_source)
        reader.summary(), reader.estimates(), reader.messages(), reader.audit_head()

    with pytest.raises(LessonDamagedError) as caught:
        read_all()
    assert "\n" not in str(caught.value)


def test_a_later_format_is_refused_by_name(write_lesson):
    folder = write_lesson()
    document = json.loads((folder / "lesson.json").read_text())
    document["format_version"], document["software"] = 2, "3.1.0"
    (folder / "lesson.json").write_text(json.dumps(document))
    with pytest.raises(LessonDamagedError, match=r"lesson format 2.*3\.1\.0"):
        LessonReader.open(folder)


def test_an_export_never_takes_the_place_of_another(write_lesson):
    reader = LessonReader.open(write_lesson())
    assert [reader.next_export_dir().name for _ in range(3)] == ["000", "001", "002"]
    shutil.rmtree(reader.folder / "exports" / "001")
    assert reader.next_export_dir().name == "003"


def test_reading_leaves_the_folder_as_it_was(write_lesson, key_source: KeySource):
    folder = write_lesson()
    before = {p: p.read_bytes() for p in folder.iterdir()}
    reader = LessonReader.open(folder, key_source)
    reader.seats(), reader.messages(), reader.markers(), reader.audit_head()
    assert {p: p.read_bytes() for p in folder.iterdir()} == before


def test_under_observe_there_are_no_seats_to_read(write_lesson, key_source: KeySource):
    reader = LessonReader.open(write_lesson(Policy.OBSERVE), key_source)
    assert reader.seats().is_empty()
    assert reader.messages() == []
