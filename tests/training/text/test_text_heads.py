"""Training of the uptake head and the confusion head, on exchanges and comments that the tests make up."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, StoppedByUserError
from classroom_analyzer.models.safe import load_card
from classroom_analyzer.perception.text.confusion import load_confusion
from classroom_analyzer.perception.text.uptake import load_uptake
from classroom_analyzer.training.text.confusion import CONFUSION_NAME, read_comments, train_confusion
from classroom_analyzer.training.text.uptake import UPTAKE_NAME, shared_words, train_uptake
from tests.training.text.talk import bag_of_words, write_manifest, write_talk

TOPICS = ("fractions", "triangles", "decimals", "verbs", "maps", "rivers")


def _exchanges(lessons: int) -> list[tuple[str, ...]]:
    """Replies that name the student's topic are rated 2, those that name another one 0."""
    rows = []
    for lesson in range(lessons):
        for number, topic in enumerate(TOPICS):
            other = TOPICS[(number + 3) % len(TOPICS)]
            said = f"it is {topic}"
            rows.append((f"L{lesson}", said, f"yes {topic} so why {topic}", "2.0"))
            rows.append((f"L{lesson}", said, f"now open {other}", "0.0"))
    return rows


@pytest.fixture
def exchanges(tmp_path: Path) -> Path:
    columns = ("obs_id", "student_text", "teacher_text", "uptake")
    write_talk(tmp_path / "data" / "text" / "uptake_train.csv", _exchanges(6), columns)
    return write_manifest(tmp_path / "data")


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "text").mkdir(parents=True)
    for part, first, count in (("train", 0, 200), ("dev", 190, 60)):
        lines = []
        for k in range(first, first + count):
            lines.append(f"i am so confused by {k}\t2,1\ta{k}\n" if k % 4 == 0 else f"have a nice day {k}\t0\tb{k}\n")
        (data / "text" / f"goemotions_{part}.tsv").write_text("".join(lines), encoding="utf-8")
    (data / "text" / "goemotions_labels.txt").write_text("joy\nanger\nconfusion\n", encoding="utf-8")
    names = ("goemotions_train.tsv", "goemotions_dev.tsv", "goemotions_labels.txt")
    lines = ["path\tsource_repo\tlicence\ttrain", *(f"text/{name}\tus/ours\tCC0\tyes" for name in names)]
    (data / "MANIFEST.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return data


def test_the_uptake_head_learns_what_only_both_texts_together_tell(exchanges: Path, tmp_path: Path):
    card = train_uptake(exchanges, tmp_path / "out", bag_of_words)
    path = tmp_path / "out" / UPTAKE_NAME
    assert load_card(path) == json.loads(json.dumps(card))
    found = card["cross_validation"]
    assert (found["n"], found["groups"], found["prevalence"]) == (72, 6, 0.5)
    assert found["auroc"] > 0.95
    assert found["shared_words"]["auroc"] == 1
    assert found["auroc_ci95"][0] <= found["auroc"] <= found["auroc_ci95"][1]
    head = load_uptake(path)
    said = bag_of_words(["it is verbs"] * 2)
    taken_up, passed_over = head.probability(said, bag_of_words(["yes verbs so why verbs", "now open rivers"]))
    assert taken_up > 0.5 > passed_over


def test_the_same_exchanges_give_the_same_weights_and_a_stop_writes_nothing(exchanges: Path, tmp_path: Path):
    first = train_uptake(exchanges, tmp_path / "a", bag_of_words)
    assert train_uptake(exchanges, tmp_path / "b", bag_of_words)["sha256"] == first["sha256"]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        train_uptake(exchanges, tmp_path / "c", bag_of_words, cancel=cancel)
    assert not (tmp_path / "c").exists()


def test_only_exchanges_that_may_be_trained_on_are_read(exchanges: Path, tmp_path: Path):
    write_manifest(exchanges, "no")
    with pytest.raises(BadInputError, match=r"uptake_train\.csv"):
        train_uptake(exchanges, tmp_path / "out", bag_of_words)


def test_shared_words_are_counted_once_and_whatever_their_case():
    assert shared_words(["Half of 8 is half"], ["half, HALF, 8"]).tolist() == [2]
    assert shared_words([""], ["yes"]).tolist() == [0]


def test_the_confusion_head_is_tested_on_comments_that_it_has_not_seen(comments: Path, tmp_path: Path):
    card = train_confusion(comments, tmp_path / "out", bag_of_words)
    assert card["policy_needed"] == "research"
    assert card["test"]["n"] == 50  # ten of the sixty are in both parts
    assert card["test"]["auroc"] > 0.95
    assert card["rows"] == {"training": 200, "with_label": 50, "of": 200}
    head = load_confusion(tmp_path / "out" / CONFUSION_NAME)
    texts = ["i am so confused by it", "have a nice day"]
    confused, not_confused = head.probability(texts, bag_of_words(texts))
    assert confused > 0.5 > not_confused


def test_where_only_some_comments_are_drawn_the_probabilities_are_still_those_of_all(
    comments: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("classroom_analyzer.training.text.confusion.MOST_ROWS", 100)
    card = train_confusion(comments, tmp_path / "out", bag_of_words)
    assert card["rows"] == {"training": 100, "with_label": 50, "of": 200}
    assert card["test"]["mean_probability"] == pytest.approx(card["test"]["prevalence"], abs=0.06)


@pytest.mark.parametrize("line", ["no tabs at all", "text\tnot a number\tid"])
def test_a_table_of_another_shape_is_refused(line: str, tmp_path: Path):
    path = tmp_path / "a.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="label numbers"):
        read_comments(path, 2)


def test_comments_keep_their_places(comments: Path):
    found = read_comments(comments / "text" / "goemotions_train.tsv", 2)
    assert np.flatnonzero(found.positive).tolist() == list(range(0, 200, 4))
    assert found.picked(np.array([4, 1])).texts == ("i am so confused by 4", "have a nice day 1")
