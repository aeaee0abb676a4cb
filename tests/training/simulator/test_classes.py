from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.training.simulator.classes import level_of, simulate_classes
from classroom_analyzer.training.simulator.worlds import HELD_OUT_WORLDS, TRAINING_WORLDS, WorldSetting


@pytest.fixture(scope="module")
def rows():
    return simulate_classes(TRAINING_WORLDS[0], 40, seed=5)


def test_rows_have_the_columns_and_steps_that_the_engine_measures(rows):
    for modality, spec in WINDOWS.items():
        assert rows.batch.values[modality].shape == (len(rows), spec.steps, len(spec.names))
        assert rows.batch.values[modality].dtype == np.float32
        assert rows.batch.valid[modality].shape == (len(rows), spec.steps)


def test_an_invalid_step_holds_no_value_and_no_quality(rows):
    for modality in MODALITIES:
        lost = ~rows.batch.valid[modality]
        assert np.isnan(rows.batch.values[modality][lost]).all()
        assert (rows.batch.quality[modality][lost] == 0).all()


def test_values_stay_in_the_ranges_of_their_units(rows):
    vision, audio, text = (rows.batch.values[m] for m in MODALITIES)
    for shares in (vision[..., :2], audio[..., :4], text[..., 2:3]):
        assert np.nanmin(shares) >= 0
        assert np.nanmax(shares) <= 1
    assert np.nanmin(audio[..., 4]) >= 0
    assert np.nanmax(audio[..., 4]) <= 50
    assert np.nanmin(text) >= 0


def test_the_same_seed_gives_the_same_rows_and_another_seed_others():
    a, b, c = (simulate_classes(TRAINING_WORLDS[3], 3, seed=s) for s in (1, 1, 2))
    for modality in MODALITIES:
        np.testing.assert_array_equal(a.batch.values[modality], b.batch.values[modality])
    np.testing.assert_array_equal(a.level, b.level)
    assert not np.array_equal(a.engagement, c.engagement)


def test_a_class_does_not_depend_on_how_many_are_simulated_with_it():
    both = simulate_classes(TRAINING_WORLDS[0], 2, seed=1)
    second = simulate_classes(TRAINING_WORLDS[0], 1, seed=1, first_class_id=1)
    np.testing.assert_array_equal(both.engagement[both.group == 1], second.engagement)


def test_a_window_at_the_start_of_a_lesson_is_not_full(rows):
    early = rows.time_s < 60
    assert early.any()
    assert rows.batch.valid[Modality.TEXT][early].mean(axis=1).max() <= 0.5


def test_the_whole_class_is_given_on_request_and_its_mean_is_the_class_mean():
    rows = simulate_classes(TRAINING_WORLDS[0], 2, seed=3, times_per_class=2, students_per_time=None)
    first = (rows.group == 0) & (rows.time_s == rows.time_s[0])
    assert first.sum() == rows.class_size[0]
    assert rows.engagement[first].mean() == pytest.approx(rows.class_mean[0], abs=1e-5)


def test_facing_away_goes_with_low_engagement_in_lectures_but_not_in_silent_or_group_work():
    sure = replace(TRAINING_WORLDS[0], phase_error=(0.0, 0.0), vision_absent=(0.0, 0.0), audio_absent=(0.0, 0.0))
    rows = simulate_classes(sure, 80, seed=2)
    valid = rows.batch.valid[Modality.VISION]
    rows = rows.take(valid.sum(axis=1) >= 5)
    facing = np.nanmean(rows.batch.values[Modality.VISION][..., 1], axis=1)

    def correlation(phase: Phase) -> float:
        used = (rows.batch.phase == PHASES.index(phase)) & np.isfinite(facing)
        return float(np.corrcoef(facing[used], rows.engagement[used])[0, 1])

    assert correlation(Phase.LECTURE) > 0.3
    assert abs(correlation(Phase.GROUP_WORK)) < 0.25
    assert abs(correlation(Phase.SILENT_WORK)) < 0.25


def test_a_silent_connected_chat_is_a_rate_of_zero_and_valid():
    quiet = WorldSetting("quiet", chat_per_min=(0.0, 0.0), text_absent=(0.0, 0.0), source_loss=(0.0, 0.0))
    rows = simulate_classes(quiet, 3, seed=1).take(np.arange(20))
    late = rows.time_s >= 120
    assert rows.batch.valid[Modality.TEXT][late].all()
    rates = rows.batch.values[Modality.TEXT][late][..., 0]
    assert (rates == 0).mean() > 0.6
    assert np.isfinite(rates).all()


def test_a_dead_microphone_leaves_no_sound():
    assert not simulate_classes(HELD_OUT_WORLDS[2], 3, seed=1).batch.valid[Modality.AUDIO].any()


def test_levels_are_the_nearest_thirds():
    assert level_of(np.array([0.0, 0.16, 0.17, 0.49, 0.51, 0.83, 0.84, 1.2])).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
