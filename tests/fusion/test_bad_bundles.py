"""A bad fusion bundle is refused with one sentence before anything in it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.fusion.bundle import load_bundle, save_bundle
from classroom_analyzer.fusion.network import FusionKind
from tests.fusion.fusion_samples import untrained_parts
from tests.models.bad_files import DAMAGES, change_tensors, damage, sign

Change = Callable[[dict[str, np.ndarray]], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "fusion.safetensors"
    ensemble, calibration, gauges = untrained_parts(FusionKind.ATTENTION, members=1)
    save_bundle(path, FusionKind.ATTENTION, ensemble, calibration, gauges, {"name": "test"})
    load_bundle(path)
    return path


@pytest.fixture
def bundle(sound: Path, tmp_path: Path) -> Path:
    for suffix in (".safetensors", ".json"):
        (tmp_path / f"fusion{suffix}").write_bytes(sound.with_suffix(suffix).read_bytes())
    return tmp_path / "fusion.safetensors"


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "canary"
    yield path
    assert not path.exists(), "something in a bad file was executed"


def is_refused(path: Path, reason: str = ".") -> None:
    with pytest.raises(BadModelError, match=reason) as caught:
        load_bundle(path)
    assert caught.value.exit_code == 3
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_weight_file_that_is_none_is_refused_although_its_card_fits(bundle: Path, canary: Path, kind: str) -> None:
    damage(kind, bundle, canary)
    sign(bundle)
    is_refused(bundle)


@pytest.mark.parametrize(
    "changes",
    [
        {"bundle_version": None},
        {"bundle_version": 0},
        {"bundle_version": "9"},
        {"kind": ["attention"]},
        {"members": 10**9},
        {"members": -1},
        {"members": 2},
        {"members": [1]},
        {"hidden": 10**9},
        {"hidden": -4},
        {"hidden": "many"},
        {"columns": [1]},
        {"columns": {"vision": ["a"]}},
    ],
    ids=str,
)
def test_a_card_of_another_version_or_size_is_refused(bundle: Path, changes: dict[str, Any]) -> None:
    sign(bundle, **changes)
    is_refused(bundle)


def named(part: str) -> Callable[[dict[str, np.ndarray]], str]:
    """The first tensor with this in its name."""
    return lambda tensors: next(name for name in tensors if part in name)


def put(part: str, make: Callable[[np.ndarray], np.ndarray]) -> Change:
    def change(tensors: dict[str, np.ndarray]) -> None:
        name = named(part)(tensors)
        tensors[name] = make(tensors[name])

    return change


TENSORS: dict[str, tuple[Change, str]] = {
    "weights that are not numbers": (put("member0.", lambda a: np.full_like(a, np.nan)), "not numbers"),
    "endless weights": (put("member0.", lambda a: np.full_like(a, np.inf)), "not numbers"),
    "weights beyond float32": (put("member0.", lambda a: np.full(a.shape, 1e300)), "not numbers"),
    "whole numbers as weights": (put("member0.", lambda a: np.ones(a.shape, np.int32)), "int32"),
    "complex weights": (put("member0.", lambda a: a.astype(np.complex64)), "complex"),
    "another shape": (put("member0.", lambda a: np.zeros((*a.shape, 2), np.float32)), "is of shape"),
    "no column at all": (put("scaling.", lambda a: a[:0]), "is of shape"),
    "a spread of 0": (put("scaling.vision.sd", np.zeros_like), "not above 0"),
    "a negative spread": (put("novelty.audio.sd", lambda a: -a), "not above 0"),
    "a temperature of 0": (put("temperatures", np.zeros_like), "calibration is not usable"),
    "a negative variance": (put("seat_variance", lambda a: -a), "calibration is not usable"),
    "a negative prior": (put("prior_levels", lambda a: np.array([-0.5, 0.5, 0.5, 0.5])), "calibration is not usable"),
    "priors above 1": (put("prior_levels", lambda a: a * 2), "calibration is not usable"),
    "a tensor too many": (lambda t: t.update(extra=np.zeros(1, np.float32)), "which no fusion bundle has"),
}


@pytest.mark.parametrize("kind", TENSORS)
def test_weights_that_make_no_sense_are_refused_although_the_card_fits(bundle: Path, kind: str) -> None:
    change, reason = TENSORS[kind]
    change_tensors(bundle, change)
    is_refused(bundle, reason)


def test_weights_exchanged_behind_the_card_are_refused(bundle: Path) -> None:
    content = bytearray(bundle.read_bytes())
    content[-1] ^= 1
    bundle.write_bytes(content)
    is_refused(bundle, "not the file that its card")
