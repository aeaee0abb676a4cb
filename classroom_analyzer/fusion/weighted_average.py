"""Weighted average: every present modality votes with a score of its own; late fusion."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from classroom_analyzer.domain.modality import MODALITIES

__all__ = ["WeightedAverageFusion"]


class WeightedAverageFusion(nn.Module):
    """Averages one score per modality; weights are learned, grow with quality and are shared out among the present.

    An absent modality has no weight, so its missing token is not read. A row without evidence scores 0.
    """

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.out_dim = 1
        self.vote = nn.ModuleList(
            nn.Sequential(nn.Linear(2 * dim, dim), nn.GELU(), nn.Linear(dim, 1)) for _ in MODALITIES
        )
        self.weight = nn.Parameter(torch.zeros(len(MODALITIES)))
        self.quality_gain = nn.Parameter(torch.ones(len(MODALITIES)))

    def forward(self, tokens: Tensor, present: Tensor, context: Tensor, quality: Tensor) -> tuple[Tensor, Tensor]:
        """Fuse; arguments as in ``AttentionFusion.forward``.

        Returns:
            Scores ``(batch, 1)`` and weights ``(batch, 3)`` that sum to 1 over the present modalities.
        """
        votes = torch.cat(
            [vote(torch.cat([tokens[:, i], context], dim=-1)) for i, vote in enumerate(self.vote)], dim=-1
        )
        strength = torch.exp(self.weight + self.quality_gain * quality) * present
        weights = strength / strength.sum(dim=-1, keepdim=True).clamp(min=1e-9)
        return (weights * votes).sum(dim=-1, keepdim=True), weights
