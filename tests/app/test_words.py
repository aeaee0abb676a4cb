"""The words of a lesson from file to folder: transcripts, recognisers, and what the policy keeps of them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.play import play
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.app.words import build_talk, cover_transcript
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.domain.transcript import SpeakerRole, TranscriptImport, Utterance
from classroom_analyzer.errors import BadModelError, ModelMissingError, UsageError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.text.question_head import QuestionHead
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.app.conftest import ShortLesson
from tests.app.test_observe import forbidden_files
from tests.perception.tiny_models import tiny_bert, tiny_ctc
from tests.rigs.opened_files import watch_opens

CUES = ((0.5, 3.0, "Ana", "How many sides are there?"), (5.0, 6.5, "Bo", "four"), (7.0, 11.5, "Ana", "Yes, four."))


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "said.vtt"
    cues = [f"0:0:{start} --> 0:0:{end}\n<v {name}>{text}</v>\n" for start, end, name, text in CUES]
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    return path


def sound_only(out: Path, policy: Policy = Policy.ENGAGEMENT, transcriber: str | None = None) -> LessonRequest:
    request = demo_request(Settings(), out)
    return replace(
        request,
        grant=PolicyGrant(policy, "command line"),
        models=replace(request.models, transcriber=transcriber),
        switched_on=frozenset({Modality.AUDIO}),
    )


def opened(lesson: str) -> LessonReader:
    return LessonReader.open(Path(lesson), KeySource.from_environment())


def value(reader: LessonReader, name: str) -> list[float | None]:
    table = reader.indicators()
    return table.filter(table["name"] == name)["value"].to_list()


def test_a_transcript_gives_questions_talk_share_and_words(
    short_lesson: ShortLesson, transcript: Path, tmp_path: Path, own_home: Path
) -> None:
    recording = replace(short_lesson.recording, chat=None, transcript=transcript)
    summary = analyze(recording, sound_only(tmp_path / "out"), own_home)
    reader = opened(summary.lesson)
    assert summary.talk.teacher_share == pytest.approx(7 / 8.5)
    assert value(reader, "talk_ratio")[-1] == pytest.approx(7 / 8.5)
    assert value(reader, "questions.teacher")[-1] == pytest.approx(600 / 11)
    assert [(u.speaker, u.text) for u in reader.utterances()] == [
        ("P01" if name == "Ana" else "P02", text) for _, _, name, text in CUES
    ]
    assert any("P01, who speaks longest" in warning for warning in summary.warnings)
    assert "uptake" in {model.role for model in summary.models}
    assert not any("Ana" in warning for warning in summary.warnings)


def test_a_transcript_without_any_mark_asks_the_question_head_and_one_with_marks_does_not(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QuestionHead, "probability", lambda _, texts: asked.extend(texts) or [0.0] * len(texts))

    def read(last: str) -> None:
        said = [Utterance(k, k + 1, None, SpeakerRole.TEACHER, t) for k, t in enumerate(("now this is it", last))]
        talk = build_talk(ModelStore(own_home).resolve, "cpu", None, judges=True)
        cover_transcript(talk, TranscriptImport("vtt", tuple(said), (), ""))
        for utterance in said:
            talk.push(utterance)

    read("and so on.")
    assert asked == []
    read("and so on")
    assert asked == ["now this is it", "and so on"]


@pytest.mark.alone
def test_under_observe_words_are_counted_and_not_kept_and_no_encoder_is_opened(
    short_lesson: ShortLesson, transcript: Path, tmp_path: Path, own_home: Path
) -> None:
    recording = replace(short_lesson.recording, chat=None, transcript=transcript)
    with watch_opens(forbidden_files(own_home)) as watched:
        summary = analyze(recording, sound_only(tmp_path / "out", Policy.OBSERVE), own_home)
        assert watched.seen() == set()
    reader = opened(summary.lesson)
    assert value(reader, "questions.teacher")[-1] == pytest.approx(600 / 11)
    assert reader.utterances() == []
    kept = [p.read_bytes() for p in Path(summary.lesson).rglob("*") if p.is_file()]
    assert not any(b"sides" in data or b"P02" in data for data in kept)


def test_a_recogniser_hears_words_of_a_recording_only_when_it_is_asked_for(
    short_lesson: ShortLesson, tmp_path: Path, own_home: Path
) -> None:
    folder = tiny_ctc(tmp_path / "ctc")
    recording = replace(short_lesson.recording, chat=None)
    with watch_opens([folder / "model.safetensors"]) as watched:
        analyze(recording, sound_only(tmp_path / "out"), own_home)
        assert watched.seen() == set()
    summary = analyze(recording, sound_only(tmp_path / "out", transcriber=f"dir:{folder}"), own_home)
    reader = opened(summary.lesson)
    said = reader.utterances()
    assert said
    assert all(set(u.text) <= set("ABCD ") and u.speaker is None for u in said)
    assert reader.counters()["dropped_speech_s"] == 0
    assert "speech recognition" in {model.role for model in summary.models}
    assert any("was not measured" in warning for warning in summary.warnings)
    assert summary.talk.wait_time_median_s is None  # nobody is known


@pytest.mark.long
def test_a_played_lesson_hears_and_reads_words_as_it_goes(
    short_lesson: ShortLesson, transcript: Path, tmp_path: Path, own_home: Path
) -> None:
    folder = tiny_ctc(tmp_path / "ctc")
    recording = replace(short_lesson.recording, chat=None, transcript=transcript)
    read = play(recording, sound_only(tmp_path / "read"), own_home)
    heard = play(
        replace(recording, transcript=None), sound_only(tmp_path / "heard", transcriber=f"dir:{folder}"), own_home
    )
    while min(read.dashboard().t_s, heard.dashboard().t_s) < 5:
        time.sleep(0.05)
    assert read.dashboard().readings["questions.teacher"].value is not None
    read.stop()
    heard.stop()
    assert [u.text for u in opened(read.wait(20).lesson).utterances()][:1] == ["How many sides are there?"]
    assert opened(heard.wait(20).lesson).utterances()


def test_what_was_asked_wrongly_is_said_before_a_folder_is_made(
    short_lesson: ShortLesson, transcript: Path, tmp_path: Path, own_home: Path
) -> None:
    recording = replace(short_lesson.recording, chat=None)
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="--transcript"):
        analyze(replace(recording, teacher="Ana"), sound_only(out), own_home)
    with pytest.raises(ModelMissingError):
        analyze(recording, sound_only(out, transcriber="hf:nobody/nothing@main"), own_home)
    with pytest.raises(BadModelError, match="'bert' network"):
        analyze(recording, sound_only(out, transcriber=f"dir:{tiny_bert(tmp_path / 'bert')}"), own_home)
    assert not out.exists()
