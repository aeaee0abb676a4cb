from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from classroom_analyzer.domain.readings import Reading, SeatSecond, VisionSecond
from classroom_analyzer.errors import BadModelError
from classroom_analyzer.models.safe import sha256_of
from classroom_analyzer.perception.vision.affect import PARTS, STATES, AffectHead, AffectWatch, load_affect, pooled

D = 3
ENCODER_SHA = "e" * 64


def head_arrays() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    bias = np.tile(np.float32([1.0, 0.0, -1.0]), (len(STATES), 1))
    weight = rng.normal(0, 1, (len(STATES), 2 * D)).astype(np.float32)
    return dict(zip(PARTS, (np.zeros(2 * D, np.float32), np.ones(2 * D, np.float32), weight, bias), strict=True))


def head() -> AffectHead:
    return AffectHead(**head_arrays())


def second(t_s: int, seats: range) -> VisionSecond:
    rows = tuple(SeatSecond(seat, 1.0, 1.0, 0.0, 0.0, 0.0, 30.0, 0.8, 0.0, "ok") for seat in seats)
    return VisionSecond(t_s, 4, float(len(rows)), rows, ())


def watched(seats: int, seconds: int, blind: tuple[int, ...] = (), minimum: int = 5) -> tuple[Reading, ...]:
    """Readings after some seconds; in ``blind`` ones no face was encoded."""
    watch, rng = AffectWatch(head(), minimum), np.random.default_rng(1)
    readings: tuple[Reading, ...] = ()
    for t_s in range(1, seconds + 1):
        codes = {seat: rng.normal(0, 1, D).astype(np.float32) for seat in range(1, seats + 1)}
        readings = watch.second(second(t_s, range(1, seats + 1)), {} if t_s in blind else codes)
    return readings


def test_rows_are_of_the_class_with_n_and_quality_and_name_no_seat() -> None:
    rows = watched(seats=6, seconds=10)
    assert [row.name for row in rows] == ["affect.boredom", "affect.confusion", "affect.frustration"]
    assert all(row.n == 6 and row.unit == "share" for row in rows)
    assert all(row.value is not None and 0 < row.value < 1 for row in rows)
    assert all(row.quality == pytest.approx(0.8) for row in rows)


def test_below_the_group_minimum_there_is_no_value() -> None:
    assert all(row.value is None and row.quality is None and row.n == 4 for row in watched(seats=4, seconds=10))


def test_the_group_minimum_goes_upward_only() -> None:
    assert all(row.value is None for row in watched(seats=6, seconds=10, minimum=7))
    assert all(row.value is None for row in watched(seats=4, seconds=10, minimum=2))


def test_a_seat_counts_from_seven_of_ten_seconds_on() -> None:
    assert all(row.value is None and row.n == 0 for row in watched(seats=5, seconds=6))
    assert all(row.value is not None and row.n == 5 for row in watched(seats=5, seconds=7))
    assert all(row.value is None for row in watched(seats=5, seconds=20, blind=(12, 14, 16, 18)))
    gappy = watched(seats=5, seconds=20, blind=(14, 16, 18))
    assert all(row.quality == pytest.approx(0.7 * 0.8) for row in gappy)


def test_a_high_label_is_more_probable_the_higher_the_score_and_levels_are_ordered() -> None:
    windows = np.random.default_rng(2).normal(0, 1, (50, 2 * D)).astype(np.float32)
    logits = head().logits(windows)
    assert logits.shape == (50, 4, 3)
    assert (np.diff(logits, axis=2) < 0).all()
    np.testing.assert_allclose(head().high(windows), 1 / (1 + np.exp(-logits[..., 1])))


def test_a_window_is_summed_up_as_mean_and_spread_whatever_its_order() -> None:
    codes = np.random.default_rng(3).normal(0, 1, (8, D)).astype(np.float32)
    np.testing.assert_allclose(pooled(codes)[:D], codes.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(pooled(codes)[D:], codes.std(axis=0), atol=1e-4)
    np.testing.assert_allclose(pooled(codes), pooled(codes[::-1]), atol=1e-6)


def written(folder: Path, arrays: dict[str, np.ndarray], **card: object) -> Path:
    path = folder / "affect.safetensors"
    save_file(arrays, path)
    about: dict[str, object] = {
        "states": list(STATES),
        "policy_needed": "research",
        "face_encoder": {"spec": "dir:faces", "sha256": ENCODER_SHA},
        "sha256": sha256_of(path),
    }
    path.with_suffix(".json").write_text(json.dumps(about | card), encoding="utf-8")
    return path


def test_what_was_written_is_loaded_again(tmp_path: Path) -> None:
    windows = np.random.default_rng(2).normal(0, 1, (5, 2 * D)).astype(np.float32)
    loaded = load_affect(written(tmp_path, head_arrays()), ENCODER_SHA)
    np.testing.assert_array_equal(loaded.logits(windows), head().logits(windows))


@pytest.mark.parametrize(
    ("change", "card", "said"),
    [
        ({}, {"face_encoder": {"spec": "dir:other", "sha256": "f" * 64}}, "--face-encoder"),
        ({}, {"face_encoder": None}, "--face-encoder"),
        ({}, {"policy_needed": "engagement"}, "card"),
        ({}, {"states": ["boredom"]}, "card"),
        ({}, {"sha256": "0" * 64}, "refused"),
        ({"weight": np.zeros((4, 5), np.float32)}, {}, "arrays"),
        ({"bias": np.zeros((4, 2), np.float32)}, {}, "arrays"),
        ({"scale": np.zeros(2 * D, np.float32)}, {}, "arrays"),
    ],
)
def test_a_head_that_does_not_fit_is_refused_in_one_sentence(
    tmp_path: Path, change: dict[str, np.ndarray], card: dict[str, object], said: str
) -> None:
    with pytest.raises(BadModelError, match=said):
        load_affect(written(tmp_path, head_arrays() | change, **card), ENCODER_SHA)


def test_a_head_without_a_card_or_without_its_arrays_is_refused(tmp_path: Path) -> None:
    arrays = head_arrays()
    arrays.pop("bias")
    path = written(tmp_path, arrays)
    with pytest.raises(BadModelError, match="bias"):
        load_affect(path, ENCODER_SHA)
    path.with_suffix(".json").unlink()
    with pytest.raises(BadModelError, match="card"):
        load_affect(path, ENCODER_SHA)
