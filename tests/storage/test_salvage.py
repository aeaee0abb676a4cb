"""Damage to a cut-off lesson: what can be read is saved, the rest is put aside, and nothing is ever lost on the way."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from classroom_analyzer.app.recovery import recover_lesson, unfinished
from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.recovery import RecoveryOutcome
from classroom_analyzer.storage import key_source as key_source_module
from classroom_analyzer.storage import recovery, safe_files
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.recovery import BEFORE_NAME, recover
from tests.storage.lessons import add_second, make_meta, make_summary

SECONDS = 60


class Killed(BaseException):
    """What no code catches, as a kill."""


@pytest.fixture(scope="module")
def cut_off(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson folder as a kill leaves it, its log already joined to the database so that damage meets pages."""
    out = tmp_path_factory.mktemp("running")
    source = KeySource("correct horse battery staple", use_keyring=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_source_module, "SCRYPT_N", 2**4)  # as all tests here have it
        writer = LessonWriter.create(out, "physics", make_meta(), source)
    for t_s in range(1, SECONDS + 1):
        add_second(writer, t_s)
        writer.add_message(ChatMessage(t_s, "P01", f"line {t_s}"))
    writer.add_marker(7, "here")
    writer.commit()
    folder = tmp_path_factory.mktemp("cut") / "physics.lesson"
    writer._database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(writer.folder, folder)
    writer.discard()
    return folder


def copy_of(cut_off: Path, tmp_path: Path, number: int) -> Path:
    folder = tmp_path / str(number) / "physics.lesson"
    shutil.copytree(cut_off, folder)
    return folder


def read_all(folder: Path, source: KeySource) -> int:
    """Read everything of a lesson; return how many seconds of estimates it has."""
    reader = LessonReader.open(folder, source)
    reader.summary()
    reader.indicators()
    reader.seats()
    reader.messages()
    reader.markers()
    reader.gaps()
    reader.counters()
    return len(reader.estimates())


@pytest.mark.fault(11)
def test_two_hundred_flipped_bits_never_stop_recovery(
    cut_off: Path, tmp_path: Path, record_property: Callable[[str, object], None]
):
    source, random_bits = KeySource("correct horse battery staple", use_keyring=False), random.Random(20)
    original = (cut_off / "lesson.db").read_bytes()
    saved = []
    for number in range(200 // 10):
        folder = copy_of(cut_off, tmp_path, number)
        content = bytearray(original)
        for _ in range(10):
            at = random_bits.randrange(4096, len(content))
            content[at] ^= 1 << random_bits.randrange(8)
        (folder / "lesson.db").write_bytes(content)
        result = recover_lesson(folder)
        if result.outcome is RecoveryOutcome.RECOVERED:
            saved.append(read_all(result.path, source))
        else:
            assert (result.path / "lesson.db").read_bytes() == content
        assert not unfinished(folder.parent)
    share = sum(saved) / len(saved) / SECONDS
    record_property("measured", f"{len(saved)} of 20 salvaged, with {share:.0%} of their seconds")
    assert len(saved) >= 15
    assert share > 0.8


@pytest.mark.fault(11)
def test_a_database_cut_at_any_four_kilobytes_is_salvaged_or_put_aside(cut_off: Path, tmp_path: Path):
    source = KeySource("correct horse battery staple", use_keyring=False)
    original = (cut_off / "lesson.db").read_bytes()
    outcomes = []
    for number, end in enumerate(range(0, len(original), 4096)):
        folder = copy_of(cut_off, tmp_path, number)
        (folder / "lesson.db").write_bytes(original[:end])
        result = recover_lesson(folder)
        outcomes.append(result.outcome)
        if result.outcome is RecoveryOutcome.RECOVERED:
            read_all(result.path, source)
            assert (result.path / BEFORE_NAME / "lesson.db").read_bytes() == original[:end]
        else:
            assert result.path.parent.name == "quarantine"
            assert (result.path / "lesson.db").read_bytes() == original[:end]
            assert "nothing was deleted" in result.text
    assert outcomes[0] is RecoveryOutcome.QUARANTINED
    assert outcomes[-1] is RecoveryOutcome.RECOVERED


@pytest.mark.fault(11)
def test_rows_before_and_behind_a_damaged_page_are_saved(cut_off: Path, tmp_path: Path):
    folder = copy_of(cut_off, tmp_path, 0)
    with sqlite3.connect(folder / "lesson.db") as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'spool_indicators'").fetchone()[0]
        rows = connection.execute("SELECT count(*) FROM spool_indicators").fetchone()[0]
    connection.close()
    content = bytearray((folder / "lesson.db").read_bytes())
    page = bytes(content[(root - 1) * 4096 : root * 4096])
    assert page[0] == 5  # an inner page: its children are leaves
    middle = int.from_bytes(page[12 + 2 * 0 :][:2], "big")
    child = int.from_bytes(page[middle : middle + 4], "big")
    content[(child - 1) * 4096 : child * 4096] = bytes(4096)
    (folder / "lesson.db").write_bytes(content)
    result = recover_lesson(folder)
    assert result.outcome is RecoveryOutcome.RECOVERED
    assert "spool_indicators" in result.text
    reader = LessonReader.open(result.path)
    assert 0 < len(reader.indicators()) < rows
    assert reader.indicators()["t_s"].max() == SECONDS
    assert len(reader.estimates()) == SECONDS


@pytest.mark.fault(10)
@pytest.mark.parametrize("damaged", [False, True])
def test_recovery_killed_at_any_step_loses_nothing_and_ends_well_at_the_next_try(
    cut_off: Path, tmp_path: Path, damaged: bool, monkeypatch: pytest.MonkeyPatch
):
    original = bytearray((cut_off / "lesson.db").read_bytes())
    if damaged:
        original[4096 * 9 : 4096 * 10] = bytes(4096)
    killed_at = 0
    for number in range(1, 60):
        folder = copy_of(cut_off, tmp_path, number)
        (folder / "lesson.db").write_bytes(original)
        left = [number]

        def count(real, left=left):
            def step(*arguments, **options):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed
                return real(*arguments, **options)

            return step

        with monkeypatch.context() as patch:
            patch.setattr(recovery.shutil, "copyfile", count(shutil.copyfile))
            patch.setattr(recovery.os, "replace", count(recovery.os.replace))
            patch.setattr(recovery.os, "fsync", count(recovery.os.fsync))
            patch.setattr(recovery, "write_summary", count(recovery.write_summary))
            patch.setattr(recovery, "write_meta", count(recovery.write_meta))
            patch.setattr(recovery, "salvage", count(recovery.salvage))
            try:
                recover(folder)
            except Killed:
                killed_at += 1
                kept = folder / BEFORE_NAME / "lesson.db"
                assert (kept if kept.exists() else folder / "lesson.db").read_bytes() == original
                if number > 3:  # the first three steps put the count of tries on the disk
                    assert not recovery.is_unfinished(folder) or recovery.read_attempts(folder).skip
                    assert not unfinished(folder.parent)
        assert recover_lesson(folder).outcome is RecoveryOutcome.RECOVERED
        reader = LessonReader.open(folder)
        assert len(reader.estimates()) >= (1 if damaged else SECONDS)
        assert not list(folder.glob(".recover*"))
        if left[0] > 0:
            break
    assert killed_at >= (12 if damaged else 8)


@pytest.mark.fault(10)
def test_closing_killed_at_any_step_leaves_a_whole_lesson_or_one_to_recover(
    tmp_path: Path, key_source: KeySource, monkeypatch: pytest.MonkeyPatch
):
    killed_at = 0
    for number in range(1, 60):
        writer = LessonWriter.create(tmp_path / str(number), "physics", make_meta(), key_source)
        for t_s in range(1, 6):
            add_second(writer, t_s)
        left = [number]

        def count(real, left=left):
            def step(*arguments, **options):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed
                return real(*arguments, **options)

            return step

        with monkeypatch.context() as patch:
            patch.setattr(safe_files.os, "replace", count(safe_files.os.replace))
            patch.setattr(safe_files.os, "fsync", count(safe_files.os.fsync))
            patch.setattr(writer._database, "commit", count(writer._database.commit))
            patch.setattr(writer._database, "shrink", count(writer._database.shrink))
            try:
                writer.finish(make_summary(writer.folder), complete=True)
            except Killed:
                killed_at += 1
        writer._database.close()
        writer._unlock()
        for offer in unfinished(writer.folder.parent):
            assert recover_lesson(offer.path).outcome is RecoveryOutcome.RECOVERED
        reader = LessonReader.open(writer.folder, key_source)
        assert len(reader.estimates()) == 5
        assert len(reader.seats()) == 5 * 3 * 8
        reader.audit_head()
        if left[0] > 0:
            break
    assert killed_at >= 12
