from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.errors import OutputNotWritableError
from classroom_analyzer.training.feature_cache import FeatureCache, cache_folder, folder_settings, input_sha256

FEATURES = np.arange(12, dtype=np.float32).reshape(3, 4)
SHA = input_sha256(b"a clip")


class Counted:
    """Computes features and says how often it was asked to."""

    def __init__(self, features: np.ndarray = FEATURES) -> None:
        self.times = 0
        self._features = features

    def __call__(self) -> np.ndarray:
        self.times += 1
        return self._features


def cache(root: Path, backbone: str = "b" * 64, **settings: object) -> FeatureCache:
    return FeatureCache(root, backbone, settings)


def test_features_are_computed_once_also_for_a_later_run(tmp_path: Path) -> None:
    compute = Counted()
    for _ in range(2):
        found = cache(tmp_path, side_px=224).get(SHA, compute)
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, FEATURES)
    assert compute.times == 1


def test_another_backbone_setting_or_input_has_features_of_its_own(tmp_path: Path) -> None:
    compute = Counted()
    cache(tmp_path, side_px=224).get(SHA, compute)
    cache(tmp_path, side_px=64).get(SHA, compute)
    cache(tmp_path, "c" * 64, side_px=224).get(SHA, compute)
    cache(tmp_path, side_px=224).get(input_sha256(b"another clip"), compute)
    assert compute.times == 4


@pytest.mark.parametrize("harm", ["cut", "flipped", "not safetensors", "empty", "another entry"])
def test_a_damaged_entry_is_computed_again_and_mended(tmp_path: Path, harm: str) -> None:
    kept = cache(tmp_path)
    kept.get(SHA, Counted())
    entry = kept.folder / f"{SHA}.safetensors"
    whole = entry.read_bytes()
    other = input_sha256(b"another")
    kept.get(other, Counted(FEATURES + 1))
    entry.write_bytes(
        {
            "cut": whole[:-5],
            "flipped": whole.replace(np.float32(7).tobytes(), np.float32(8).tobytes()),
            "not safetensors": b"\x80\x04 pickled",
            "empty": b"",
            "another entry": (kept.folder / f"{other}.safetensors").read_bytes(),
        }[harm]
    )
    compute = Counted()
    np.testing.assert_array_equal(kept.get(SHA, compute), FEATURES)
    assert compute.times == 1
    assert entry.read_bytes() == whole


def test_a_computation_that_fails_leaves_no_entry(tmp_path: Path) -> None:
    def fail() -> np.ndarray:
        raise KeyboardInterrupt

    kept = cache(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        kept.get(SHA, fail)
    assert list(kept.folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="modes of files are those of POSIX systems")
def test_only_the_owner_may_read_features_and_a_note_says_what_they_are(tmp_path: Path) -> None:
    root = cache_folder(tmp_path)
    kept = cache(root)
    kept.get(SHA, Counted())
    assert stat.S_IMODE((kept.folder / f"{SHA}.safetensors").stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert "personal data" in (root / "README.txt").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputNotWritableError, match="cannot write to"):
        cache(tmp_path / "file")


def test_the_settings_files_of_a_model_count_as_its_weights_do(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    before = folder_settings(tmp_path)
    (tmp_path / "config.json").write_text('{"hidden_size": 8}', encoding="utf-8")
    assert before.keys() == {"config.json"}
    assert folder_settings(tmp_path) != before
    assert folder_settings(tmp_path / "config.json") == {}
