"""What was said is sealed under its speaker, and kept nowhere under ``observe`` or without a key."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.domain.transcript import SpeakerRole, Utterance
from classroom_analyzer.storage.erasure import erase_scope
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from classroom_analyzer.storage.utterances import UNKNOWN_SPEAKER_SCOPE
from classroom_analyzer.storage.vault import participant_scope
from tests.storage.lessons import CANARY, holds_canary, make_meta, make_summary

SAID = [
    Utterance(1_000, 2_000, "P01", SpeakerRole.TEACHER, f"what does {CANARY} say?"),
    Utterance(3_000, 4_000, "P02", SpeakerRole.STUDENT, "five"),
    Utterance(5_000, 6_000, None, SpeakerRole.UNKNOWN, "heard by a recogniser"),
]


def write(tmp_path: Path, source: KeySource | None, policy: Policy = Policy.ENGAGEMENT) -> Path:
    writer = LessonWriter.create(tmp_path / "out", "said", make_meta(policy), source)
    for utterance in SAID:
        writer.add_utterance(utterance)
    return writer.finish(make_summary(writer.folder, policy), complete=True)


def rows(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "lesson.db") as connection:
        found = connection.execute("SELECT start_ns, end_ns, speaker, role, sealed FROM utterances").fetchall()
    connection.close()
    return found


def test_what_was_said_is_read_back_with_the_key_and_stands_nowhere_in_clear(tmp_path: Path, key_source: KeySource):
    folder = write(tmp_path, key_source)
    assert LessonReader.open(folder, key_source).utterances() == SAID
    assert holds_canary(folder) == []


@pytest.mark.parametrize("policy", [Policy.OBSERVE, Policy.ENGAGEMENT])
def test_under_observe_or_without_a_key_times_and_roles_stay(tmp_path: Path, key_source: KeySource, policy: Policy):
    folder = write(tmp_path, key_source if policy is Policy.OBSERVE else None, policy)
    assert rows(folder) == [(u.start_ns, u.end_ns, None, str(u.role), None) for u in SAID]
    assert LessonReader.open(folder, key_source).utterances() == []


@pytest.mark.parametrize(
    ("scope", "left"), [(participant_scope("P01"), ["P02", None]), (UNKNOWN_SPEAKER_SCOPE, ["P01", "P02"])]
)
def test_erasing_a_participant_erases_their_words(tmp_path: Path, key_source: KeySource, scope: str, left: list[str]):
    folder = write(tmp_path, key_source)
    assert erase_scope(folder, scope)
    assert [u.speaker for u in LessonReader.open(folder, key_source).utterances()] == left


def test_a_lesson_made_before_there_were_transcripts_has_none(write_lesson, key_source: KeySource):
    folder: Path = write_lesson()
    with sqlite3.connect(folder / "lesson.db") as connection:
        connection.execute("DROP TABLE utterances")
    connection.close()
    assert LessonReader.open(folder, key_source).utterances() == []
