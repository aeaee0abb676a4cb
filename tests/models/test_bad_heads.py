"""Bad weights of the smaller networks are refused with one sentence: autoencoders, heads of text, voices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models import assets
from classroom_analyzer.perception.audio.voice_model import load_voice_background
from classroom_analyzer.perception.autoencoders import (
    DenseAutoencoder,
    FaceAutoencoder,
    FeatureAutoencoder,
    LogMelAutoencoder,
    load_autoencoder,
    load_feature_autoencoder,
)
from classroom_analyzer.perception.text.confusion import load_confusion
from classroom_analyzer.perception.text.on_task import load_on_task
from classroom_analyzer.perception.text.question_head import load_question_head
from classroom_analyzer.perception.text.uptake import load_uptake
from tests.models.bad_files import change_tensors, damage, sign

LOADERS: dict[str, Callable[[Path], object]] = {
    "face-autoencoder": lambda path: load_autoencoder(path, FaceAutoencoder(), "cpu"),
    "sound-autoencoder": lambda path: load_autoencoder(path, LogMelAutoencoder(), "cpu"),
    "text-autoencoder": lambda path: load_autoencoder(path, DenseAutoencoder(), "cpu"),
    "confusion": load_confusion,
    "on-task": load_on_task,
    "question": load_question_head,
    "uptake": load_uptake,
    "voice-background": load_voice_background,
}
Change = Callable[[dict[str, np.ndarray]], None]


def _largest(tensors: dict[str, np.ndarray]) -> str:
    return max(tensors, key=lambda name: (tensors[name].size, name))


def _lose(tensors: dict[str, np.ndarray]) -> None:
    del tensors[_largest(tensors)]


def _reshape(tensors: dict[str, np.ndarray]) -> None:
    name = _largest(tensors)
    tensors[name] = np.zeros((3, 5, 7), np.float32)


def _not_a_number(tensors: dict[str, np.ndarray]) -> None:
    tensors[_largest(tensors)].ravel()[:1] = np.nan


CHANGES: dict[str, Change] = {"a lost tensor": _lose, "another shape": _reshape, "not a number": _not_a_number}


@pytest.fixture(params=LOADERS)
def model(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Callable[[Path], object]]:
    """A copy of a bundled model with its card, and what loads it."""
    for suffix in (".safetensors", ".json"):
        content = assets.path("models", request.param + suffix).read_bytes()
        (tmp_path / f"model{suffix}").write_bytes(content)
    return tmp_path / "model.safetensors", LOADERS[request.param]


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "canary"
    yield path
    assert not path.exists(), "something in a bad file was executed"


def is_refused(load: Callable[[Path], object], path: Path, reason: str = ".") -> None:
    with pytest.raises(BadModelError, match=reason) as caught:
        load(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("change", CHANGES)
def test_weights_that_do_not_fit_are_refused(model: tuple[Path, Callable[[Path], object]], change: str) -> None:
    path, load = model
    load(path)
    change_tensors(path, CHANGES[change])
    is_refused(load, path)


@pytest.mark.parametrize("kind", ["a pickle", "a torch archive", "cut short", "a header of a terabyte"])
def test_what_is_no_weight_file_is_refused(
    model: tuple[Path, Callable[[Path], object]], canary: Path, kind: str
) -> None:
    path, load = model
    damage(kind, path, canary)
    sign(path)
    is_refused(load, path)


@pytest.mark.parametrize(
    "novelty",
    [None, [], {"mean": 1.0}, {"mean": float("nan"), "std": 1.0}, {"mean": 1.0, "std": float("inf")}],
    ids=str,
)
def test_an_autoencoder_whose_usual_errors_are_no_numbers_is_refused(tmp_path: Path, novelty: object) -> None:
    for suffix in (".safetensors", ".json"):
        (tmp_path / f"a{suffix}").write_bytes(assets.path("models", f"text-autoencoder{suffix}").read_bytes())
    sign(tmp_path / "a.safetensors", novelty=novelty)
    is_refused(LOADERS["text-autoencoder"], tmp_path / "a.safetensors", "reconstruction errors")


@pytest.mark.parametrize(("claimed", "reason"), [(16_384, "weights are for others"), (10**9, "how many"), ("8", "how")])
def test_a_card_cannot_ask_for_a_network_larger_than_its_weights(tmp_path: Path, claimed: object, reason: str) -> None:
    path = tmp_path / "features.safetensors"
    state = {name: value.numpy() for name, value in FeatureAutoencoder(24).state_dict().items()}
    save_file(state, path)
    path.with_suffix(".json").write_text("{}", encoding="utf-8")
    sign(path, features=claimed, novelty={"mean": 1.0, "std": 1.0})
    is_refused(lambda one: load_feature_autoencoder(one, "cpu"), path, reason)
    sign(path, features=24)
    load_feature_autoencoder(path, "cpu")


def test_whole_numbers_in_the_place_of_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    stored = load_file(assets.path("models", "text-autoencoder.safetensors"))
    save_file({name: array.astype(np.int32) for name, array in stored.items()}, path)
    path.with_suffix(".json").write_bytes(assets.path("models", "text-autoencoder.json").read_bytes())
    sign(path)
    is_refused(LOADERS["text-autoencoder"], path, "another type")
