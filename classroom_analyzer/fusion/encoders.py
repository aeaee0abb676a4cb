"""From a window to one token: standardised inputs and a masked temporal encoder per modality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch, WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase

__all__ = ["ModelInputs", "Scaling", "TemporalEncoder", "fit_scaling", "model_inputs", "temporal_encoders"]

CLIP_SD = 4.0
STEP_DIM = 16
SMALLEST_SD = 1e-3
NOT_A_TARGET: dict[tuple[Modality, str], frozenset[Phase]] = {
    (Modality.VISION, column): frozenset({Phase.GROUP_WORK, Phase.SILENT_WORK})
    for column in ("facing_target", "class_facing")
}
"""Columns that no network sees in some phases: there the target is a neighbour or the desk, and facing away from the
board must carry no negative weight (VALIDITY section 4). They count as not measured."""
MASKED_LOGIT = -1e4


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """Mean and standard deviation of every column over the measured values of the training classes.

    Attributes:
        mean: Per modality ``(columns,) float64``.
        sd: Per modality ``(columns,) float64``, positive.
    """

    mean: Mapping[Modality, NDArray[np.float64]]
    sd: Mapping[Modality, NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class ModelInputs:
    """A feature batch as tensors; masked entries are finite and ignored.

    Attributes:
        steps: Per modality ``(batch, steps, 2 * columns + 1) float32``: standardised values (the training mean where
            not measured), flags of what was measured, quality.
        valid: Per modality ``(batch, steps) bool``.
        present: ``(batch, 3) bool``: shown, and with a valid step.
        quality: ``(batch, 3) float32``: mean quality over all steps of the window, so gaps lower it.
        phase: ``(batch,) int64``.
    """

    steps: Mapping[Modality, Tensor]
    valid: Mapping[Modality, Tensor]
    present: Tensor
    quality: Tensor
    phase: Tensor

    def take(self, rows: Tensor, present: Tensor) -> ModelInputs:
        """Return some rows under another presence mask ``(rows, 3) bool``."""
        return ModelInputs(
            {m: self.steps[m][rows] for m in MODALITIES},
            {m: self.valid[m][rows] for m in MODALITIES},
            present,
            self.quality[rows],
            self.phase[rows],
        )

    def to(self, device: torch.device) -> ModelInputs:
        """Return it on a device."""
        return ModelInputs(
            {m: self.steps[m].to(device) for m in MODALITIES},
            {m: self.valid[m].to(device) for m in MODALITIES},
            self.present.to(device),
            self.quality.to(device),
            self.phase.to(device),
        )


def fit_scaling(batch: FeatureBatch) -> Scaling:
    """Measure the scaling on the valid, measured values of a batch; a column without any gets 0 and 1."""
    mean, sd = {}, {}
    for modality in MODALITIES:
        values = batch.values[modality][batch.valid[modality]].astype(np.float64)
        known = np.isfinite(values)
        count = np.maximum(known.sum(axis=0), 1)
        mean[modality] = np.where(known, values, 0.0).sum(axis=0) / count
        squares = (np.where(known, values - mean[modality], 0.0) ** 2).sum(axis=0) / count
        sd[modality] = np.where(known.any(axis=0), np.maximum(np.sqrt(squares), SMALLEST_SD), 1.0)
    return Scaling(mean, sd)


def model_inputs(
    batch: FeatureBatch,
    presence: NDArray[np.bool_],
    scaling: Scaling,
    windows: Mapping[Modality, WindowSpec] = WINDOWS,
) -> ModelInputs:
    """Standardise a batch for the networks.

    Args:
        batch: Windows.
        presence: ``(batch, 3) bool``; False hides a modality.
        scaling: Of the training classes.
        windows: What the columns are.
    """
    steps, valid, quality = {}, {}, []
    for modality in MODALITIES:
        values, usable = batch.values[modality], batch.valid[modality]
        measured = usable[..., None] & np.isfinite(values) & _meaningful(batch.phase, windows[modality])
        scaled = (np.where(measured, values, 0.0) - scaling.mean[modality]) / scaling.sd[modality]
        scaled = np.where(measured, np.clip(scaled, -CLIP_SD, CLIP_SD), 0.0)
        step_quality = np.where(usable, batch.quality[modality], 0.0)
        joined = np.concatenate([scaled, measured, step_quality[..., None]], axis=-1).astype(np.float32)
        steps[modality] = torch.from_numpy(joined)
        valid[modality] = torch.from_numpy(np.ascontiguousarray(usable))
        quality.append(step_quality.mean(axis=1))
    return ModelInputs(
        steps,
        valid,
        torch.from_numpy(presence & batch.presence),
        torch.from_numpy(np.stack(quality, axis=1).astype(np.float32)),
        torch.from_numpy(batch.phase.astype(np.int64)),
    )


def _meaningful(phase: NDArray[np.int64], window: WindowSpec) -> NDArray[np.bool_]:
    """Return ``(batch, 1, columns) bool``: whether a column may be read in a row's phase."""
    seen = np.ones((len(phase), 1, len(window.names)), bool)
    for (owner, name), phases in NOT_A_TARGET.items():
        if owner is window.modality and name in window.names:
            seen[:, 0, window.names.index(name)] = ~np.isin(phase, [PHASES.index(p) for p in phases])
    return seen


class TemporalEncoder(nn.Module):
    """Encodes the steps of one window and pools them by masked attention beside their masked mean."""

    def __init__(self, spec: WindowSpec, dim: int) -> None:
        super().__init__()
        self.embed = nn.Linear(2 * len(spec.names) + 1, STEP_DIM)
        self.position = nn.Parameter(torch.zeros(spec.steps, STEP_DIM))
        self.step = nn.Linear(STEP_DIM, STEP_DIM)
        self.score = nn.Linear(STEP_DIM, 1)
        self.out = nn.Linear(2 * STEP_DIM, dim)

    def forward(self, steps: Tensor, valid: Tensor) -> Tensor:
        """Encode.

        Args:
            steps: ``(batch, steps, 2 * columns + 1)`` float32, finite.
            valid: ``(batch, steps)`` bool.

        Returns:
            Tokens ``(batch, dim)``; a row without a valid step gives a constant that the caller replaces.
        """
        hidden = torch.relu(self.embed(steps) + self.position)
        hidden = hidden + torch.relu(self.step(hidden))
        logits = self.score(hidden).squeeze(-1).masked_fill(~valid, MASKED_LOGIT)
        weights = torch.softmax(logits, dim=-1) * valid
        used = valid.to(hidden.dtype)
        even = used / used.sum(dim=-1, keepdim=True).clamp(min=1.0)
        pooled = torch.einsum("wbt,btd->wbd", torch.stack([weights, even]), hidden)
        return torch.as_tensor(self.out(torch.cat([pooled[0], pooled[1]], dim=-1)))


def temporal_encoders(dim: int, windows: Mapping[Modality, WindowSpec]) -> nn.ModuleDict:
    """Return one encoder per modality, keyed by its name."""
    return nn.ModuleDict({m.value: TemporalEncoder(windows[m], dim) for m in MODALITIES})
