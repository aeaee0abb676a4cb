from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.vault import NO_KEY_WARNING
from tests.storage.lessons import CANARY, SEATS, add_second, holds_canary, make_meta, make_summary

SUMMARY_KEYS = {
    "lesson": None,
    "duration_s": None,
    "policy": None,
    "coverage": {"vision", "audio", "text"},
    "seats": {"expected", "max", "mean", "per_second"},
    "engagement": {"mean", "low_share", "interval", "windows", "abstained"},
    "phases": None,
    "talk": {
        "speech_share",
        "single_voice_share",
        "multiple_voices_share",
        "silence_share",
        "teacher_share",
        "wait_time_median_s",
    },
    "chat": {"messages", "participants", "questions", "on_task_share"},
    "contribution": {"vision", "audio", "text"},
    "performance": {"realtime_factor", "analysed_fps", "device"},
    "models": None,
    "warnings": None,
}


def test_a_lesson_is_marked_recording_from_its_first_second(tmp_path: Path, key_source: KeySource):
    writer = LessonWriter.create(tmp_path, "physics", make_meta(), key_source)
    assert writer.folder == tmp_path / "physics.lesson"
    assert json.loads((writer.folder / "lesson.json").read_text())["status"] == "recording"
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_tables_have_exactly_the_columns_of_the_format(write_lesson):
    folder = write_lesson()
    indicators = pl.read_parquet(folder / "indicators.parquet")
    estimates = pl.read_parquet(folder / "estimates.parquet")
    assert indicators.columns == ["t_s", "name", "value", "unit", "quality", "n"]
    assert estimates.columns == [
        *("t_s", "engagement", "low", "high", "p0", "p1", "p2", "p3", "coverage"),
        *("w_vision", "w_audio", "w_text", "phase", "status"),
    ]
    assert indicators["t_s"].dtype == pl.Int64
    assert estimates["t_s"].to_list() == [1, 2, 3, 4, 5]
    assert estimates["engagement"].to_list() == [0.6, None, 0.6, 0.6, 0.6]
    assert estimates["w_audio"].null_count() == 5
    assert estimates["status"].to_list() == ["ok", "low_coverage", "ok", "ok", "ok"]
    assert indicators.filter(name="facing_target")["value"].null_count() == 5


def test_summary_has_exactly_the_keys_of_the_format(write_lesson):
    summary = json.loads((write_lesson() / "summary.json").read_text())
    assert list(summary) == list(SUMMARY_KEYS)
    for key, inner in SUMMARY_KEYS.items():
        if inner is not None:
            assert set(summary[key]) == inner
    assert summary["chat"]["questions"] is None  # it was not a number
    assert summary["policy"] == "engagement"


def test_under_observe_nothing_about_single_people_is_kept(write_lesson):
    folder = write_lesson(Policy.OBSERVE)
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["engagement"] is None
    assert summary["contribution"] == {"vision": None, "audio": None, "text": None}
    assert not (folder / "seats.parquet.enc").exists()
    assert pl.read_parquet(folder / "estimates.parquet").is_empty()
    with sqlite3.connect(folder / "lesson.db") as connection:
        assert connection.execute("SELECT count(*), count(participant), count(sealed) FROM chat").fetchone() == (
            2,
            0,
            0,
        )
        assert connection.execute("SELECT count(*) FROM seats").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM keys WHERE scope != 'lesson'").fetchone() == (0,)
    connection.close()


def test_without_a_key_private_things_are_nowhere_and_a_warning_says_so(write_lesson):
    folder = write_lesson(source=KeySource(None, use_keyring=False))
    assert holds_canary(folder) == []
    assert not (folder / "seats.parquet.enc").exists()
    assert NO_KEY_WARNING in json.loads((folder / "summary.json").read_text())["warnings"]
    reader = LessonReader.open(folder)
    assert reader.messages() == []
    assert reader.seats().is_empty()
    assert [(m.t_s, m.note) for m in reader.markers()] == [(3, None)]


@pytest.mark.parametrize("closed", [False, True])
def test_with_a_key_private_things_are_never_in_clear(tmp_path: Path, write_lesson, key_source, closed: bool):
    if closed:
        folder = write_lesson()
    else:
        from classroom_analyzer.domain.chat import ChatMessage

        writer = LessonWriter.create(tmp_path, "open", make_meta(), key_source)
        writer.add_message(ChatMessage(1, "P01", CANARY))
        writer.add_marker(1, CANARY)
        add_second(writer, 1)
        folder = writer.folder
        assert (folder / "lesson.db-wal").stat().st_size > 0
    assert holds_canary(folder) == []
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert folder.stat().st_mode & 0o777 == 0o700
    if not closed:
        writer.discard()


def test_an_existing_folder_is_never_touched(write_lesson):
    first = write_lesson()
    before = {p: p.read_bytes() for p in first.iterdir()}
    second = write_lesson()
    third = write_lesson()
    assert (second.name, third.name) == ("physics-2.lesson", "physics-3.lesson")
    assert {p: p.read_bytes() for p in first.iterdir()} == before


@pytest.mark.parametrize("out", ["file", "file/below", "/proc/here"])
def test_where_nothing_can_be_written_nothing_is_left_behind(tmp_path: Path, key_source: KeySource, out: str):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputNotWritableError) as caught:
        LessonWriter.create(tmp_path / out, "physics", make_meta(), key_source)
    assert "choose another folder" in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_discarding_removes_only_folders_that_were_made_for_the_lesson(tmp_path: Path, key_source: KeySource):
    (tmp_path / "there").mkdir()
    LessonWriter.create(tmp_path / "there" / "new" / "deep", "a", make_meta(), key_source).discard()
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def test_a_closed_lesson_is_small_and_leaves_no_log_behind(write_lesson):
    folder = write_lesson(seconds=50)
    assert sorted(p.name for p in folder.iterdir()) == [
        *("README.txt", "estimates.parquet", "indicators.parquet", "lesson.db", "lesson.json"),
        *("seats.parquet.enc", "summary.json"),
    ]
    with sqlite3.connect(folder / "lesson.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT count(*) FROM spool_seats").fetchone() == (0,)
    connection.close()


def test_a_kill_loses_no_row_that_was_acknowledged(tmp_path: Path):
    """The child says which second and marker are safe, then dies at once."""
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert child.stdout is not None
    acknowledged = 0
    for line in child.stdout:
        acknowledged = int(line)
        if acknowledged == 40:
            child.send_signal(signal.SIGKILL)
            break
    child.wait()
    child.stdout.close()
    with sqlite3.connect(tmp_path / "killed.lesson" / "lesson.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        seconds = {row[0] for row in connection.execute("SELECT t_s FROM spool_estimates")}
        markers = {row[0] for row in connection.execute("SELECT t_s FROM markers")}
        seat_rows = connection.execute("SELECT count(*) FROM spool_seats WHERE t_s <= 40").fetchone()[0]
    connection.close()
    assert seconds >= set(range(1, acknowledged + 1))
    assert markers >= set(range(10, acknowledged + 1, 10))
    assert seat_rows == 40 * len(SEATS)


_KILLED = """
import sys
from pathlib import Path
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.storage.lessons import add_second, make_meta

writer = LessonWriter.create(Path(sys.argv[1]), "killed", make_meta(), KeySource("words", use_keyring=False))
for t_s in range(1, 100_000):
    add_second(writer, t_s)
    if t_s % 10 == 0:
        writer.add_marker(t_s, "note")
    print(t_s, flush=True)
"""


def test_a_stopped_lesson_is_readable_and_marked_incomplete(write_lesson):
    reader = LessonReader.open(write_lesson(complete=False))
    assert reader.meta.status == "incomplete"
    assert len(reader.estimates()) == 5


def test_no_second_is_slower_late_in_a_long_lesson(tmp_path: Path, key_source: KeySource):
    """Two hours would be 7200; the work per second must not grow."""
    import time

    writer = LessonWriter.create(tmp_path, "long", make_meta(), key_source)
    spent = []
    for t_s in range(1, 1201):
        started = time.perf_counter()
        add_second(writer, t_s)
        spent.append(time.perf_counter() - started)
    writer.finish(make_summary(writer.folder), complete=True)
    early, late = sorted(spent[100:300])[100], sorted(spent[-200:])[100]
    assert late < 4 * early
