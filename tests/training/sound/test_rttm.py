from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.training.sound.rttm import SpokenStretch, frames_of, matching_uri, read_rttm

LINES = """SPEAKER one 1 0.500 0.250 <NA> <NA> Ána <NA> <NA>
SPKR-INFO one 1 <NA> <NA> <NA> unknown Ána <NA> <NA>
SPEAKER two 1 1 2 <NA> <NA> Bo <NA> <NA>
SPEAKER one 1 0.700 0.100 <NA> <NA> Bo <NA> <NA>
"""


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.rttm"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_stretches_come_by_recording_and_other_lines_are_left_out(labels: Path) -> None:
    found = read_rttm(labels)
    assert found["one"] == (SpokenStretch("Ána", 0.5, 0.75), SpokenStretch("Bo", 0.7, pytest.approx(0.8)))
    assert found["two"] == (SpokenStretch("Bo", 1.0, 3.0),)


def test_frames_are_judged_at_their_middle_and_by_speaker(labels: Path) -> None:
    frames = frames_of(read_rttm(labels)["one"], 1.0)
    assert {name: np.flatnonzero(speaks).tolist() for name, speaks in frames.items()} == {
        "Ána": list(range(50, 75)),
        "Bo": list(range(70, 80)),
    }


def test_a_file_belongs_to_the_recording_it_is_named_after() -> None:
    assert matching_uri("trn01", ["trn01", "01"]) == "trn01"
    assert matching_uri("ami_trn01", ["trn01", "n01"]) == "trn01"
    assert matching_uri("amitrn01", ["trn01"]) is None


@pytest.mark.parametrize(
    "text", ["", "SPEAKER one 1 x 1 <NA> <NA> A\n", "SPEAKER one 1 -1 1 <NA> <NA> A\n", "SPEAKER one\n"]
)
def test_damaged_labels_are_refused_with_the_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.rttm"
    path.write_text(text)
    with pytest.raises(BadInputError, match="RTTM"):
        read_rttm(path)
