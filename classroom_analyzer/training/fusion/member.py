"""What one member of a fusion ensemble learns: levels and engagement of rows, some of whose modalities are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from classroom_analyzer.domain.features import WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES, Phase
from classroom_analyzer.fusion.encoders import ModelInputs, Scaling, model_inputs
from classroom_analyzer.fusion.heads import coral_loss
from classroom_analyzer.fusion.network import FusionNetwork
from classroom_analyzer.training import metrics
from classroom_analyzer.training.fusion.presets import FusionPreset
from classroom_analyzer.training.labelled_rows import LabelledRows
from classroom_analyzer.training.report.figures import confusion_figure, weights_figure

__all__ = ["FusionMember"]

REGRESSION_WEIGHT = 4.0  # squared errors are small beside cross-entropies
SHOWN_ROWS = 64  # in the picture of attention weights


class FusionMember:
    """A fusion network with its rows; a ``Task`` of the training loop.

    Draws the network's first weights from torch's generator.

    Args:
        preset: How it is built and trained.
        train: Rows to learn.
        validation: Rows that say when to stop.
        scaling: Of the training rows of all members.
        windows: What the columns are.
        device: Torch device.
    """

    def __init__(
        self,
        preset: FusionPreset,
        train: LabelledRows,
        validation: LabelledRows,
        scaling: Scaling,
        windows: Mapping[Modality, WindowSpec],
        device: torch.device,
    ) -> None:
        self._recipe = preset.recipe
        self._device = device
        self.model = FusionNetwork(preset.kind, preset.hidden, preset.dropout, windows).to(device)
        self._inputs, self._level, self._engagement = self._tensors(train, scaling, windows)
        held, self._held_level, self._held_engagement = self._tensors(validation, scaling, windows)
        # Drawn once, so that epochs can be compared.
        shown = hide(held.present, self._recipe.modality_dropout)
        self._held = held.take(torch.arange(len(self._held_level), device=device), shown)

    @property
    def rows(self) -> int:
        """Number of training rows with any evidence."""
        return len(self._level)

    def loss(self, picked: Tensor) -> Tensor:
        """Return the loss of some rows, each with its own modalities hidden."""
        picked = picked.to(self._device)
        batch = self._inputs.take(picked, hide(self._inputs.present[picked], self._recipe.modality_dropout))
        return self._loss(batch, self._level[picked], self._engagement[picked])

    def held_out(self) -> float | None:
        """Return the loss of the validation rows."""
        return float(self._loss(self._held, self._held_level, self._held_engagement))

    def show(self, writer: Any, epoch: int) -> None:
        """Add the confusion matrix of the validation rows and, where there are any, weights of the modalities."""
        _, logits, weights = self.model(self._held)
        level = (logits > 0).sum(dim=1).cpu().numpy()
        counts = metrics.confusion(self._held_level.cpu().numpy(), level)
        writer.add_figure("confusion", confusion_figure(counts), epoch)
        if weights is not None:
            few = weights[:SHOWN_ROWS].float().cpu().numpy().astype(np.float64)
            present = self._held.present[:SHOWN_ROWS].cpu().numpy()
            writer.add_figure("weights", weights_figure(few, present=present), epoch)

    def _loss(self, batch: ModelInputs, level: Tensor, engagement: Tensor) -> Tensor:
        estimated, logits, _ = self.model(batch)
        return coral_loss(logits, level) + REGRESSION_WEIGHT * torch.mean((estimated - engagement) ** 2)

    def _tensors(
        self, rows: LabelledRows, scaling: Scaling, windows: Mapping[Modality, WindowSpec]
    ) -> tuple[ModelInputs, Tensor, Tensor]:
        """Inputs, levels and engagement of the rows that hold any evidence; some rows lose their phase."""
        rows = rows.take(np.flatnonzero(rows.batch.presence.any(axis=1)))
        forgotten = torch.rand(len(rows)).numpy() < self._recipe.phase_dropout
        phase = np.where(forgotten, PHASES.index(Phase.UNKNOWN), rows.batch.phase)
        everything = np.ones((len(rows), len(MODALITIES)), bool)
        inputs = model_inputs(replace(rows.batch, phase=phase), everything, scaling, windows).to(self._device)
        level = torch.from_numpy(rows.level).to(self._device)
        return inputs, level, torch.from_numpy(rows.engagement.astype(np.float32)).to(self._device)


def hide(present: Tensor, probability: float) -> Tensor:
    """Hide each present modality with a probability; a row that would lose all keeps all.

    Args:
        present: ``(rows, 3)`` bool.
        probability: From 0 to below 1.
    """
    drawn = torch.rand(present.shape).to(present.device)  # on the CPU, so that every device draws the same
    shown = present & (drawn >= probability)
    return torch.where(shown.any(dim=1, keepdim=True), shown, present)
