"""The uptake head and the confusion head: formula, bundled weights, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models import assets
from classroom_analyzer.models.safe import load_card, sha256_of
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.text.confusion import load_confusion
from classroom_analyzer.perception.text.uptake import UptakeHead, load_uptake


def _saved(path: Path, **tensors: np.ndarray) -> Path:
    save_file(tensors, path)
    path.with_suffix(".json").write_text(json.dumps({"sha256": sha256_of(path)}))
    return path


@pytest.fixture(scope="module")
def embed(tmp_path_factory: pytest.TempPathFactory):
    from classroom_analyzer.perception.backbones import TextBackbone

    home = tmp_path_factory.mktemp("home")
    return TextBackbone(ModelStore(home).resolve("bundled:minilm", "text encoder").path, "cpu").embed


def test_uptake_is_the_logistic_of_its_forms():
    rng = np.random.default_rng(0)
    a, b, c = (rng.normal(size=(3, 3)).astype(np.float32) for _ in range(3))
    w, s, t = (rng.normal(size=n).astype(np.float32) for n in (3, 3, 3))
    log_odds = 0.5 + s @ a @ s + t @ b @ t + s @ c @ t + w @ (s * t)
    found = UptakeHead(a, b, c, w, 0.5).probability(s[None], t[None])
    assert found.dtype == np.float32
    assert found[0] == pytest.approx(1 / (1 + np.exp(-log_odds)), rel=1e-4)


def test_a_reply_that_builds_on_the_answer_scores_above_one_that_passes_over_it(embed):
    head = load_uptake(assets.path("models", "uptake.safetensors"))
    said = "I think it is four because half of eight is four"
    replies = ["So you took half of eight. How did you know it is four?", "Okay. Please sit down.", "Mm-hmm."]
    found = head.probability(embed([said] * 3), embed(replies))
    assert found[0] > 0.6 > 0.5 > max(found[1:])


def test_a_message_that_says_it_is_confused_scores_above_one_that_does_not(embed):
    head = load_confusion(assets.path("models", "confusion.safetensors"))
    texts = ["I am so confused, what does that mean?", "Thanks, that was a nice day"]
    found = head.probability(texts, embed(texts))
    assert found[0] > 0.1 > 0.05 > found[1]


def test_the_cards_say_what_the_heads_rest_on():
    for name, policy in (("uptake", "engagement"), ("confusion", "research")):
        card = load_card(assets.path("models", f"{name}.safetensors"))
        assert card["policy_needed"] == policy
        assert {"limits", "licence", "training_sets", "out_of_scope", "command", "split"} <= set(card)
    assert "disputed" in " ".join(card["limits"])


@pytest.mark.parametrize("load", [load_uptake, load_confusion])
def test_weights_of_another_kind_are_refused(load, tmp_path: Path):
    with pytest.raises(BadModelError):
        load(assets.path("models", "on-task.safetensors"))
    square, bias = np.eye(3, dtype=np.float32), np.zeros(1, np.float32)
    path = _saved(
        tmp_path / "a.safetensors",
        form=square[:2],
        idf=bias,
        weight=bias,
        student=square[:2],
        teacher=square,
        cross=square,
        product=np.zeros(3, np.float32),
        bias=bias,
    )
    with pytest.raises(BadModelError, match="shapes"):
        load(path)
