"""The calibration file of a class: what was fitted, from which lessons, with every figure of the local gate.

One JSON file, written whole, bound to the class's name and to the sha256 of the bundle; nothing in it is executed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from classroom_analyzer.domain.modality import MODALITIES
from classroom_analyzer.errors import BadInputError, OutputNotWritableError
from classroom_analyzer.fusion.local_calibration import Coefficients
from classroom_analyzer.storage.safe_files import FOLDER_MODE, write_text

__all__ = ["CALIBRATION_VERSION", "CalibrationRecord", "CalibrationState", "read_calibration", "write_calibration"]

CALIBRATION_VERSION = 1
MAX_FILE_BYTES = 1_000_000
LARGEST_GAIN = 1000.0  # a factor between two levels; more than this is damage


class CalibrationState(StrEnum):
    """What marks have led to."""

    COLLECTING = "collecting"  # too few marks to judge: the line stays as the bundle gives it
    CALIBRATED = "calibrated"  # the gate is passed: the line is used on the scale of the class
    OFF = "off"  # enough marks and the gate is not passed: the line is switched off in this class


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationRecord:
    """What a calibration file holds.

    Attributes:
        state: What the marks have led to.
        reason: Why it is not ``calibrated``, one clause; what the agreement is, where it is.
        class_name: Name of the class; None in a file that belongs to none and is therefore never used.
        bundle_sha256: Of the only bundle that it may be used with.
        marks: Marks that count.
        coefficients: What was fitted; used in the state ``calibrated`` only.
        report: Lessons, every figure of the gate and how they were made: for people and scripts, not read back.
    """

    state: CalibrationState
    reason: str
    class_name: str | None
    bundle_sha256: str
    marks: int
    coefficients: Coefficients
    report: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """Return the content of the file, ready for ``json.dumps``."""
        fitted = self.coefficients
        return {
            "calibration_version": CALIBRATION_VERSION,
            "state": str(self.state),
            "reason": self.reason,
            "class_name": self.class_name,
            "bundle_sha256": self.bundle_sha256,
            "marks": self.marks,
            "coefficients": {
                "intercept": fitted.intercept,
                "slope": fitted.slope,
                "gains": dict(zip(map(str, MODALITIES), fitted.gains.tolist(), strict=True)),
                "covariance": fitted.covariance.tolist(),
            },
            **self.report,
        }


def write_calibration(path: Path, record: CalibrationRecord) -> None:
    """Write the file as one whole, for the owner only.

    Raises:
        OutputNotWritableError: It cannot be written; what was there stays.
    """
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error
    write_text(path, json.dumps(record.document(), indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def read_calibration(path: Path) -> CalibrationRecord:
    """Read a calibration file.

    Raises:
        BadInputError: It is damaged, of a later version, or no calibration file.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadInputError(path, "it is far too large to be a calibration of a class; make it again")
        document = json.loads(path.read_text(encoding="utf-8"))
        version = document["calibration_version"]
        if version != CALIBRATION_VERSION:
            reason = f"it is a calibration of version {version!r}, this program reads {CALIBRATION_VERSION}"
            raise BadInputError(path, f"{reason}; make it again with: classroom-analyzer train calibration")
        return CalibrationRecord(
            CalibrationState(document["state"]),
            str(document["reason"]),
            None if document["class_name"] is None else str(document["class_name"]),
            str(document["bundle_sha256"]),
            int(document["marks"]),
            _coefficients(document["coefficients"]),
            {},
        )
    except BadInputError:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInputError(
            path,
            "the calibration of this class cannot be read; make it again with: classroom-analyzer train calibration",
        ) from error


def _coefficients(content: Any) -> Coefficients:
    fitted = Coefficients(
        float(content["intercept"]),
        float(content["slope"]),
        np.array([float(content["gains"][str(m)]) for m in MODALITIES]),
        np.array(content["covariance"], np.float64),
    )
    size = len(MODALITIES) + 1
    numbers = np.concatenate([[fitted.slope], fitted.gains, fitted.covariance.ravel()])
    # A comparison with NaN is false, so this refuses NaN too.
    if fitted.covariance.shape != (size, size) or not (np.abs(numbers) <= LARGEST_GAIN).all():
        raise ValueError("the coefficients are out of range")
    if not 0 <= fitted.intercept <= 1 or np.linalg.eigvalsh(fitted.covariance).min() < -1e-9:
        raise ValueError("the coefficients are out of range")
    return fitted
