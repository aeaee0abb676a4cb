from __future__ import annotations

import json

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from classroom_analyzer.errors import BadModelError
from classroom_analyzer.fusion.bundle import load_bundle, save_bundle
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.models.safe import card_path, sha256_of
from tests.fusion.fusion_samples import untrained_parts, windows

FULL = np.ones((5, 3), bool)


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "fusion.safetensors"
    ensemble, calibration, gauges = untrained_parts(FusionKind.ATTENTION)
    save_bundle(path, FusionKind.ATTENTION, ensemble, calibration, gauges, {"name": "test"})
    return path


def rewrite_card(path, **changes):
    card = json.loads(card_path(path).read_text())
    card_path(path).write_text(json.dumps({**card, "sha256": sha256_of(path), **changes}))


def test_every_kind_comes_back_as_it_was_saved(tmp_path, any_kind):
    path = tmp_path / "fusion.safetensors"
    ensemble, calibration, gauges = untrained_parts(any_kind)
    save_bundle(path, any_kind, ensemble, calibration, gauges, {"name": "test"})
    bundle = load_bundle(path)
    assert bundle.kind is any_kind
    assert bundle.card["name"] == "test"
    np.testing.assert_array_equal(
        bundle.model.predict(windows(5), FULL).cumulative_logits, ensemble.predict(windows(5), FULL).cumulative_logits
    )
    np.testing.assert_array_equal(bundle.calibration.temperatures, calibration.temperatures)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["fusion.json", "fusion.safetensors"]


def test_no_evidence_gives_the_prior(saved):
    bundle = load_bundle(saved)
    result = bundle.estimate(windows(5), np.zeros((5, 3), bool))
    np.testing.assert_allclose(result.probabilities, np.tile([0.05, 0.3, 0.5, 0.15], (5, 1)))
    np.testing.assert_allclose(result.mean, bundle.calibration.prior)


def test_probabilities_sum_to_one_and_engagement_is_the_expected_level(saved):
    result = load_bundle(saved).estimate(windows(5), FULL)
    np.testing.assert_allclose(result.probabilities.sum(axis=1), 1)
    np.testing.assert_allclose(result.mean, result.probabilities @ np.arange(4) / 3)


def test_a_bundle_without_a_card_is_refused(saved):
    card_path(saved).unlink()
    with pytest.raises(BadModelError, match="card"):
        load_bundle(saved)


@pytest.mark.parametrize(
    "changes",
    [{"bundle_version": 99}, {"kind": "magic"}, {"members": 4}, {"members": "3"}, {"members": 2}, {"columns": {}}],
)
def test_a_card_that_does_not_fit_is_refused(saved, changes):
    rewrite_card(saved, **changes)
    with pytest.raises(BadModelError):
        load_bundle(saved)


def test_a_tensor_of_the_wrong_shape_is_refused(saved):
    tensors = load_file(saved)
    tensors["member0.missing"] = tensors["member0.missing"][:2].copy()
    save_file(tensors, saved)
    rewrite_card(saved)
    with pytest.raises(BadModelError, match="missing is of shape"):
        load_bundle(saved)


def test_a_lost_tensor_is_refused(saved):
    tensors = load_file(saved)
    del tensors["calibration.line"]
    save_file(tensors, saved)
    rewrite_card(saved)
    with pytest.raises(BadModelError, match=r"calibration\.line is missing"):
        load_bundle(saved)
