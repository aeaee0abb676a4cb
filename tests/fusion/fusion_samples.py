"""Windows and parts of a bundle that was never trained: the rules of fusion do not depend on what was learned."""

from __future__ import annotations

import numpy as np
import torch

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.fusion.bundle import Calibration
from classroom_analyzer.fusion.encoders import Scaling
from classroom_analyzer.fusion.network import Ensemble, FusionKind, FusionNetwork
from classroom_analyzer.fusion.novelty import NoveltyGauge
from classroom_analyzer.fusion.rows import SUBSETS

USUAL = {
    Modality.VISION: (0.95, 0.7, 0.4, 2.0, 0.6, 0.5, 15.0),
    Modality.AUDIO: (0.7, 1.0, 0.0, 0.3, 14.0),
    Modality.TEXT: (0.3, 0.06, 0.4, 6.0),
}


def windows(rows: int, phase: Phase = Phase.LECTURE, seed: int = 0, without: tuple[Modality, ...] = ()) -> FeatureBatch:
    """Complete windows with values near the usual ones; sound and chat are the same in all rows."""
    rng = np.random.default_rng(seed)
    values, valid, quality = {}, {}, {}
    for m in MODALITIES:
        spec = WINDOWS[m]
        copies = rows if m is Modality.VISION else 1
        noise = 1 + 0.2 * rng.standard_normal((copies, spec.steps, len(spec.names)))
        values[m] = np.repeat(np.array(USUAL[m]) * noise, rows // copies if copies else 0, axis=0).astype(np.float32)
        valid[m] = np.full((rows, spec.steps), m not in without)
        quality[m] = valid[m].astype(np.float32) * 0.8
    return FeatureBatch(values, valid, quality, np.full(rows, PHASES.index(phase), np.int64))


def untrained_parts(kind: FusionKind, members: int = 3) -> tuple[Ensemble, Calibration, dict[Modality, NoveltyGauge]]:
    scaling = Scaling(
        {m: np.array(USUAL[m]) for m in MODALITIES}, {m: 0.2 * np.array(USUAL[m]) + 0.05 for m in MODALITIES}
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        ensemble = Ensemble([FusionNetwork(kind) for _ in range(members)], scaling)
    gauges = {m: NoveltyGauge(m, scaling.mean[m], scaling.sd[m], np.eye(len(USUAL[m])), 9.0) for m in MODALITIES}
    shared = np.array([0.02, 0.015, 0.015, 0.012, 0.012, 0.010, 0.010, 0.008])
    calibration = Calibration(
        np.linspace(0.8, 1.5, SUBSETS),
        np.array([0.05, 0.3, 0.5, 0.15]),
        shared,
        np.full(SUBSETS, 0.03),
        1.0,
        0.0,
        0.0,
        np.full(SUBSETS, 0.5),
    )
    return ensemble, calibration, gauges
