"""The head for teachers' questions without marks: what it reads, bundled weights, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models import assets
from classroom_analyzer.models.safe import load_card, sha256_of
from classroom_analyzer.perception.text.question_head import QuestionHead, last_words, load_question_head
from classroom_analyzer.perception.text.questions import is_question
from classroom_analyzer.perception.text.words import BUCKETS


def test_it_reads_the_last_twelve_words_without_signs():
    assert last_words("So, we don't know?") == "^ So we don't know $"
    assert last_words(" ".join(map(str, range(20)))) == "8 9 10 11 12 13 14 15 16 17 18 19 $"
    assert last_words("…") == "^ $"


def test_the_probability_is_the_logistic_of_the_words():
    ones = np.ones(BUCKETS, np.float32)
    found = QuestionHead(ones, 0.5 * ones, -1.0).probability(["four"])
    # ^, four, $ and the two pairs: five words of weight 1 / sqrt(5).
    assert found[0] == pytest.approx(1 / (1 + np.exp(1 - 0.5 * 5**0.5)), rel=1e-5)


def test_bundled_it_hears_questions_that_the_rule_does_not_and_no_question_in_what_is_told():
    head = load_question_head(assets.path("models", "question.safetensors"))
    asks = ["okay so four times three is what", "DID YOU GET THE SAME ANSWER", "so the next one is that right"]
    tells = ["okay good job", "please open your books on page ten", "so the answer is four"]
    assert min(head.probability(asks)) > 0.5 > max(head.probability(tells))
    assert not is_question(asks[0])


def test_the_card_says_what_was_measured_and_that_it_beats_the_rule():
    card = load_card(assets.path("models", "question.safetensors"))
    assert card["policy_needed"] == "engagement"
    for found in card["cross_validation"].values():
        assert found["both"]["f1_ci95"][0] > found["rule"]["f1_ci95"][1]
        assert found["both"]["accuracy_ci95"][0] > found["majority"]["accuracy_ci95"][1]


def test_weights_of_another_head_and_damaged_ones_are_refused(tmp_path: Path):
    with pytest.raises(BadModelError, match="not those of a question head"):
        load_question_head(assets.path("models", "confusion.safetensors"))
    path = tmp_path / "question.safetensors"
    save_file({name: np.zeros(3, np.float32) for name in ("idf", "weight", "bias")}, path)
    path.with_suffix(".json").write_text(json.dumps({"sha256": sha256_of(path)}))
    with pytest.raises(BadModelError, match="other shapes"):
        load_question_head(path)
    path.write_bytes(b"no weights")
    with pytest.raises(BadModelError):
        load_question_head(path)
