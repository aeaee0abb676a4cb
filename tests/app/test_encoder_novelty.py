"""A backbone's novelty becomes known once an autoencoder was trained for it; the models are tiny, made by the test."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.summary import LessonSummary
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import card_path
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.training.autoencoders.train import AutoencoderKind, Options, Recipe, train_autoencoder
from tests.app.conftest import ShortLesson
from tests.perception.tiny_models import tiny_bert

UNKNOWN = "novelty is unknown"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    lines = "".join(f"{k},we are on page {k},what page are we on {k}\n" for k in range(20))
    (data / "uptake_train.csv").write_text("obs_id,student_text,teacher_text\n" + lines, encoding="utf-8")
    manifest = "path\tsource_repo\tlicence\ttrain\nuptake_train.csv\tus/ours\tCC0\tyes\n"
    (data / "MANIFEST.tsv").write_text(manifest, encoding="utf-8")
    return data


def _analyzed(lesson: ShortLesson, folder: Path, home: Path, encoder: Path) -> LessonSummary:
    request = demo_request(Settings(), folder)
    models = replace(request.models, text_encoder=f"dir:{encoder}")
    request = replace(request, models=models, switched_on=frozenset({Modality.TEXT}))
    return analyze(lesson.recording, request, home)


def test_a_backbones_autoencoder_is_trained_found_beside_it_and_used(
    short_lesson: ShortLesson, texts: Path, tmp_path: Path, own_home: Path
) -> None:
    bert = tiny_bert(tmp_path / "models" / "bert")
    before = _analyzed(short_lesson, tmp_path / "before", own_home, bert)
    assert any(UNKNOWN in warning for warning in before.warnings)

    options = Options(encoder=f"dir:{bert}")
    card = train_autoencoder(
        AutoencoderKind.TEXT, texts, None, own_home, recipe=Recipe(epochs=2, batch_rows=8), options=options
    )
    weights = tmp_path / "models" / "bert.autoencoder.safetensors"
    assert card == json.loads(card_path(weights).read_text(encoding="utf-8"))
    assert card["encoder"]["spec"] == "dir:bert"  # no folder of this machine
    assert (card["features"], card["modality"], card["rows"]["held_out"]) == (16, "text", 8)
    assert card["held_out_mse"] > 0
    assert card["baseline_mse"] > 0

    after = _analyzed(short_lesson, tmp_path / "after", own_home, bert)
    assert not any(UNKNOWN in warning for warning in after.warnings)
    used = {model.role: model for model in after.models}
    assert used["text encoder's autoencoder"].sha256 == card["sha256"]
    assert used["text encoder"].sha256 == card["encoder"]["sha256"]

    changed = load_file(bert / "model.safetensors")
    changed["embeddings.LayerNorm.bias"] = torch.ones(16)
    save_file(changed, bert / "model.safetensors", metadata={"format": "pt"})
    other = _analyzed(short_lesson, tmp_path / "other", own_home, bert)
    assert any("trained on other weights" in warning and UNKNOWN in warning for warning in other.warnings)

    weights.write_bytes(weights.read_bytes()[:-8])
    with pytest.raises(BadModelError):
        _analyzed(short_lesson, tmp_path / "damaged", own_home, bert)
