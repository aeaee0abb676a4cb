from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models import assets
from classroom_analyzer.models.safe import sha256_of
from classroom_analyzer.perception.text.on_task import OnTaskHead, load_on_task


def _saved(path: Path, **tensors: np.ndarray) -> Path:
    save_file(tensors, path)
    path.with_suffix(".json").write_text(json.dumps({"sha256": sha256_of(path)}))
    return path


def test_probability_is_the_logistic_of_a_quadratic_form():
    head = OnTaskHead([np.diag([4.0, -4.0]).astype(np.float32)], 1.0)
    rows = np.array([[1, 0], [0, 1], [0, 0]], np.float32)
    expected = [1 / (1 + np.exp(-z)) for z in (5, -3, 1)]
    assert head.probability(rows) == pytest.approx(expected)
    assert head.probability(rows).dtype == np.float32
    assert head.dimensions == 2


def test_a_head_with_context_adds_a_form_for_each_text():
    forms = [np.eye(2, dtype=np.float32), 2 * np.eye(2, dtype=np.float32)]
    row = np.array([[1, 0]], np.float32)
    assert OnTaskHead(forms, 0.0).probability(row, row) == pytest.approx([1 / (1 + np.exp(-3))])


def test_the_bundled_heads_take_embeddings_of_minilm():
    path = assets.path("models", "on-task.safetensors")
    assert load_on_task(path).dimensions == 384
    assert len(load_on_task(path, context=True).forms) == 2
    assert path.stat().st_size < 2_000_000


def test_weights_of_another_kind_are_refused(tmp_path: Path):
    square, bias = np.eye(3, dtype=np.float16), np.zeros(1, np.float32)
    for tensors in ({"student": square}, {"student": square[:2], "bias": bias}, {"student": square, "bias": square}):
        with pytest.raises(BadModelError):
            load_on_task(_saved(tmp_path / "on-task.safetensors", **tensors))
    whole = _saved(tmp_path / "on-task.safetensors", student=square, bias=bias)
    assert load_on_task(whole).dimensions == 3
    with pytest.raises(BadModelError, match="context"):
        load_on_task(whole, context=True)
    whole.with_suffix(".json").unlink()
    with pytest.raises(BadModelError, match="card"):
        load_on_task(whole)
