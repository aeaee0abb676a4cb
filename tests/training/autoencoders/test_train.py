from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import soundfile
import torch

from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.errors import BadInputError, StoppedByUserError, UsageError
from classroom_analyzer.models.safe import load_card, load_tensors
from classroom_analyzer.perception.audio.sound_autoencoder import AutoencoderSoundEncoder
from classroom_analyzer.training.autoencoders.cards import augmented_faces
from classroom_analyzer.training.autoencoders.train import AutoencoderKind, Options, Recipe, train_autoencoder
from classroom_analyzer.training.media_data import text_rows, trainable_files

SHORT = Recipe(epochs=2, batch_rows=16)
COLUMNS = ("path", "source_repo", "licence", "train", "description")


def _manifest(data: Path, *lines: tuple[str, str]) -> None:
    rows = [COLUMNS, *((path, "us/ours", "CC0", train, "made by a test") for path, train in lines)]
    (data / "MANIFEST.tsv").write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """Five recordings of hums; two more that must never be opened (one is no sound, one is missing)."""
    data = tmp_path / "data"
    (data / "audio").mkdir(parents=True)
    t = np.arange(3 * 16_000) / 16_000
    names = [f"audio/hum{k}.flac" for k in range(5)]
    for k, name in enumerate(names):
        soundfile.write(data / name, 0.2 * np.sin(2 * np.pi * (200 + 150 * k) * t) * np.sin(3 * t), 16_000)
    (data / "audio" / "secret.flac").write_bytes(b"not sound")
    _manifest(data, *((name, "yes") for name in names), ("audio/secret.flac", "no"), ("audio/gone.flac", "no"))
    return data


def test_only_files_marked_for_training_are_named(sounds: Path) -> None:
    assert [f.name for f in trainable_files(sounds)] == [f"audio/hum{k}.flac" for k in range(5)]


def test_training_writes_weights_that_analysis_loads_and_a_card(sounds: Path, tmp_path: Path) -> None:
    card = train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path / "out", tmp_path, recipe=SHORT)
    weights = tmp_path / "out" / "sound-autoencoder.safetensors"
    assert load_card(weights) == json.loads(json.dumps(card))
    assert card["groups"] == 5
    assert card["rows"] == {"training": 36, "held_out": 9}
    assert card["held_out_mse"] > 0
    assert card["baseline_mse"] > 0
    assert {"licence", "limits", "attribution", "training_sets", "command", "policy_needed", "date"} <= set(card)
    code = AutoencoderSoundEncoder(weights, "cpu").encode(np.ones(16_000, np.float32))
    assert code.embedding.shape == (32,)
    assert code.novelty is not None
    assert not list((tmp_path / "out").glob(".*"))


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(sounds: Path, tmp_path: Path) -> None:
    sums = [
        train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path / f"{k}", tmp_path, seed=seed, recipe=SHORT)["sha256"]
        for k, seed in enumerate((7, 7, 8))
    ]
    assert sums[0] == sums[1] != sums[2]


def test_with_each_group_held_out_once_every_row_is_judged_and_trained_on(sounds: Path, tmp_path: Path) -> None:
    recipe = Recipe(epochs=1, batch_rows=16, each_group_once=True)
    card = train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path, tmp_path, recipe=recipe)
    assert card["rows"] == {"training": 45, "held_out": 45}


def test_more_training_reconstructs_better(sounds: Path, tmp_path: Path) -> None:
    errors = [
        train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path, tmp_path, recipe=Recipe(epochs))["held_out_mse"]
        for epochs in (1, 15)
    ]
    assert errors[1] < errors[0]


def test_after_a_stop_nothing_is_written(sounds: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(StoppedByUserError):
        train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path / "out", tmp_path, cancel=cancel)
    assert not (tmp_path / "out").exists()


def test_a_stopped_run_over_several_splits_goes_on_to_the_same_weights(sounds: Path, tmp_path: Path) -> None:
    recipe = Recipe(epochs=2, batch_rows=16, each_group_once=True)
    straight = train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path / "straight", tmp_path, recipe=recipe)
    cancel = CancelToken()
    epochs: list[str] = []

    def stop_in_third_split(step: str, completed: float, total: float | None) -> None:
        if step.startswith("training"):
            epochs.append(f"{step} {completed:.0f}")
        if len(epochs) == 5:
            cancel.cancel()

    with pytest.raises(StoppedByUserError, match="training without group 3 of 5: 1 epochs are kept"):
        train_autoencoder(
            AutoencoderKind.SOUND,
            sounds,
            tmp_path / "out",
            tmp_path,
            recipe=recipe,
            progress=stop_in_third_split,
            cancel=cancel,
        )
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["sound-autoencoder-checkpoints"]
    resumed = train_autoencoder(
        AutoencoderKind.SOUND,
        sounds,
        tmp_path / "out",
        tmp_path,
        recipe=recipe,
        options=Options(resume=True),
        progress=stop_in_third_split,
    )
    assert len(epochs) == 5 + 1 + 2 * 2 + 2  # the third split's second epoch, two splits, the shipped network
    assert resumed == straight
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "sound-autoencoder.json",
        "sound-autoencoder.safetensors",
    ]


def test_a_training_on_noise_says_how_well_noise_is_taken_away(sounds: Path, tmp_path: Path) -> None:
    card = train_autoencoder(
        AutoencoderKind.SOUND, sounds, tmp_path, tmp_path, recipe=SHORT, options=Options(noise_sd=1.0)
    )
    assert card["denoising"]["noise_sd"] == 1.0
    assert 0 < card["denoising"]["held_out_mse"] != card["held_out_mse"]
    assert "--epochs 2 --noise 1" in card["command"]


@pytest.mark.parametrize("ending", ["parquet", "safetensors"])
def test_codes_are_written_by_group_and_say_which_rows_were_held_out(sounds: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "more" / f"codes.{ending}"
    options = Options(latents=path)
    train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path / "out", tmp_path, recipe=SHORT, options=options)
    if ending == "parquet":
        table = pl.read_parquet(path)
        names = [name for name in table.columns if not name.startswith("code_")]
        codes, group, held_out = table.drop(names).to_numpy(), table["group"].to_numpy(), table["held_out"].to_numpy()
    else:
        tensors = load_tensors(path)
        names = [name for name in ("group", "row", "held_out", "error") if name in tensors]
        codes, group, held_out = tensors["code"], tensors["group"], tensors["held_out"].astype(bool)
        assert set(tensors) == {*names, "code"}
    assert names == ["group", "row", "held_out", "error"]  # and nothing of the sound itself
    assert codes.shape == (45, 32)
    assert set(group[held_out]) == {0}
    assert held_out.sum() == 9


def test_codes_of_an_unknown_format_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.parquet or \.safetensors"):
        train_autoencoder(
            AutoencoderKind.SOUND, tmp_path / "no", tmp_path, tmp_path, options=Options(latents=tmp_path / "c.csv")
        )


def test_tensorboard_holds_losses_and_reconstructions(sounds: Path, tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    options = Options(log_dir=tmp_path / "logs", noise_sd=0.5)
    card = train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path / "out", tmp_path, recipe=SHORT, options=options)
    events = EventAccumulator(str(tmp_path / "logs" / "split-0"))
    events.Reload()
    assert [event.step for event in events.Scalars("loss/train")] == [1, 2]
    assert events.Scalars("loss/held_out")[-1].value == pytest.approx(card["held_out_mse"], rel=1e-5)
    picture = events.Images("reconstruction")[-1]
    assert (picture.width, picture.height) == (8 * 100, 3 * 64)  # eight seconds: clean, noisy, reconstructed


def test_training_leaves_torchs_settings_as_they_were(sounds: Path, tmp_path: Path) -> None:
    before = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled(), torch.get_rng_state()
    train_autoencoder(AutoencoderKind.SOUND, sounds, tmp_path, tmp_path, recipe=SHORT)
    assert (torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()) == before[:2]
    assert torch.equal(torch.get_rng_state(), before[2])


@pytest.mark.parametrize("lines", [None, ("audio/x.flac", "no")])
def test_a_folder_without_anything_to_train_on_is_refused(tmp_path: Path, lines: tuple[str, str] | None) -> None:
    if lines is not None:
        _manifest(tmp_path, lines)
    with pytest.raises(BadInputError, match=r"MANIFEST\.tsv"):
        train_autoencoder(AutoencoderKind.SOUND, tmp_path, tmp_path / "out", tmp_path, recipe=SHORT)


def test_texts_are_distinct_and_a_lesson_is_never_in_both_parts(tmp_path: Path) -> None:
    header = "obs_id,student_text,teacher_text\n"
    lines = "".join(f"{k % 10},answer {k},well done {k}\n" for k in range(60)) + '3,answer 1,"so, why?"\n'
    (tmp_path / "uptake_train.csv").write_text(header + lines, encoding="utf-8")
    _manifest(tmp_path, ("uptake_train.csv", "yes"))
    rows = text_rows(tmp_path)
    assert len(set(rows.values.tolist())) == len(rows.values) == 121
    assert len(set(rows.group.tolist())) == 10
    lesson_of = {f"answer {k}": k % 10 for k in range(60)} | {f"well done {k}": k % 10 for k in range(60)}
    lesson_of["so, why?"] = 3
    parts = {
        out: {lesson_of[text] for text, held in zip(rows.values.tolist(), rows.held_out, strict=True) if held == out}
        for out in (True, False)
    }
    assert len(parts[True]) == 2
    assert not parts[True] & parts[False]


def test_a_text_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bridge_train.json").write_text('[{"c_id": "1_2"}]', encoding="utf-8")
    _manifest(tmp_path, ("bridge_train.json", "yes"))
    with pytest.raises(BadInputError, match="another shape"):
        text_rows(tmp_path)


def test_augmented_faces_stay_faces_in_range_and_differ_from_row_to_row() -> None:
    torch.manual_seed(0)
    face = torch.linspace(-1, 1, 64).expand(3, 64, 64)
    changed = augmented_faces(face.expand(8, 3, 64, 64).clone())
    assert changed.shape == (8, 3, 64, 64)
    assert changed.min() >= -1
    assert changed.max() <= 1
    assert len({round(float(row.sum()), 3) for row in changed}) > 4
