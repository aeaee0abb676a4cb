from __future__ import annotations

import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.lib import format as npy
from safetensors.numpy import save_file

from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.datasets.aligned import read_aligned

STEPS = 4


class Canary:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self._path,))


def arrays(parts: dict[str, list[str]], *, without: str | None = None) -> dict[str, np.ndarray]:
    """Arrays of each part, one segment per given id; sentiment runs from -3 to 3."""
    rng = np.random.default_rng(0)
    found: dict[str, np.ndarray] = {}
    for part, ids in parts.items():
        for name, columns in (("vision", 3), ("audio", 5), ("text", 7)):
            if name != without:
                found[f"{part}.{name}"] = rng.standard_normal((len(ids), STEPS, columns)).astype(np.float32)
        found[f"{part}.labels"] = np.linspace(-3, 3, len(ids), dtype=np.float32).reshape(-1, 1, 1)
        found[f"{part}.id"] = np.array(ids)
    return found


PARTS = {
    "train": [f"v{i}$_${j}" for i in range(4) for j in range(2)],
    "valid": ["v5$_$0", "v5$_$1"],
    "test": ["v6$_$0", "v7$_$0", "v7$_$1"],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mosei.npz"


def test_features_labels_and_published_parts_are_read(file: Path) -> None:
    np.savez_compressed(file, **arrays(PARTS))
    data = read_aligned(file)
    assert [len(data.windows[m].names) for m in Modality] == [3, 5, 7]
    assert {data.subjects[group] for group in data.test.group.tolist()} == {"v6", "v7"}
    assert data.test.engagement.tolist() == [0.0, 0.5, 1.0]
    assert data.test.level.tolist() == [0, 2, 3]
    assert data.test.batch.presence.all()
    assert len(data.train) + len(data.calibration) == 8


def test_the_card_says_that_sentiment_is_not_engagement(file: Path) -> None:
    np.savez(file, **arrays(PARTS))
    assert "NOT engagement" in read_aligned(file).card["target"]


def test_safetensors_with_ids_as_bytes_give_the_same(file: Path) -> None:
    np.savez(file, **arrays(PARTS))
    stored = arrays(PARTS)
    for part in PARTS:
        width = max(map(len, PARTS[part]))
        stored[f"{part}.id"] = np.array([list(i.encode().ljust(width, b"\0")) for i in PARTS[part]], np.uint8)
    save_file(stored, file.with_suffix(".safetensors"))
    one, other = read_aligned(file), read_aligned(file.with_suffix(".safetensors"))
    assert one.subjects == other.subjects
    np.testing.assert_array_equal(one.train.batch.values[Modality.TEXT], other.train.batch.values[Modality.TEXT])


def test_a_modality_that_is_not_there_is_absent_and_never_zero(file: Path) -> None:
    np.savez(file, **arrays(PARTS, without="audio"))
    data = read_aligned(file)
    assert not data.train.batch.valid[Modality.AUDIO].any()
    assert np.isnan(data.train.batch.values[Modality.AUDIO]).all()
    assert data.train.batch.presence.tolist()[0] == [True, False, True]


def test_nan_is_not_measured_and_steps_filled_up_with_zeros_hold_no_evidence(file: Path) -> None:
    stored = arrays(PARTS)
    stored["test.vision"][0, 0] = 0
    stored["test.vision"][0, 1, 0] = np.nan
    stored["test.vision"][0, 2] = np.nan
    np.savez(file, **stored)
    batch = read_aligned(file).test.batch
    assert batch.valid[Modality.VISION][0].tolist() == [False, True, False, True]
    assert np.isnan(batch.values[Modality.VISION][0, [0, 2]]).all()
    assert np.isnan(batch.values[Modality.VISION][0, 1]).tolist() == [True, False, False]
    assert batch.quality[Modality.VISION][0].tolist() == [0, 1, 0, 1]


def test_one_set_without_parts_is_split_by_video(file: Path) -> None:
    stored = arrays({"train": [f"v{i}[{j}]" for i in range(8) for j in range(3)]})
    np.savez(file, **{name.removeprefix("train."): array for name, array in stored.items()})
    data = read_aligned(file)
    assert data.card["split"].startswith("by subject")
    assert sorted(data.subjects.values()) == [f"v{i}" for i in range(8)]


def test_ids_with_times_name_the_video_first(file: Path) -> None:
    stored = arrays(PARTS)
    for part, ids in PARTS.items():
        stored[f"{part}.id"] = np.array([[[i.split("$")[0], "0.5", "3.25"]] for i in ids])
    np.savez(file, **stored)
    assert set(read_aligned(file).subjects.values()) == {"v0", "v1", "v2", "v3", "v5", "v6", "v7"}


@pytest.mark.parametrize("name", ["mosei.pkl", "mosei.npz"])
def test_a_pickle_is_refused_and_not_opened_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary"
    (tmp_path / name).write_bytes(pickle.dumps(Canary(canary)))
    with pytest.raises(BadInputError, match=r"opening a pickle can run code; .* numpy\.savez_compressed"):
        read_aligned(tmp_path / name)
    assert not canary.exists()


def test_an_npz_of_pickled_objects_is_refused_and_not_opened(tmp_path: Path, file: Path) -> None:
    canary = tmp_path / "canary"
    stored = arrays(PARTS)
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in stored.items():
            with archive.open(f"{name}.npy", "w") as stream:
                npy.write_array(stream, array, allow_pickle=False)
        with archive.open("train.speaker.npy", "w") as stream:
            npy.write_array(stream, np.array([Canary(canary)] * 8, object), allow_pickle=True)
    with pytest.raises(BadInputError, match="holds Python objects"):
        read_aligned(file)
    assert not canary.exists()


def test_a_torch_archive_is_refused_and_not_opened(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    with zipfile.ZipFile(tmp_path / "features", "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(Canary(canary)))
    with pytest.raises(BadInputError, match="pickle"):
        read_aligned(tmp_path / "features")
    assert not canary.exists()


def test_a_header_that_promises_more_than_the_file_holds_asks_for_no_memory(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive, archive.open("train.vision.npy", "w") as stream:
        npy.write_array_header_1_0(stream, {"descr": "<f4", "fortran_order": False, "shape": (2**40, 8, 8)})
    with pytest.raises(BadInputError, match="does not hold what its header says"):
        read_aligned(file)


@pytest.mark.parametrize("size", [0, 30, 3000])
def test_a_truncated_file_is_refused(file: Path, size: int) -> None:
    np.savez(file, **arrays(PARTS))
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(BadInputError, match=r"damaged|neither"):
        read_aligned(file)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"test.labels": None}, "the part test has no labels"),
        ({"test.labels": np.array([0.0, 4.0, 1.0])}, "outside -3 to 3"),
        ({"test.labels": np.array([0.0, np.nan, 1.0])}, "outside -3 to 3"),
        ({"test.id": None}, "there is no id"),
        ({"test.vision": np.zeros((3, STEPS, 4), np.float32)}, "the same in all parts"),
        ({"test.vision": np.zeros((2, STEPS, 3), np.float32)}, "vision of the part test has not one row per label"),
        ({"test.vision": np.full((3, STEPS, 3), np.inf, np.float32)}, "infinite"),
        ({"later.labels": np.zeros(3)}, "belongs to no part"),
        ({"labels": np.zeros(3)}, "name all arrays"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(file: Path, change: dict[str, np.ndarray | None], complaint: str) -> None:
    stored = {name: array for name, array in (arrays(PARTS) | change).items() if array is not None}
    np.savez(file, **stored)
    with pytest.raises(BadInputError, match=complaint):
        read_aligned(file)
