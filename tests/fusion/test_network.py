from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality, modality_subsets
from classroom_analyzer.fusion.network import Ensemble, FusionKind
from classroom_analyzer.fusion.rows import join_rows, take_rows
from tests.fusion.fusion_samples import untrained_parts, windows

FULL = np.ones((4, 3), bool)


def mask(subset) -> np.ndarray:
    return np.tile([m in subset for m in MODALITIES], (4, 1))


@pytest.fixture(scope="module")
def ensemble(any_kind: FusionKind):
    return untrained_parts(any_kind)[0]


@pytest.mark.parametrize("absent", MODALITIES)
def test_an_absent_modality_does_not_depend_on_what_is_in_its_arrays(ensemble, absent):
    batch = windows(4)
    values = {**batch.values, absent: np.full_like(batch.values[absent], 1e6)}
    quality = {**batch.quality, absent: np.zeros_like(batch.quality[absent])}
    shown = mask(set(MODALITIES) - {absent})
    one = ensemble.predict(batch, shown)
    if absent is not Modality.VISION:
        values[absent][:, 0] = np.nan
    other = ensemble.predict(replace(batch, values=values, quality=quality), shown)
    np.testing.assert_array_equal(one.cumulative_logits, other.cumulative_logits)
    np.testing.assert_array_equal(one.engagement, other.engagement)


@pytest.mark.parametrize("absent", MODALITIES)
def test_missing_is_not_the_same_as_zeros(ensemble, absent):
    batch = windows(4)
    zeros = replace(batch, values={**batch.values, absent: np.zeros_like(batch.values[absent])})
    missing = ensemble.predict(batch, mask(set(MODALITIES) - {absent})).cumulative_logits
    assert not np.allclose(missing, ensemble.predict(zeros, FULL).cumulative_logits, atol=1e-3)


def test_an_invalid_window_is_the_same_as_a_hidden_one(ensemble):
    hidden = ensemble.predict(windows(4), mask({Modality.VISION, Modality.TEXT}))
    lost = ensemble.predict(windows(4, without=(Modality.AUDIO,)), FULL)
    np.testing.assert_allclose(hidden.cumulative_logits, lost.cumulative_logits, atol=1e-6)


def test_invalid_steps_are_ignored(ensemble):
    batch = windows(4)
    valid = {m: v.copy() for m, v in batch.valid.items()}
    valid[Modality.VISION][:, :3] = False
    values = {m: v.copy() for m, v in batch.values.items()}
    values[Modality.VISION][:, :3] = 99
    quality = {m: v * valid[m] for m, v in batch.quality.items()}
    one = ensemble.predict(replace(batch, valid=valid, quality=quality), FULL)
    other = ensemble.predict(replace(batch, valid=valid, quality=quality, values=values), FULL)
    np.testing.assert_array_equal(one.cumulative_logits, other.cumulative_logits)


def test_a_value_that_was_not_measured_is_not_the_training_mean(ensemble):
    batch = windows(4)
    values = {m: v.copy() for m, v in batch.values.items()}
    values[Modality.VISION][..., 1] = np.nan
    unknown = ensemble.predict(replace(batch, values=values), FULL).cumulative_logits
    assert np.isfinite(unknown).all()
    values[Modality.VISION][..., 1] = ensemble.scaling.mean[Modality.VISION][1]
    assert not np.allclose(unknown, ensemble.predict(replace(batch, values=values), FULL).cumulative_logits)


def test_level_probabilities_fall_with_the_level_in_every_row(ensemble):
    logits = ensemble.predict(windows(50, seed=3), np.ones((50, 3), bool)).cumulative_logits
    assert (np.diff(logits, axis=-1) <= 0).all()


def test_several_masks_at_once_give_what_each_gives_alone(ensemble):
    masks = np.stack([mask(s) for s in modality_subsets()[1:]])
    together = ensemble.predict(windows(4), masks)
    for i, one in enumerate(masks):
        alone = ensemble.predict(windows(4), one)
        np.testing.assert_allclose(together.cumulative_logits[:, i], alone.cumulative_logits, atol=1e-5)
        np.testing.assert_allclose(together.engagement[:, i], alone.engagement, atol=1e-6)


def test_weights_of_absent_modalities_are_zero(ensemble):
    weights = ensemble.predict(windows(4), mask({Modality.TEXT})).weights
    if weights is not None:
        assert (weights[..., :2] == 0).all()
        assert (weights[..., 2] > 0).all()


def test_the_same_input_gives_the_same_output_bit_for_bit(ensemble):
    first, second = (ensemble.predict(windows(4), FULL) for _ in range(2))
    np.testing.assert_array_equal(first.cumulative_logits, second.cumulative_logits)


def test_the_order_of_modalities_in_the_mappings_changes_nothing(ensemble):
    batch, shown = windows(6), np.ones((6, 3), bool)
    turned = FeatureBatch(
        *(dict(reversed(part.items())) for part in (batch.values, batch.valid, batch.quality)), batch.phase
    )
    np.testing.assert_array_equal(
        ensemble.predict(batch, shown).cumulative_logits, ensemble.predict(turned, shown).cumulative_logits
    )


def test_the_size_of_the_batch_and_rows_beside_change_no_output_by_more_than_a_hundred_thousandth(ensemble):
    batch, shown = windows(40), np.ones((40, 3), bool)
    together = ensemble.predict(batch, shown).cumulative_logits
    for rows in (np.array([0]), np.array([7, 3]), np.arange(39)):
        alone = ensemble.predict(take_rows(batch, rows), shown[rows]).cumulative_logits
        np.testing.assert_allclose(alone, together[:, rows], atol=1e-5)
    padded = join_rows([batch, windows(5, without=tuple(MODALITIES))])
    beside = ensemble.predict(padded, np.ones((45, 3), bool)).cumulative_logits
    np.testing.assert_allclose(beside[:, :40], together, atol=1e-5)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
@pytest.mark.parametrize("kind", list(FusionKind))
def test_a_gpu_gives_the_numbers_of_the_cpu(kind):
    members, _, _ = untrained_parts(kind)
    batch, shown = windows(30), np.ones((30, 3), bool)
    cpu = members.predict(batch, shown).cumulative_logits
    gpu = Ensemble(members.networks, members.scaling, device="cuda").predict(batch, shown).cumulative_logits
    np.testing.assert_allclose(gpu, cpu, atol=1e-3)
