from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.progress import CancelToken, silent
from classroom_analyzer.errors import BadModelError, OutputNotWritableError, StoppedByUserError
from classroom_analyzer.fusion.bundle import load_bundle
from classroom_analyzer.fusion.encoders import fit_scaling
from classroom_analyzer.models import assets
from classroom_analyzer.training.checkpoint import Checkpoints
from classroom_analyzer.training.datasets.data_set import DataSet
from classroom_analyzer.training.fusion.member import hide
from classroom_analyzer.training.fusion.presets import read_preset
from classroom_analyzer.training.fusion.train import Run, rival_path, train_ensemble, train_fusion, train_fusion_on
from classroom_analyzer.training.labelled_rows import join_labelled
from classroom_analyzer.training.simulator.sets import simulate_sets


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fusion")
    card = train_fusion(folder / "fusion.safetensors", classes=4, quick=True, run=Run(log_dir=folder / "logs"))
    return folder, card


@pytest.fixture(scope="module")
def data():
    return simulate_sets(4, seed=3)


def preset(epochs: int):
    found = read_preset("attention")
    return replace(found, recipe=replace(found.recipe, epochs=epochs))


def ensemble_of(data, epochs, checkpoints=None, cancel=None, report=silent):
    sets = list(zip(data.train, data.validation, strict=True))[:2]
    scaling = fit_scaling(join_labelled(data.train).batch)
    run = Run(5, cancel=cancel, progress=report)
    return train_ensemble(preset(epochs), sets, scaling, run, name="attention", checkpoints=checkpoints)


def weights(ensemble) -> list[torch.Tensor]:
    return [value for network in ensemble.networks for value in network.state_dict().values()]


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
    assert len(card["without_modality_dropout"]["paired_ci95"]) == 2


def test_the_written_bundle_loads_with_its_rivals_beside_it_and_no_checkpoint_is_left(trained):
    folder, card = trained
    assert load_bundle(folder / "fusion.safetensors").card == card
    for kind in ("concatenation", "weighted_average"):
        rival = load_bundle(rival_path(folder / "fusion.safetensors", kind))
        assert rival.kind.value == kind
        assert "NOT validated" in rival.card["notice"]
    assert not list(folder.glob("*checkpoint*"))


def test_tensorboard_holds_losses_the_confusion_matrix_and_weights_of_modalities(trained):
    folder, _ = trained
    log = EventAccumulator(str(folder / "logs" / "attention-0"), size_guidance={"images": 10})
    log.Reload()
    assert {"loss/train", "loss/held_out", "learning_rate"} <= set(log.Tags()["scalars"])
    assert {"confusion", "weights"} <= set(log.Tags()["images"])


def test_the_same_seed_trains_the_same_weights_bit_for_bit_and_leaves_the_global_generator_alone(data):
    before = torch.get_rng_state()
    one, two = (weights(ensemble_of(data, 1)) for _ in range(2))
    assert torch.equal(before, torch.get_rng_state())
    assert all(torch.equal(a, b) for a, b in zip(one, two, strict=True))


def test_a_stopped_training_goes_on_bit_for_bit(data, tmp_path):
    straight = weights(ensemble_of(data, 3))
    cancel, checkpoints = CancelToken(), Checkpoints(tmp_path)

    def stop_in_the_second_member(label: str, done: float, total: float) -> None:
        if "member 2" in label and done == 2:
            cancel.cancel()

    with pytest.raises(StoppedByUserError):
        ensemble_of(data, 3, checkpoints, cancel, stop_in_the_second_member)
    resumed = weights(ensemble_of(data, 3, checkpoints))
    assert all(torch.equal(a, b) for a, b in zip(straight, resumed, strict=True))


def test_a_data_set_trains_a_bundle_for_its_own_columns_and_the_card_names_its_target(tmp_path):
    text = assets.path("fusion", "weighted_average.toml").read_text().replace("epochs = 25", "epochs = 1")
    (tmp_path / "quick.toml").write_text(text)
    windows = {m: replace(spec, names=tuple(f"x{i}" for i in range(len(spec.names)))) for m, spec in WINDOWS.items()}
    sets = simulate_sets(4, seed=1)
    rows = [join_labelled(sets.train), join_labelled(sets.validation), sets.calibration, sets.test]
    data = DataSet("made up", windows, *rows, subjects={}, card={"target": "a number, NOT engagement"})
    card = train_fusion_on(data, tmp_path / "own.safetensors", preset=str(tmp_path / "quick.toml"), members=1)
    assert "NOT engagement" in card["limits"][0]
    assert card["against"]["index"] is None
    assert load_bundle(tmp_path / "own.safetensors", windows).windows == windows
    with pytest.raises(BadModelError, match="other measurements"):
        load_bundle(tmp_path / "own.safetensors")


def test_modality_dropout_never_hides_everything():
    present = torch.from_numpy(np.random.default_rng(0).random((500, 3)) < 0.6)
    with torch.random.fork_rng(devices=[]):
        shown = hide(present, 0.9)
    assert (shown <= present).all()
    assert torch.equal(shown.any(dim=1), present.any(dim=1))


def test_a_cancelled_training_writes_nothing(tmp_path):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        train_fusion(tmp_path / "fusion.safetensors", classes=4, quick=True, run=Run(cancel=cancel))
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_trained(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritableError):
        train_fusion(tmp_path / "file" / "fusion.safetensors", run=Run(progress=pytest.fail))
