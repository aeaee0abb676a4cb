"""Affect heads learn from clips as a lesson would see them, never across persons, and their cards say what they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, BadModelError, StoppedByUserError
from classroom_analyzer.models.store import ModelStore
from classroom_analyzer.perception.encoders import build_face_encoder
from classroom_analyzer.perception.vision.affect import STATES, load_affect
from classroom_analyzer.training.affect import train
from classroom_analyzer.training.affect.data import CALIBRATION, split_clips
from classroom_analyzer.training.affect.network import AffectNet, FineTuned
from classroom_analyzer.training.affect.train import AffectJob, train_affect
from classroom_analyzer.training.datasets.clips import Clip
from classroom_analyzer.training.datasets.daisee import read_daisee
from classroom_analyzer.training.loop import LoopSettings
from tests.perception.tiny_models import tiny_resnet
from tests.training.affect.tiny_daisee import tiny_daisee

STUDY = {"ethics_reference": "E-1", "legal_basis": "public task"}
HEAD = LoopSettings(epochs=30, batch_rows=4, learning_rate=0.02)
TUNED = LoopSettings(epochs=2, batch_rows=2, learning_rate=1e-3)


@dataclass(frozen=True)
class Study:
    """A data set, a tiny face network and a cache that the tests of this file share."""

    root: Path
    resnet: Path
    cache: Path
    store: ModelStore

    def job(self, out: Path, **changes: Any) -> AffectJob:
        job = AffectJob(
            clips=read_daisee(self.root),
            root=self.root,
            encoder=self.store.resolve(f"dir:{self.resnet}", "face encoder"),
            detector=self.store.resolve("bundled:centerface", "face detector"),
            out=out,
            device="cpu",
            cache=self.cache,
            fine_tune=False,
            study=STUDY,
            head=HEAD,
            tuned=TUNED,
        )
        return replace(job, **changes)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("study")
    resnet = tiny_resnet(folder / "faces")
    (resnet / "preprocessor_config.json").write_text(json.dumps({"size": {"shortest_edge": 64}}), encoding="utf-8")
    return Study(tiny_daisee(folder / "daisee"), resnet, folder / "cache", ModelStore(folder / "home"))


@pytest.fixture(scope="module", autouse=True)
def seen_once() -> Iterator[None]:
    """Faces are looked for once for all tests of this file, which takes most of their time."""
    known: dict[Path, np.ndarray] = {}
    look = train.clip_crops

    def looked(path: Path, *rest: Any) -> np.ndarray:
        if path not in known:
            known[path] = look(path, *rest)
        return known[path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "clip_crops", looked)
        yield


@pytest.fixture(scope="module")
def card(study: Study, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return train_affect(study.job(tmp_path_factory.mktemp("out")))


def forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a clip was looked at again")

    monkeypatch.setattr(train, "clip_crops", fail)


def test_a_frozen_network_with_a_head_learns_what_clips_differ_in(card: dict[str, Any]) -> None:
    for state in STATES:
        found = card["test"][state]
        assert found["auroc_high"] == 1
        assert found["balanced_macro_f1"] > found["majority"]["macro_f1"]
        assert found["persons"] == 2
        assert len(found["ci95"]["balanced_macro_f1"]) == 2


def test_the_card_says_what_a_card_must(card: dict[str, Any]) -> None:
    assert card["policy_needed"] == "research"
    assert card["study"] == STUDY
    assert card["mode"] == "frozen"
    assert card["persons"] == {"train": 3, "validation": 1, "calibration": 1, "test": 2}
    assert card["rows"] == {"train": 6, "validation": 2, "calibration": 2, "test": 4}
    assert "grading" in card["out_of_scope"]
    assert any("minors" in what for what in card["untested"])
    assert any("no emotion" in limit for limit in card["limits"])
    assert len(card["sha256"]) == 64
    assert "nothing was calibrated" in card["calibration"]["about"]
    json.dumps(card, allow_nan=False)


def test_features_are_computed_once_and_give_the_same_weights_to_the_bit(
    study: Study, card: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidden(monkeypatch)
    again = train_affect(study.job(tmp_path))
    assert again["sha256"] == card["sha256"]


def test_without_a_cache_nothing_of_the_faces_is_kept_and_the_weights_are_the_same(
    study: Study, card: dict[str, Any], tmp_path: Path
) -> None:
    kept = sorted(study.cache.rglob("*"))
    alone = train_affect(study.job(tmp_path / "out", cache=None))
    assert alone["sha256"] == card["sha256"]
    assert sorted(study.cache.rglob("*")) == kept
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["affect.json", "affect.safetensors"]


def test_the_head_is_loaded_with_its_own_face_encoder_only(study: Study, card: dict[str, Any], tmp_path: Path) -> None:
    train_affect(study.job(tmp_path))
    head = load_affect(tmp_path / "affect.safetensors", card["face_encoder"]["sha256"])
    assert head.inputs == 2 * 12
    with pytest.raises(BadModelError, match="--face-encoder"):
        load_affect(tmp_path / "affect.safetensors", "0" * 64)


def test_fine_tuning_leaves_a_network_that_dir_loads_and_the_head_names(study: Study, tmp_path: Path) -> None:
    card = train_affect(study.job(tmp_path, fine_tune=True))
    folder = tmp_path / "affect-backbone"
    assert card["mode"] == "fine-tuned"
    assert card["trained_from"]["spec"] == f"dir:{study.resnet.name}"
    files = ModelStore(tmp_path / "home").resolve(f"dir:{folder}", "face encoder")
    assert card["face_encoder"] == {"spec": "dir:affect-backbone", "sha256": files.sha256, "licence": "unknown"}
    load_affect(tmp_path / "affect.safetensors", files.sha256)
    crops = np.zeros((2, 64, 64, 3), np.uint8)
    assert build_face_encoder(files.spec, folder, "cpu").encode(crops).embedding.shape == (2, 12)
    assert (folder / "preprocessor_config.json").is_file()
    before, after = (load_file(path / "model.safetensors") for path in (study.resnet, folder))
    assert any(not torch.equal(before[name], after[name]) for name in before if name.endswith("convolution.weight"))
    assert all(torch.equal(before[name], after[name]) for name in before if "running_" in name)


def test_a_stopped_run_goes_on_with_resume_and_ends_in_the_same_weights(
    study: Study, card: dict[str, Any], tmp_path: Path
) -> None:
    stop = CancelToken()

    def after_ten(step: str, completed: float, _: float | None) -> None:
        if step == "training the head" and completed == 10:
            stop.cancel()

    with pytest.raises(StoppedByUserError):
        train_affect(study.job(tmp_path), progress=after_ten, cancel=stop)
    assert not (tmp_path / "affect.safetensors").exists()
    assert train_affect(study.job(tmp_path, resume=True))["sha256"] == card["sha256"]


def test_the_first_head_gives_the_shares_of_the_training_rows() -> None:
    share = np.array([[0.9, 0.6, 0.2]] * 4)
    net = AffectNet(np.random.default_rng(0).normal(0, 1, (10, 6)).astype(np.float32), share)
    given = torch.sigmoid(net(torch.zeros(1, 6))[0]).detach().numpy()
    np.testing.assert_allclose(given, share, atol=1e-4)


def clip(subject: str, split: str) -> Clip:
    return Clip(Path(f"{subject}.avi"), subject, split, dict.fromkeys(STATES, 0))


EVERY = (clip("a", "train"), clip("b", "validation"), clip("c", "validation"), clip("d", "test"))


def test_calibration_persons_are_taken_from_validation_and_no_part_shares_a_person() -> None:
    parts = split_clips(EVERY, Path("x"))
    assert {part: len(found) for part, found in parts.items()} == {
        "train": 1, "validation": 1, CALIBRATION: 1, "test": 1
    }  # fmt: skip
    subjects = [c.subject for found in parts.values() for c in found]
    assert len(set(subjects)) == len(subjects)


@pytest.mark.parametrize(
    ("clips", "said"),
    [((*EVERY, clip("a", "test")), "person a is both in train and in test"), (EVERY[:3], "test part holds no clip")],
)
def test_a_split_that_cannot_be_trusted_is_refused(clips: tuple[Clip, ...], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        split_clips(clips, Path("x"))


def test_clips_without_faces_are_refused_by_name(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody: Callable[..., np.ndarray] = lambda *_: np.zeros((0, 64, 64, 3), np.uint8)  # noqa: E731
    monkeypatch.setattr(train, "clip_crops", nobody)
    with pytest.raises(BadInputError, match="in no clip of the train part"):
        train_affect(study.job(tmp_path, cache=tmp_path / "cache"))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine")
@pytest.mark.parametrize("fine_tune", [False, True])
def test_a_head_is_trained_on_cuda_too(study: Study, tmp_path: Path, fine_tune: bool) -> None:
    card = train_affect(study.job(tmp_path, device="cuda:0", fine_tune=fine_tune))
    assert all(found["auroc_high"] == 1 for found in card["test"].values())


def test_only_the_batch_statistics_stay_as_they_were_in_training_mode(study: Study) -> None:
    from classroom_analyzer.perception.backbones import load_network
    from classroom_analyzer.perception.face_backbone import FACE_KINDS, FacePictures

    head = AffectNet(np.zeros((2, 24), np.float32), np.full((4, 3), 0.5))
    net = FineTuned(load_network(study.resnet, FACE_KINDS), FacePictures(study.resnet), head).train()
    norms = [part for part in net.backbone.modules() if isinstance(part, torch.nn.BatchNorm2d)]
    assert norms
    assert not any(part.training for part in norms)
    assert net.training
    assert net.backbone.training
