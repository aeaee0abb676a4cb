"""The shipped bundle keeps the rules that training must not break."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.features import FeatureBatch
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.fusion.bundle import FusionBundle, load_bundle
from classroom_analyzer.models import assets
from classroom_analyzer.training.simulator.classes import simulate_classes
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS
from tests.fusion.fusion_samples import windows

ROWS = 60


@pytest.fixture(scope="module")
def shipped() -> FusionBundle:
    return load_bundle(assets.path("models", "fusion.safetensors"))


def with_facing(batch: FeatureBatch, share: float) -> FeatureBatch:
    values = batch.values[Modality.VISION].copy()
    values[..., 1] = share
    return replace(batch, values={**batch.values, Modality.VISION: values})


def effect_of_facing_away(bundle: FusionBundle, phase: Phase) -> float:
    shown = np.tile([True, False, False], (ROWS, 1))
    here, away = (bundle.estimate(with_facing(windows(ROWS, phase), s), shown).mean for s in (0.95, 0.05))
    return float((away - here).mean())


def test_facing_away_lowers_the_estimate_of_a_lecture(shipped):
    assert effect_of_facing_away(shipped, Phase.LECTURE) < -0.05


@pytest.mark.parametrize("phase", [Phase.SILENT_WORK, Phase.GROUP_WORK])
def test_facing_away_carries_no_negative_weight_in_silent_and_group_work(shipped, phase):
    assert effect_of_facing_away(shipped, phase) == 0


def test_the_card_says_that_it_is_not_validated_on_real_classes(shipped):
    assert "NOT validated on real classes" in shipped.card["notice"]
    assert shipped.card["gates_passed"] is False
    assert shipped.card["policy_needed"] == "engagement"


def test_the_card_says_that_it_reached_its_goals_on_simulated_classes(shipped):
    assert {goal["name"]: goal["measured"] for goal in shipped.card["goals"] if goal["met"] is False} == {}


@pytest.mark.parametrize("lag_s", [-2.0, 2.0])
def test_sound_and_chat_two_seconds_off_hardly_change_an_estimate(shipped, lag_s):
    def estimates(lag: float):
        world = replace(TRAINING_WORLDS[0], lag_s=(lag, lag))
        rows = simulate_classes(world, 30, seed=11, first_class_id=20_000_000_000)
        return rows, shipped.estimate(rows.batch, np.ones((len(rows), 3), bool))

    (rows, on_time), (_, off) = estimates(0.0), estimates(lag_s)
    assert np.abs(off.mean - on_time.mean).mean() < 0.02
    errors = [np.mean((found.mean - rows.engagement) ** 2) for found in (on_time, off)]
    assert errors[1] < 1.02 * errors[0]


def test_usual_windows_are_not_out_of_distribution(shipped):
    for modality, gauge in shipped.gauges.items():
        assert gauge.is_novel(windows(ROWS)).mean() < 0.1, modality
