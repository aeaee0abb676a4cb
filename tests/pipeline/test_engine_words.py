"""What is said goes to the disk first, class rows have each name once, the summary takes the words that are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.domain.chat import TEACHER, ChatMessage
from classroom_analyzer.domain.clock import to_ns
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.progress import CancelToken, silent
from classroom_analyzer.domain.readings import AudioSecond, Reading
from classroom_analyzer.domain.sound import SoundMode
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.domain.totals import SoundTotals
from classroom_analyzer.domain.transcript import SpeakerRole, Utterance
from classroom_analyzer.perception.text.analyzer import TextAnalyzer
from classroom_analyzer.perception.text.talk import TalkAnalyzer
from classroom_analyzer.pipeline.engine import LessonEngine
from classroom_analyzer.pipeline.offline import run_recording
from classroom_analyzer.pipeline.parts import EngineParts
from classroom_analyzer.pipeline.transcribing import Transcribed
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from classroom_analyzer.storage.lesson_writer import LessonWriter
from tests.storage.lessons import make_meta

T, S = SpeakerRole.TEACHER, SpeakerRole.STUDENT
SAID = [
    Utterance(to_ns(0), to_ns(3), "P01", T, "How many sides?"),
    Utterance(to_ns(5), to_ns(6), "P02", S, "Four"),
    Utterance(to_ns(7), to_ns(9.5), "P01", T, "Yes."),
]


class QuietRoom:
    """A microphone by which nobody knows who speaks."""

    talkers = None

    def second(self, t_s: int) -> AudioSecond:
        unknown = Reading("talk_ratio", None, "share", None)
        loud = Reading("loudness", -40.0, "dBFS", 1.0)
        return AudioSecond(t_s, 1.0, 0.0, SoundMode.NONE, -40.0, 0.0, None, 1.0, None, (unknown, loud))

    def totals(self) -> SoundTotals:
        return SoundTotals(heard_s=10, speech_s=5)


class SlowHearing:
    """Words that come late, and some that never come."""

    dropped_s = 12.0

    def __init__(self) -> None:
        self._calls = 0

    def take(self) -> Transcribed:
        self._calls += 1
        return Transcribed(tuple(SAID[:2]), ((0, to_ns(6)),)) if self._calls == 9 else Transcribed((), ())

    def close(self) -> None:
        pass

    def finish(self) -> Transcribed:
        return Transcribed((SAID[2],), ((to_ns(6), to_ns(10)),))


def make_engine(tmp_path: Path, **parts: object) -> LessonEngine:
    writer = LessonWriter.create(tmp_path, "lesson", make_meta(), KeySource.from_environment())
    made = EngineParts(None, None, None, None, (), "cpu", [], **parts)  # type: ignore[arg-type]
    return LessonEngine(made, writer, PolicyGrant(Policy.ENGAGEMENT, "command line"), class_size=4, seed=0)


def run(engine: LessonEngine, said: list[Utterance], duration_s: float = 10.0) -> LessonSummary:
    messages = [ChatMessage(to_ns(1), "P02", "hi")] if engine.parts.text is not None else []
    return run_recording(
        engine,
        duration_s=duration_s,
        frames=(),
        audio=(),
        messages=messages,
        utterances=said,
        progress=silent,
        cancel=CancelToken(),
    )


def reader(summary: LessonSummary) -> LessonReader:
    return LessonReader.open(Path(summary.lesson), KeySource.from_environment())


def test_a_transcript_is_kept_and_gives_the_summary_its_talk_figures(tmp_path: Path) -> None:
    talk = TalkAnalyzer()
    talk.cover(0, to_ns(9.5))
    summary = run(make_engine(tmp_path, talk=talk), SAID)
    assert summary.talk.teacher_share == pytest.approx(5.5 / 6.5)
    assert summary.talk.wait_time_median_s == pytest.approx(2)
    assert summary.talk.speech_share is None  # nothing was heard
    assert reader(summary).utterances() == SAID


def test_a_transcript_of_half_the_lesson_says_nothing_of_the_whole(tmp_path: Path) -> None:
    talk = TalkAnalyzer()
    talk.cover(0, to_ns(9.5))
    summary = run(make_engine(tmp_path, talk=talk), SAID, duration_s=19.0)
    assert summary.talk.teacher_share is None
    assert summary.talk.wait_time_median_s is None


def test_of_two_rows_of_one_name_the_one_with_a_value_is_kept(tmp_path: Path) -> None:
    talk = TalkAnalyzer()
    talk.cover(0, to_ns(9.5))
    engine = make_engine(tmp_path, talk=talk)
    parts = EngineParts(None, QuietRoom(), TextAnalyzer(), None, (), "cpu", [], talk=talk)  # type: ignore[arg-type]
    engine = LessonEngine(parts, engine.writer, PolicyGrant(Policy.ENGAGEMENT, "x"), class_size=4, seed=0)
    for utterance in SAID:
        engine.on_utterance(utterance)
    second = engine.close_second(10)
    named = {r.name: r for r in second.readings}
    assert len(named) == len(second.readings)
    assert named["talk_ratio"].value == pytest.approx(5.5 / 6.5)
    assert named["loudness"].value == -40


def test_a_line_after_a_teachers_question_gives_the_chats_latency_and_the_teachers_own_line_does_not(
    tmp_path: Path,
) -> None:
    talk = TalkAnalyzer()
    talk.cover(0, to_ns(100))
    engine = make_engine(tmp_path, talk=talk)
    engine.analysis.parts = replace(engine.parts, text=TextAnalyzer())
    engine.on_utterance(SAID[0])
    engine.on_message(ChatMessage(to_ns(4), TEACHER, "think"))
    engine.on_message(ChatMessage(to_ns(7.5), "P02", "four"))
    found = [{r.name: r for r in engine.close_second(t_s).readings}["chat_rate.latency"] for t_s in range(1, 101)]
    assert found[50].value is None  # the chat was connected for less than 70 % of two minutes
    assert (found[-1].value, found[-1].n) == (4.5, 1)
    assert found[-1].quality == pytest.approx(100 / 120)


def test_late_words_count_in_the_lesson_and_missing_ones_are_counted_and_said(tmp_path: Path) -> None:
    talk = TalkAnalyzer()
    summary = run(make_engine(tmp_path, talk=talk, transcription=SlowHearing()), [])
    assert talk.totals().utterances == 3
    assert summary.talk.wait_time_median_s == pytest.approx(2)
    assert any("12 s of speech have no words" in w for w in summary.warnings)
    assert reader(summary).counters()["dropped_speech_s"] == 12
    assert reader(summary).utterances() == SAID
