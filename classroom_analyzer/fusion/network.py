"""A fusion network from windows to heads, and an ensemble of them behind the ``FusionModel`` protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from classroom_analyzer.domain.features import WINDOWS, FeatureBatch, WindowSpec
from classroom_analyzer.domain.modality import MODALITIES, Modality
from classroom_analyzer.domain.phases import PHASES
from classroom_analyzer.fusion.attention import AttentionFusion
from classroom_analyzer.fusion.concatenation import ConcatenationFusion
from classroom_analyzer.fusion.encoders import ModelInputs, Scaling, model_inputs, temporal_encoders
from classroom_analyzer.fusion.heads import CoralHead, RegressionHead
from classroom_analyzer.fusion.protocol import LEVELS, FusionOutput
from classroom_analyzer.fusion.threads import one_thread
from classroom_analyzer.fusion.weighted_average import WeightedAverageFusion
from classroom_analyzer.perception.network_clock import network_call

__all__ = ["HIDDEN", "Ensemble", "FusionKind", "FusionNetwork"]

HIDDEN = 32


class FusionKind(StrEnum):
    """Ways of joining the tokens of the modalities."""

    ATTENTION = "attention"
    CONCATENATION = "concatenation"
    WEIGHTED_AVERAGE = "weighted_average"


_FUSIONS: dict[FusionKind, type[AttentionFusion] | type[ConcatenationFusion] | type[WeightedAverageFusion]] = {
    FusionKind.ATTENTION: AttentionFusion,
    FusionKind.CONCATENATION: ConcatenationFusion,
    FusionKind.WEIGHTED_AVERAGE: WeightedAverageFusion,
}


class FusionNetwork(nn.Module):
    """Temporal encoders, one token per modality, a fusion and two heads.

    Args:
        kind: How tokens are joined.
        dim: Width of the tokens.
        dropout: Share of token entries dropped in training.
        windows: What the columns of each modality are.
    """

    def __init__(
        self,
        kind: FusionKind,
        dim: int = HIDDEN,
        dropout: float = 0.1,
        windows: Mapping[Modality, WindowSpec] = WINDOWS,
    ) -> None:
        super().__init__()
        count = len(MODALITIES)
        self.dim = dim
        self.encoders = temporal_encoders(dim, windows)
        self.missing = nn.Parameter(0.1 * torch.randn(count, dim))
        self.modality = nn.Parameter(0.1 * torch.randn(count, dim))
        self.quality = nn.Parameter(torch.zeros(count, dim))
        self.phase = nn.Embedding(len(PHASES), dim)
        self.dropout = nn.Dropout(dropout)
        self.fusion = _FUSIONS[kind](dim)
        self.levels = CoralHead(self.fusion.out_dim)
        self.regression = RegressionHead(self.fusion.out_dim)

    def forward(self, inputs: ModelInputs) -> tuple[Tensor, Tensor, Tensor | None]:
        """Estimate.

        Returns:
            Engagement ``(batch,)``, cumulative logits ``(batch, 3)``, modality weights ``(batch, 3)`` or None.
        """
        return self.join(self.encode(inputs), inputs.present, inputs.quality, inputs.phase)

    def encode(self, inputs: ModelInputs) -> Tensor:
        """Return tokens ``(batch, 3, dim)``; those of modalities without evidence mean nothing."""
        tokens = torch.stack([self.encoders[m.value](inputs.steps[m], inputs.valid[m]) for m in MODALITIES], dim=1)
        return tokens + inputs.quality[..., None] * self.quality

    def join(
        self, tokens: Tensor, present: Tensor, quality: Tensor, phase: Tensor
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """Fuse tokens ``(batch, 3, dim)`` under a presence mask ``(batch, 3)``; returns what ``forward`` does."""
        tokens = torch.where(present[..., None], tokens, self.missing) + self.modality
        features, weights = self.fusion(self.dropout(tokens), present, self.phase(phase), quality * present)
        return self.regression(features), self.levels(features), weights


class Ensemble:
    """Networks of one kind that see the same windows; implements ``FusionModel``.

    Args:
        networks: Members, in evaluation mode from now on.
        scaling: Of the training classes, shared by all.
        windows: What the columns of each modality are.
        device: Torch device to run on; the shipped sizes are fastest on the CPU.
    """

    def __init__(
        self,
        networks: Sequence[FusionNetwork],
        scaling: Scaling,
        windows: Mapping[Modality, WindowSpec] = WINDOWS,
        device: str = "cpu",
    ) -> None:
        self.device = torch.device(device)
        self.networks = [network.eval().to(self.device) for network in networks]
        self.scaling = scaling
        self.windows = windows

    def predict(self, batch: FeatureBatch, presence: NDArray[np.bool_]) -> FusionOutput:
        """See ``FusionModel.predict``."""
        masks = presence.reshape(-1, len(batch), len(MODALITIES))
        inputs = model_inputs(batch, masks[0], self.scaling, self.windows).to(self.device)
        shown = torch.from_numpy((masks & batch.presence).reshape(-1, len(MODALITIES))).to(self.device)
        again = torch.arange(len(batch), device=self.device).repeat(len(masks))
        quality, phase = inputs.quality[again], inputs.phase[again]
        with torch.inference_mode(), one_thread(), network_call():
            outputs = [n.join(n.encode(inputs)[again], shown, quality, phase) for n in self.networks]
        engagement, logits, weights = zip(*outputs, strict=True)
        shape = presence.shape[:-1]
        return FusionOutput(
            _stacked(engagement, shape),
            _stacked(logits, (*shape, LEVELS - 1)),
            None if weights[0] is None else _stacked(weights, (*shape, len(MODALITIES))),
        )


def _stacked(parts: Sequence[Tensor], shape: tuple[int, ...]) -> NDArray[np.float64]:
    return np.asarray(torch.stack(list(parts)).cpu().numpy().astype(np.float64).reshape(len(parts), *shape))
