from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classroom_analyzer.domain.estimates import Coverage, EstimateStatus
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import Phase
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.estimator import Estimator
from classroom_analyzer.fusion.rows import take_rows
from tests.fusion.fusion_samples import windows

ALL = frozenset(MODALITIES)


def ask(
    bundle: FusionBundle, seats=6, size=6, without=(), switched_on=ALL, seat_status=None, batch=None, coverage=None
):
    """Estimate a class of which ``seats`` are fully seen."""
    batch = batch or windows(6, without=without)
    off = {m: m in without or m not in switched_on for m in MODALITIES}
    shares = (seats / size if size else 0.0, 1.0, 1.0)
    default = Coverage(*(None if off[m] else share for m, share in zip(MODALITIES, shares, strict=True)))
    head = take_rows(batch, np.array([0]))
    return Estimator(bundle).estimate(
        t_s=60,
        seats=tuple(range(1, seats + 1)),
        seat_batch=take_rows(batch, np.arange(seats)),
        class_batch=replace(head, valid={**head.valid, Modality.VISION: np.zeros((1, 10), bool)}),
        class_size=size,
        coverage=coverage or default,
        observed=(shares[0] + 2) / 3,
        phase=Phase.LECTURE,
        switched_on=switched_on,
        seat_status=seat_status,
    )


def with_thresholds(bundle: FusionBundle, tau: float = 0.0, seat_tau: float = 0.0) -> FusionBundle:
    return replace(bundle, calibration=replace(bundle.calibration, tau=tau, seat_tau=seat_tau))


def test_contributions_sum_to_the_estimate_minus_the_prior(bundle):
    line, _ = ask(bundle, seats=4)
    assert line.status is EstimateStatus.OK
    assert sum(line.contribution) == pytest.approx(line.engagement - bundle.calibration.prior, abs=1e-6)


def test_the_class_is_the_mean_of_its_seats_when_all_are_seen(bundle):
    line, seats = ask(bundle)
    assert line.engagement == pytest.approx(np.mean([s.engagement for s in seats]))
    assert line.seats_seen == 6


def test_unseen_seats_use_what_sound_and_chat_say(bundle):
    _, seats = ask(bundle, seats=4)
    unseen, _ = ask(bundle, seats=0)
    line, _ = ask(bundle, seats=4)
    own = sum(s.engagement for s in seats if s.engagement is not None)
    assert line.engagement == pytest.approx((own + 2 * unseen.engagement) / 6)


def test_without_sound_and_chat_unseen_seats_get_the_prior(bundle):
    line, seats = ask(bundle, seats=4, without=(Modality.AUDIO, Modality.TEXT))
    own = sum(s.engagement for s in seats)
    assert line.engagement == pytest.approx((own + 2 * bundle.calibration.prior) / 6)
    assert line.contribution[1:] == (None, None)
    assert line.contribution[0] == pytest.approx(line.engagement - bundle.calibration.prior)


@pytest.mark.parametrize("without", [(), (Modality.AUDIO,), (Modality.AUDIO, Modality.TEXT)])
def test_when_one_of_six_seats_goes_dark_the_band_widens_and_the_line_moves_less_than_half_of_it(bundle, without):
    before, _ = ask(bundle, seats=6, without=without)
    after, _ = ask(bundle, seats=5, without=without)
    assert after.coverage < before.coverage
    assert after.high - after.low > before.high - before.low
    assert abs(after.engagement - before.engagement) < (after.high - after.low) / 2


def test_the_band_widens_with_every_seat_that_vanishes(bundle):
    widths = [line.high - line.low for line in (ask(bundle, seats=k)[0] for k in (6, 5, 4, 3))]
    assert widths == sorted(widths)


def test_under_half_the_seats_vision_leaves_the_class_line_but_not_the_seats(bundle):
    line, seats = ask(bundle, seats=2)
    alone, _ = ask(bundle, seats=0)
    assert line.contribution[0] is None
    assert line.engagement == pytest.approx(alone.engagement, abs=1e-6)
    assert line.seats_seen == 2
    assert all(s.status is EstimateStatus.OK for s in seats)


def test_nothing_observed_gives_no_estimate(bundle):
    line, seats = ask(bundle, seats=0, without=tuple(MODALITIES))
    assert line.status is EstimateStatus.NO_MODALITY
    assert (line.engagement, line.low, line.high, line.level_probabilities) == (None,) * 4
    assert line.contribution == (None, None, None)
    assert seats == ()


def test_too_few_seats_and_nothing_else_is_low_coverage(bundle):
    line, _ = ask(bundle, seats=2, without=(Modality.AUDIO, Modality.TEXT))
    assert line.status is EstimateStatus.LOW_COVERAGE


def test_faces_that_are_all_too_small_are_named_as_the_reason(bundle):
    line, seats = ask(
        bundle, seats=0, without=tuple(MODALITIES), seat_status={1: "too_small", 2: "too_small", 3: "unseen"}
    )
    assert line.status is EstimateStatus.TOO_SMALL
    assert [s.status for s in seats] == [
        EstimateStatus.TOO_SMALL,
        EstimateStatus.TOO_SMALL,
        EstimateStatus.LOW_COVERAGE,
    ]


def test_sound_heard_for_less_than_half_its_window_is_dropped(bundle):
    line, _ = ask(bundle, coverage=Coverage(1.0, 0.4, 1.0))
    assert line.contribution[1] is None
    assert line.contribution[2] is not None


def test_a_seat_seen_for_less_than_half_its_window_is_not_seen(bundle):
    batch = windows(6)
    batch.valid[Modality.VISION][0, :6] = False
    line, seats = ask(bundle, batch=batch)
    assert line.seats_seen == 5
    assert seats[0].status is EstimateStatus.LOW_COVERAGE
    assert seats[0].engagement is None


def test_a_modality_that_is_switched_off_is_neither_used_nor_counted(bundle):
    line, _ = ask(bundle, switched_on=frozenset({Modality.VISION}))
    assert line.contribution[1:] == (None, None)
    assert line.coverage == 1.0


def test_an_excluded_seat_has_no_estimate_and_is_not_seen(bundle):
    line, seats = ask(bundle, seat_status={1: "excluded"})
    assert seats[0].status is EstimateStatus.EXCLUDED
    assert seats[0].engagement is None
    assert line.seats_seen == 5


def test_sound_unlike_the_training_classes_is_dropped(bundle):
    batch = windows(6)
    batch.values[Modality.AUDIO][:] *= 20
    assert ask(bundle, batch=batch)[0].contribution[1] is None
    line, _ = ask(bundle, batch=batch, seats=0, switched_on=frozenset({Modality.AUDIO}))
    assert line.status is EstimateStatus.OUT_OF_DISTRIBUTION


def test_a_seat_unlike_the_training_classes_is_not_seen(bundle):
    batch = windows(6)
    batch.values[Modality.VISION][2] *= 30
    line, seats = ask(bundle, batch=batch)
    assert line.seats_seen == 5
    assert seats[2].status is EstimateStatus.OUT_OF_DISTRIBUTION


def test_a_line_whose_levels_cannot_be_told_apart_abstains(bundle):
    line, _ = ask(with_thresholds(bundle, tau=1.01))
    assert line.status is EstimateStatus.UNCERTAIN
    assert line.engagement is None


def test_a_seat_that_may_be_low_or_not_abstains(bundle):
    _, seats = ask(with_thresholds(bundle, seat_tau=1.01))
    assert {s.status for s in seats} == {EstimateStatus.UNCERTAIN}
    assert all(s.engagement is None for s in seats)


def test_a_silent_connected_chat_is_an_observation(bundle):
    batch = windows(6)
    batch.values[Modality.TEXT][..., :3] = 0
    batch.values[Modality.TEXT][..., 3] = np.nan
    line, _ = ask(bundle, batch=batch)
    assert line.contribution[2] is not None


def test_the_interval_holds_the_estimate_and_levels_sum_to_one(bundle):
    line, seats = ask(bundle)
    assert 0 <= line.low < line.engagement < line.high <= 1
    assert sum(line.level_probabilities) == pytest.approx(1)
    assert all(s.low < s.engagement < s.high for s in seats)


def test_without_a_class_size_those_seen_are_the_class(bundle):
    line, _ = ask(bundle, size=None, coverage=Coverage(1.0, 1.0, 1.0))
    assert line.class_size == 6
    nobody, _ = ask(bundle, seats=0, size=None, coverage=Coverage(0.0, 1.0, 1.0))
    assert nobody.class_size is None
    assert nobody.engagement is not None


def test_the_same_windows_give_the_same_estimate_bit_for_bit(bundle):
    assert ask(bundle) == ask(bundle)
