from __future__ import annotations

import numpy as np
import pytest
import torch

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import StoppedByUserError
from classroom_analyzer.fusion.bundle import load_bundle
from classroom_analyzer.fusion.encoders import fit_scaling
from classroom_analyzer.fusion.network import FusionKind
from classroom_analyzer.training.fusion import Recipe, _hide, simulate_data, train_ensemble, train_fusion
from classroom_analyzer.training.labelled_rows import join_labelled

QUICK = Recipe(epochs=2, batch_rows=128)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fusion")
    card = train_fusion(folder / "fusion.safetensors", classes=4, recipe=QUICK, log_dir=folder / "logs")
    return folder, card


def test_the_card_says_first_that_it_is_not_validated_on_real_classes(trained):
    _, card = trained
    assert "NOT validated on real classes" in card["notice"]
    assert card["policy_needed"] == "engagement"
    assert card["gates_passed"] is False
    assert "grading" in card["out_of_scope"]


def test_the_card_prints_baselines_and_competitors_beside_the_seven_subsets(trained):
    _, card = trained
    assert len(card["subsets"]) == 7
    assert set(card["baselines"]) == {"majority", "prior", "constant"}
    assert set(card["against"]) == {"index", "weighted_average", "concatenation"}
    assert card["best_single"] in card["subsets"]
    assert {row["subset"] for row in card["calibration"]["subsets"]} == set(card["subsets"])


def test_the_written_bundle_loads_and_tensorboard_has_scalars(trained):
    folder, card = trained
    assert load_bundle(folder / "fusion.safetensors").card == card
    assert list((folder / "logs").rglob("events.out.*"))


def test_the_same_seed_trains_the_same_weights_bit_for_bit_and_leaves_the_global_generator_alone():
    data = simulate_data(4, seed=3)
    scaling = fit_scaling(join_labelled(data.train).batch)
    before = torch.get_rng_state()
    one, two = (train_ensemble(FusionKind.ATTENTION, data, scaling, 5, recipe=Recipe(epochs=1)) for _ in range(2))
    assert torch.equal(before, torch.get_rng_state())
    for a, b in zip(one.networks, two.networks, strict=True):
        for name, value in a.state_dict().items():
            assert torch.equal(value, b.state_dict()[name])


def test_modality_dropout_never_hides_everything():
    present = torch.from_numpy(np.random.default_rng(0).random((500, 3)) < 0.6)
    with torch.random.fork_rng(devices=[]):
        shown = _hide(present, 0.9)
    assert (shown <= present).all()
    assert torch.equal(shown.any(dim=1), present.any(dim=1))


def test_a_cancelled_training_writes_nothing(tmp_path):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        train_fusion(tmp_path / "fusion.safetensors", classes=4, recipe=QUICK, cancel=cancel)
    assert not list(tmp_path.iterdir())
