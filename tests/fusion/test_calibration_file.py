from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classroom_analyzer.errors import BadInputError
from classroom_analyzer.fusion.calibration_file import (
    CalibrationRecord,
    CalibrationState,
    read_calibration,
    write_calibration,
)
from classroom_analyzer.fusion.local_calibration import Coefficients


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "calibrations" / "class.json"
    fitted = Coefficients(0.4, 2.0, np.array([2.5, 1.0, 2.0]), np.eye(4) * 0.01)
    record = CalibrationRecord(
        CalibrationState.CALIBRATED, "calibrated", "7b", "ab" * 32, 64, fitted, {"gate": [], "lessons": []}
    )
    write_calibration(path, record)
    return path


def test_a_calibration_comes_back_to_the_bit(file: Path):
    found = read_calibration(file)
    assert (found.state, found.class_name, found.bundle_sha256, found.marks) == ("calibrated", "7b", "ab" * 32, 64)
    assert found.coefficients.gains.tolist() == [2.5, 1.0, 2.0]
    assert found.coefficients.weights.tolist() == [1.25, 0.5, 1.0]
    assert np.array_equal(found.coefficients.covariance, np.eye(4) * 0.01)
    assert [p.name for p in file.parent.iterdir()] == ["class.json"]


def change(file: Path, **fields: object) -> None:
    document = json.loads(file.read_text())
    for name, value in fields.items():
        group, _, key = name.rpartition("__")
        (document[group] if group else document)[key] = value
    file.write_text(json.dumps(document))


@pytest.mark.parametrize(
    "fields",
    [
        {"calibration_version": 2},
        {"state": "splendid"},
        {"coefficients__intercept": 1.5},
        {"coefficients__slope": float("nan")},
        {"coefficients__gains": {"vision": 1e9, "audio": 1, "text": 1}},
        {"coefficients__gains": {"vision": 1.0}},
        {"coefficients__covariance": [[1, 2], [3, 4]]},
        {"coefficients__covariance": (-np.eye(4)).tolist()},
        {"coefficients": None},
        {"marks": "many"},
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence_that_says_what_to_do(file: Path, fields: dict[str, object]):
    change(file, **fields)
    with pytest.raises(BadInputError, match="make it again") as refused:
        read_calibration(file)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_what_is_no_calibration_is_refused(file: Path, content: bytes):
    file.write_bytes(content)
    with pytest.raises(BadInputError, match="make it again"):
        read_calibration(file)
