from __future__ import annotations

import numpy as np
import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import StoppedByUserError
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.fusion.index import AdditiveIndex
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.fusion.novelty import fit_gauge
from classroom_analyzer.training.fusion import robustness
from classroom_analyzer.training.fusion.temperatures import fit_calibration, rows_with
from classroom_analyzer.training.simulator.classes import simulate_classes
from classroom_analyzer.training.simulator.worlds import TRAINING_WORLDS
from tests.fusion.fusion_samples import windows
from tests.training.fusion.fusion_bundles import untrained_bundle

ALL = frozenset(MODALITIES)
SCALE = {m: np.arange(1, len(spec.names) + 1.0) for m, spec in WINDOWS.items()}


@pytest.fixture(scope="module")
def rows():
    found = simulate_classes(TRAINING_WORLDS[0], 12, seed=1)
    return found.take(rows_with(found, np.ones(3, bool)))


@pytest.fixture(scope="module")
def index(rows):
    gauges = {m: fit_gauge(WINDOWS[m], rows.batch, rows.batch) for m in MODALITIES}
    calibration, _ = fit_calibration(AdditiveIndex(), rows, rows)
    return FusionBundle(FusionKind.ATTENTION, AdditiveIndex(), calibration, gauges, {})


def test_a_share_of_the_steps_is_lost_in_one_stretch_and_nothing_is_left_there():
    batch = windows(2000)
    lost = robustness.lose_steps(batch, frozenset({Modality.AUDIO}), 0.25, np.random.default_rng(0))
    gone = ~lost.valid[Modality.AUDIO]
    assert gone.mean() == pytest.approx(0.25, abs=0.01)
    assert (np.abs(np.diff(gone.astype(int), axis=1, prepend=0, append=0)).sum(axis=1) <= 2).all()
    assert np.isnan(lost.values[Modality.AUDIO][gone]).all()
    assert (lost.quality[Modality.AUDIO][gone] == 0).all()
    assert gone.any(axis=0).all()  # anywhere in the window
    np.testing.assert_array_equal(lost.values[Modality.VISION], batch.values[Modality.VISION])


def test_noise_has_the_asked_spread_and_unmeasured_values_stay_unmeasured():
    batch = windows(2000)
    batch.values[Modality.VISION][:, 0, 0] = np.nan
    noisy = robustness.add_noise(batch, ALL, 0.5, SCALE, np.random.default_rng(0))
    change = noisy.values[Modality.VISION] - batch.values[Modality.VISION]
    np.testing.assert_allclose(np.nanstd(change, axis=(0, 1)), 0.5 * SCALE[Modality.VISION], rtol=0.05)
    assert np.isnan(noisy.values[Modality.VISION][:, 0, 0]).all()


def test_a_modality_is_used_from_half_a_window_on_unless_it_is_unlike_the_training():
    bundle, batch = untrained_bundle(), windows(1)
    assert robustness.usable(bundle, batch).all()
    batch.valid[Modality.VISION][:, :6] = False
    batch.values[Modality.AUDIO][:] += 1000
    assert robustness.usable(bundle, batch).tolist() == [[False, False, True]]


def test_with_everything_lost_the_prior_is_given_and_all_abstain(index, rows):
    curves = robustness.robustness_curves({"index": index}, rows, SCALE, 0, most_rows=100)
    assert [p["rate"] for p in curves["missing"]["all"]] == list(robustness.MISSING_RATES)
    assert set(curves["noise"]) == {"vision", "audio", "text", "all"}
    untouched, *_, most = (point["index"] for point in curves["missing"]["all"])
    assert most["abstained"] == 1  # three quarters of a window gone leaves less than half
    assert most["ccc"] == pytest.approx(0)
    assert untouched["abstained"] < 1
    assert curves["missing"]["text"][0] == curves["noise"]["all"][0]
    assert 100 <= curves["rows"] < len(rows)


def test_a_stop_is_heard_between_conditions(index, rows):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        robustness.robustness_curves({"index": index}, rows, SCALE, 0, most_rows=50, cancel=cancel)
