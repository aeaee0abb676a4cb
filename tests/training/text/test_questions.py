"""Training of the head for questions without marks, on turns that the tests make up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, StoppedByUserError
from classroom_analyzer.models.safe import load_card
from classroom_analyzer.perception.text.question_head import load_question_head
from classroom_analyzer.training.text.questions import QUESTION_NAME, read_endings, train_question
from tests.training.text.talk import write_manifest, write_talk


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [(f"L{k // 2}", f"Good, {k}. Tell me the side of {k}? The next one is {k}.") for k in range(24)]
    rows += [(lesson, f"{text} And this is what?") for lesson, text in rows]
    write_talk(tmp_path / "data" / "text" / "uptake_train.csv", rows, ("obs_id", "teacher_text"))
    return write_manifest(tmp_path / "data")


def test_a_turn_gives_its_sentences_its_parts_and_itself_each_with_the_last_mark(tmp_path: Path):
    path = write_talk(
        tmp_path / "a.csv",
        [("L1", "Yes. Is it? No."), ("L1", "Yes. Is it? No."), ("L2", "Why?")],
        ("obs_id", "teacher_text"),
    )
    rows = read_endings(path)
    found = list(zip(rows.texts, rows.asks.tolist(), rows.kinds.tolist(), rows.groups.tolist(), strict=True))
    assert found == [
        ("Yes", False, 0, 0),
        ("Is it", True, 0, 0),
        ("Yes Is it", True, 1, 0),
        ("No", False, 0, 0),
        ("Yes Is it No", False, 2, 0),
        ("Why", True, 0, 1),
        ("Why", True, 2, 1),
    ]


def test_the_head_learns_endings_that_the_rule_cannot_know(data: Path, tmp_path: Path):
    card = train_question(data, tmp_path / "out")
    path = tmp_path / "out" / QUESTION_NAME
    assert load_card(path) == json.loads(json.dumps(card))
    turns = card["cross_validation"]["turns"]
    assert (turns["n"], turns["groups"], turns["prevalence"]) == (48, 12, 0.5)
    assert (turns["rule"]["f1"], turns["rule"]["precision"], turns["rule"]["accuracy"]) == (0, None, 0.5)
    assert turns["majority"]["accuracy"] == 0.5
    assert turns["both"]["f1"] == turns["both"]["accuracy"] == turns["auroc"] == 1
    assert turns["both"]["f1_ci95"] == [1, 1]
    asks, tells = load_question_head(path).probability(
        ["so we go on and this is what", "so we go on the next one is 99"]
    )
    assert asks > 0.5 > tells


def test_the_same_turns_give_the_same_weights_and_a_stop_writes_nothing(data: Path, tmp_path: Path):
    first = train_question(data, tmp_path / "a")
    assert train_question(data, tmp_path / "b")["sha256"] == first["sha256"]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        train_question(data, tmp_path / "c", cancel=cancel)
    assert not (tmp_path / "c").exists()


def test_tables_without_teachers_words_or_not_for_training_are_refused(data: Path, tmp_path: Path):
    with pytest.raises(BadInputError, match="teachers' talk"):
        read_endings(write_talk(tmp_path / "a.csv", [("L1", "x")], ("obs_id", "other")))
    with pytest.raises(BadInputError, match="no words"):
        read_endings(write_talk(tmp_path / "b.csv", [("L1", "12.")], ("obs_id", "teacher_text")))
    write_manifest(data, "no")
    with pytest.raises(BadInputError, match=r"uptake_train\.csv"):
        train_question(data, tmp_path / "out")
