"""Sets when a calibrated bundle abstains and how wide its band is, on classes that trained nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.progress import CancelToken
from classroom_analyzer.fusion.bundle import FusionBundle
from classroom_analyzer.training.fusion.class_lines import class_lines
from classroom_analyzer.training.fusion.temperatures import rows_with, selective_threshold
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.simulator.classes import SimulatedRows

__all__ = ["with_line_threshold", "with_seat_threshold"]

BAND_SHARE = 0.8


def with_line_threshold(bundle: FusionBundle, lines: SimulatedRows, cancel: CancelToken | None = None) -> FusionBundle:
    """Scale the band to hold 80 % of the class lines; let at most 20 % of the lines that are kept be wrong.

    Args:
        bundle: Calibrated.
        lines: Whole simulated classes.
        cancel: Stops between lines.
    """
    found = class_lines(bundle, lines, cancel)
    used = found.used
    half = np.maximum((found.high - found.engagement)[used], (found.engagement - found.low)[used])  # one may be clipped
    scale = float(np.quantile(np.abs(found.truth - found.engagement)[used] / half, BAND_SHARE))
    bundle = replace(bundle, calibration=replace(bundle.calibration, band_scale=scale))
    found = class_lines(bundle, lines, cancel)
    tau = selective_threshold(found.sureness[used], found.right[used])
    return replace(bundle, calibration=replace(bundle.calibration, tau=tau))


def with_seat_threshold(bundle: FusionBundle, calibration: LabelledRows) -> FusionBundle:
    """Let at most 20 % of the calibration seats that are kept be wrong about low or not low.

    Rows without vision stand for no seat; where no row has it, all rows count.
    """
    seen = rows_with(calibration, np.array([m is Modality.VISION for m in MODALITIES]))
    rows = calibration.take(seen if seen.any() else np.ones(len(calibration), bool))
    low = bundle.estimate(rows.batch, np.ones((len(rows), len(MODALITIES)), bool)).probabilities[:, :2].sum(axis=1)
    tau = selective_threshold(np.maximum(low, 1 - low), (low > 0.5) == (rows.level <= 1))
    return replace(bundle, calibration=replace(bundle.calibration, seat_tau=tau))
