"""Affect heads are for approved studies: refused elsewhere before anything is read, class rows only where allowed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.app.affect import AFFECT_NOTICE, train_affect_head
from classroom_analyzer.app.analyze import analyze
from classroom_analyzer.app.demo import demo_request
from classroom_analyzer.app.request import LessonRequest
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.policy import Policy, PolicyGrant
from classroom_analyzer.errors import BadModelError, PolicyRefusedError, UsageError
from classroom_analyzer.models.install import add
from classroom_analyzer.models.safe import sha256_of
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.vision.affect import PARTS, STATES
from classroom_analyzer.settings.schema import Settings
from classroom_analyzer.storage.key_source import KeySource
from classroom_analyzer.storage.lesson_reader import LessonReader
from tests.app.conftest import ShortLesson
from tests.rigs.opened_files import watch_opens

STUDY = PolicyGrant(Policy.RESEARCH, "command line", ethics_reference="E-1", legal_basis="public task")
CODE = 64


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head for the bundled face encoder with weights of chance."""
    folder = tmp_path_factory.mktemp("affect")
    path = folder / "affect.safetensors"
    rng = np.random.default_rng(0)
    weight = rng.normal(0, 0.1, (len(STATES), 2 * CODE)).astype(np.float32)
    bias = np.tile(np.float32([1, 0, -1]), (len(STATES), 1))
    zeros, ones = np.zeros(2 * CODE, np.float32), np.ones(2 * CODE, np.float32)
    save_file(dict(zip(PARTS, (zeros, ones, weight, bias), strict=True)), path)
    faces = ModelStore(folder).resolve("bundled:face-autoencoder", "face encoder")
    card = {
        "states": list(STATES),
        "policy_needed": "research",
        "face_encoder": {"spec": faces.spec, "sha256": faces.sha256},
        "sha256": sha256_of(path),
    }
    path.with_suffix(".json").write_text(json.dumps(card), encoding="utf-8")
    return path


def request(out: Path, affect: str, grant: PolicyGrant, **changes: Any) -> LessonRequest:
    plain = demo_request(Settings(), out)
    return replace(plain, grant=grant, models=replace(plain.models, affect=affect), **changes)


PICTURE_ONLY = frozenset({Modality.VISION})


def test_a_study_gets_class_rows_with_n_and_quality_and_no_seat_rows(
    short_lesson: ShortLesson, tmp_path: Path, own_home: Path, head: Path
) -> None:
    add(ModelStore(own_home), "study-1", head)
    asked = request(tmp_path, "local:study-1", STUDY, switched_on=PICTURE_ONLY)
    summary = analyze(short_lesson.recording, asked, own_home)
    reader = LessonReader.open(Path(summary.lesson), KeySource.from_environment())
    rows = [row for row in reader.indicators().iter_rows(named=True) if row["name"].startswith("affect.")]
    assert {row["name"] for row in rows} == {"affect.boredom", "affect.confusion", "affect.frustration"}
    last = [row for row in rows if row["t_s"] == max(row["t_s"] for row in rows)]
    assert all(0 < row["value"] < 1 and row["n"] >= 5 and row["quality"] > 0 for row in last)
    assert all(row["value"] is None for row in rows if row["t_s"] < 7)
    assert not any("affect" in name for name in reader.seats()["name"].unique().to_list())
    assert AFFECT_NOTICE in summary.warnings
    assert ("affect", "local:study-1") in [(model.role, model.spec) for model in summary.models]


@pytest.mark.parametrize("policy", [Policy.OBSERVE, Policy.ENGAGEMENT])
def test_under_another_policy_the_head_is_refused_unopened_and_nothing_is_left(
    short_lesson: ShortLesson, tmp_path: Path, own_home: Path, head: Path, policy: Policy
) -> None:
    asked = request(tmp_path / "out", str(head), PolicyGrant(policy, "command line"))
    with watch_opens([head, head.with_suffix(".json")]) as opened:
        with pytest.raises(PolicyRefusedError, match="--policy research") as caught:
            analyze(short_lesson.recording, asked, own_home)
        assert not opened.seen()
    assert caught.value.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_head_of_another_face_encoder_is_refused_and_leaves_nothing(
    short_lesson: ShortLesson, tmp_path: Path, own_home: Path, head: Path
) -> None:
    card = json.loads(head.with_suffix(".json").read_text(encoding="utf-8"))
    other = tmp_path / "affect.safetensors"
    other.write_bytes(head.read_bytes())
    card["face_encoder"]["sha256"] = "0" * 64
    other.with_suffix(".json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(BadModelError, match="--face-encoder"):
        analyze(short_lesson.recording, request(tmp_path / "out", str(other), STUDY), own_home)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("spec", ["dir:somewhere", "affect", "bundled:affect"])
def test_a_spec_that_names_no_affect_model_is_refused(
    short_lesson: ShortLesson, tmp_path: Path, own_home: Path, spec: str
) -> None:
    with pytest.raises(UsageError, match="is no affect model"):
        analyze(short_lesson.recording, request(tmp_path / "out", spec, STUDY), own_home)


@pytest.mark.parametrize("policy", [Policy.OBSERVE, Policy.ENGAGEMENT])
def test_training_is_refused_outside_a_study_before_the_data_is_looked_at(
    tmp_path: Path, own_home: Path, policy: Policy
) -> None:
    with pytest.raises(PolicyRefusedError, match="--policy research"):
        train_affect_head(
            f"daisee:{tmp_path / 'not there'}",
            tmp_path / "out",
            own_home,
            PolicyGrant(policy, "command line"),
            face_encoder="bundled:face-autoencoder",
        )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("data", "encoder", "said"),
    [
        ("engagenet:x", "bundled:face-autoencoder", "--data daisee:DIR"),
        ("daisee", "bundled:face-autoencoder", "--data daisee:DIR"),
        ("daisee:x", "bundled:face-autoencoder", "can be fine-tuned"),
    ],
)
def test_what_cannot_be_trained_is_said_in_one_sentence(
    tmp_path: Path, own_home: Path, data: str, encoder: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        train_affect_head(data, tmp_path, own_home, STUDY, face_encoder=encoder, fine_tune=True)
