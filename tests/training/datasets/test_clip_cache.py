from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from classroom_analyzer.domain.features import WINDOWS
from classroom_analyzer.domain.modality import Modality
from classroom_analyzer.training.datasets.clip_cache import MEASURED, load_windows, save_windows
from classroom_analyzer.training.datasets.windows import Sequences, absent


@pytest.fixture
def windows() -> dict[Modality, Sequences]:
    return {m: absent(2, WINDOWS[m]) for m in MEASURED}


@pytest.mark.parametrize("parts", [("valid",), ("quality",), ("valid", "quality")])
def test_parts_of_another_shape_count_as_nothing_kept(tmp_path: Path, windows, parts: tuple[str, ...]) -> None:
    part = windows[Modality.VISION]
    windows[Modality.VISION] = replace(part, **{name: getattr(part, name)[:, :-1] for name in parts})
    save_windows(tmp_path / "clip.safetensors", windows)
    assert load_windows(tmp_path / "clip.safetensors") is None


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_only_the_owner_may_read_what_was_measured(tmp_path: Path, windows) -> None:
    path = tmp_path / "clips" / "clip.safetensors"
    save_windows(path, windows)
    assert load_windows(path) is not None
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
