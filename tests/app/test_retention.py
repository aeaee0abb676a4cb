"""What is kept of lessons ends by itself, whatever the clock shows, and leaves a receipt."""

from __future__ import annotations

import dataclasses
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from classroom_analyzer.app.recovery import DesktopRecovery
from classroom_analyzer.app.retention import (
    DailyPurge,
    StoredLessons,
    media_checked,
    purge,
    purge_if_due,
    remember_folder,
    stored_lessons,
)
from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.settings.schema import Settings, save_settings
from classroom_analyzer.storage import key_source as key_source_module
from classroom_analyzer.storage.database import reading
from classroom_analyzer.storage.erasure import erase_scopes
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_meta import read_meta
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.media_reader import open_recording
from classroom_analyzer.storage.recorder import MediaRecorder
from classroom_analyzer.storage.site_log import SiteLog
from tests.storage.lessons import CANARY, PASSPHRASE, add_second, holds_canary, make_meta, make_summary
from tests.storage.test_recorder import picture, sound

BEGAN = date(2026, 11, 23)
KEYS = KeySource(PASSPHRASE, use_keyring=False)


@pytest.fixture(autouse=True)
def cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_source_module, "SCRYPT_N", 2**4)


def make_lesson(out: Path, name: str = "physics", *, record: bool = True, closed: bool = True) -> Path:
    writer = LessonWriter.create(out, name, make_meta(), KEYS)
    recorder = MediaRecorder(writer, pictures=True, sound_tracks=1)
    for t_s in range(1, 4):
        add_second(writer, t_s)
        if record:
            recorder.add_frame(picture(t_s))
            recorder.add_audio(sound(t_s))
            time.sleep(0.02)
    recorder.close()
    writer.add_message(ChatMessage(to_ns(1.5), "P01", f"is it {CANARY}?"))
    writer.add_marker(2, "note")
    if closed:
        return writer.finish(make_summary(writer.folder, duration_s=3.0), complete=True)
    writer.commit()
    writer._database.close()
    writer._unlock()
    return writer.folder


def after(days: int) -> date:
    return BEGAN + timedelta(days)


def test_recordings_end_after_their_days_and_cannot_be_read_even_from_a_copy(own_home: Path):
    lesson = make_lesson(own_home / "lessons")
    assert open_recording(lesson, KEYS)
    sealed = next((lesson / "media").iterdir()).read_bytes()
    assert purge(own_home, today=after(7)).media == 0
    assert purge(own_home, today=after(8)).media == 1
    assert not (lesson / "media").exists()
    (lesson / "media").mkdir()
    (lesson / "media" / "segment-000.mkv.enc").write_bytes(sealed)
    assert open_recording(lesson, KEYS) == ()
    LessonReader.open(lesson).audit_head()


@pytest.mark.parametrize(("chosen", "days"), [(0, 7), (1, 1), (30, 30)])
def test_the_days_are_those_of_the_settings(own_home: Path, chosen: int, days: int):
    save_settings(own_home, Settings(keep_media_days=chosen))
    make_lesson(own_home / "lessons")
    assert purge(own_home, today=after(days)).media == 0
    assert purge(own_home, today=after(days + 1)).media == 1


def test_a_clock_that_is_set_back_extends_nothing(own_home: Path):
    SiteLog(own_home).see(after(40))
    make_lesson(own_home / "lessons")
    assert purge(own_home, today=after(-300)).media == 1


def test_rows_about_people_end_after_ninety_days_and_class_rows_stay(own_home: Path):
    lesson = make_lesson(own_home / "lessons")
    assert purge(own_home, today=after(90)).rows == 0
    assert purge(own_home, today=after(91)).rows == 1
    reader = LessonReader.open(lesson, KEYS)
    assert reader.seats().is_empty()
    assert reader.messages() == []
    assert len(reader.estimates()) == 3
    assert [marker.note for marker in reader.markers()] == ["note"]
    assert not holds_canary(lesson)
    assert purge(own_home, today=after(92)).rows == 0


def test_a_deletion_of_rows_that_was_cut_off_is_brought_to_its_end(own_home: Path):
    lesson = make_lesson(own_home / "lessons")
    erase_scopes(lesson, ("seat", "participant", "speech"), why="as a kill leaves it: keys gone, rows there")
    assert purge(own_home, today=after(91)).rows == 1
    with reading(lesson / "lesson.db") as connection:
        assert connection.execute("SELECT participant, sealed FROM chat").fetchall() == [(None, None)]
    assert purge(own_home, today=after(92)).rows == 0


def test_rows_about_people_of_a_lesson_without_a_key_end_too(own_home: Path):
    writer = LessonWriter.create(own_home / "lessons", "keyless", make_meta(), None)
    add_second(writer, 1)
    writer.add_message(ChatMessage(to_ns(0.5), "P01", "hello"))
    lesson = writer.finish(make_summary(writer.folder, duration_s=1.0), complete=True)
    assert purge(own_home, today=after(91)).rows == 1
    with reading(lesson / "lesson.db") as connection:
        assert connection.execute("SELECT participant FROM chat").fetchall() == [(None,)]
    assert purge(own_home, today=after(92)).rows == 0


def test_a_lesson_ends_after_a_year_with_a_receipt_that_names_nobody(own_home: Path):
    lesson = make_lesson(own_home / "lessons")
    identity = read_meta(lesson).id
    assert purge(own_home, today=after(366)).lessons == 1
    assert not lesson.exists()
    entry = json.loads(SiteLog(own_home).entries()[-1])
    assert entry["action"] == "lesson deleted"
    assert entry["facts"]["lesson"] == identity
    assert "Physics" not in json.dumps(entry)
    SiteLog(own_home).verify()


def test_a_lesson_that_is_deleted_instead_of_recovered_leaves_a_receipt(own_home: Path):
    lesson = make_lesson(own_home / "lessons", closed=False)
    identity = read_meta(lesson).id
    DesktopRecovery(own_home).delete(lesson)
    assert not lesson.exists()
    entry = json.loads(SiteLog(own_home).entries()[-1])
    assert (entry["action"], entry["facts"]["lesson"]) == ("lesson deleted", identity)


def test_a_recording_elsewhere_and_one_that_was_cut_off_are_kept_no_longer(own_home: Path, tmp_path: Path):
    remember_folder(own_home, tmp_path)
    elsewhere, cut = make_lesson(tmp_path), make_lesson(own_home / "lessons", "cut", closed=False)
    assert purge(own_home, today=after(8)).media == 2
    assert not (elsewhere / "media").exists()
    assert not (cut / "media").exists()
    assert purge(own_home, today=after(366)).lessons == 1
    assert elsewhere.exists()


def test_a_recording_put_aside_elsewhere_ends_too(own_home: Path, tmp_path: Path):
    remember_folder(own_home, tmp_path)
    lesson = make_lesson(tmp_path / "quarantine", closed=False)
    assert purge(own_home, today=after(8)).media == 1
    assert lesson.exists()


def test_a_folder_that_fails_does_not_keep_the_others(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    broken = make_lesson(own_home / "lessons", "broken")
    make_lesson(own_home / "lessons", "whole")
    real = Path.iterdir

    def fail(path: Path):
        if path == broken / "media":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", fail)
    purged = purge(own_home, today=after(8))
    assert purged.media == 1
    assert len(purged.problems) == 1


def test_a_lesson_that_is_being_recorded_is_left_alone(own_home: Path):
    writer = LessonWriter.create(own_home / "lessons", "now", make_meta(), KEYS)
    assert purge(own_home, today=after(400)).lessons == 0
    writer.discard()


def test_a_checked_lesson_loses_its_recording_at_once(own_home: Path):
    lesson = make_lesson(own_home / "lessons")
    assert media_checked(lesson) > 0
    assert not (lesson / "media").exists()
    assert media_checked(lesson) == 0


def test_one_lesson_that_cannot_be_read_does_not_keep_the_others(own_home: Path):
    broken = make_lesson(own_home / "lessons", "broken")
    (broken / "lesson.db").write_bytes(bytes(5000))
    make_lesson(own_home / "lessons", "whole")
    purged = purge(own_home, today=after(91))
    assert purged.media == 2
    assert purged.rows == 1
    assert len(purged.problems) == 1


def test_a_lesson_put_aside_ends_too(own_home: Path):
    lesson = make_lesson(own_home / "lessons" / "quarantine", closed=False)
    (lesson / "lesson.json").write_text("{")
    (lesson / "lesson.db").write_bytes(bytes(5000))
    assert purge(own_home, today=date(2099, 1, 1)).lessons == 1
    assert not lesson.exists()


def test_it_is_done_once_a_day(own_home: Path):
    assert purge_if_due(own_home, today=after(1)) is not None
    assert purge_if_due(own_home, today=after(1)) is None
    assert purge_if_due(own_home, today=after(2)) is not None


def test_the_daily_purge_ends_with_the_program(own_home: Path):
    daily = DailyPurge(own_home)
    deadline = time.monotonic() + 5
    while SiteLog(own_home).purge_due(datetime.now(UTC).date()) and time.monotonic() < deadline:
        time.sleep(0.02)
    daily.stop()
    assert not daily._thread.is_alive()


def test_what_is_kept_is_listed_with_its_end_and_can_be_deleted(own_home: Path):
    lesson = make_lesson(own_home / "lessons")
    (stored,) = stored_lessons(own_home)
    assert stored.has_seats
    assert stored.media_bytes > 0
    assert (stored.media_until, stored.rows_until, stored.totals_until) == (after(7), after(90), after(365))
    assert stored.total_bytes > stored.media_bytes
    StoredLessons(own_home).delete(lesson)
    assert not lesson.exists()
    assert dataclasses.asdict(stored)["title"] == "Physics"
    assert StoredLessons(own_home).lessons() == ()
