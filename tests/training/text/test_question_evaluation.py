from __future__ import annotations

import json
from pathlib import Path

import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.text.question_evaluation import compare_questions, sentences_of
from tests.training.text.talk import write_manifest, write_talk


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [(f"L{k}", f"It is {k}. Can we stop?", f"Tell me the side of {k}? The next one is {k}.") for k in range(12)]
    write_talk(tmp_path / "text" / "uptake_train.csv", rows, ("obs_id", "student_text", "teacher_text"))
    turns = [{"text": "What is it?", "user": "tutor"}, {"text": "12", "user": "student"}]
    pieces = [{"c_id": f"{k // 2}_{k}", "c_h": turns} for k in range(8)]
    (tmp_path / "text" / "bridge_train.json").write_text(json.dumps(pieces), encoding="utf-8")
    write_manifest(tmp_path)
    with (tmp_path / "MANIFEST.tsv").open("a", encoding="utf-8") as stream:
        stream.write("text/bridge_train.json\tus/ours\tCC0\tyes\n")
    return tmp_path


def test_the_mark_becomes_the_label_and_is_taken_off():
    found = list(sentences_of('Is it four? "No, five." 12! And', "a", "b"))
    assert [(s.text, s.asks) for s in found] == [("Is it four", True), ("No, five", False), ("And", False)]


def test_the_head_finds_what_the_rule_cannot_know_and_the_rule_what_begins_like_a_question(data: Path):
    found = compare_questions(data)
    assert set(found) == {"students, transcribed", "teachers, transcribed", "tutors, typed"}
    teachers = found["teachers, transcribed"]
    assert (teachers["n"], teachers["prevalence"]) == (24, 0.5)
    assert teachers["rule"] == [None, 0, 0]  # "tell me" is no beginning of a question
    assert teachers["both"][2] == 1
    assert found["students, transcribed"]["rule"] == [1, 1, 1]
    assert found["tutors, typed"]["n"] == 4  # four conversations; what they hold twice counts once


def test_conversations_of_another_shape_are_refused(data: Path):
    (data / "text" / "bridge_train.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(BadInputError, match="conversations"):
        compare_questions(data)
