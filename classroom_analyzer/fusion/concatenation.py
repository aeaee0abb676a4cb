"""Concatenation fusion: all tokens side by side into one layer."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from classroom_analyzer.domain.modality import MODALITIES

__all__ = ["ConcatenationFusion"]


class ConcatenationFusion(nn.Module):
    """Concatenates the three tokens, learned missing ones included, the presence mask and the phase."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.out_dim = dim
        count = len(MODALITIES)
        self.join = nn.Sequential(nn.Linear((count + 1) * dim + count, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, tokens: Tensor, present: Tensor, context: Tensor, quality: Tensor) -> tuple[Tensor, None]:
        """Fuse; arguments as in ``AttentionFusion.forward``. There are no weights to return."""
        everything = torch.cat([tokens.flatten(1), context, present.to(tokens.dtype)], dim=-1)
        return nn.functional.gelu(self.join(everything)), None
