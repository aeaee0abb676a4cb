"""Heads: four ordered levels and a number in [0, 1]."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from classroom_analyzer.fusion.protocol import LEVELS

__all__ = ["CoralHead", "RegressionHead", "coral_loss"]


class CoralHead(nn.Module):
    """Ordinal head with one weight vector and ordered biases (CORAL: Cao, Mirjalili & Raschka 2020).

    The biases fall by construction, so P(level >= 1) >= P(level >= 2) >= P(level >= 3) for every input.
    """

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.score = nn.Linear(dim, 1, bias=False)
        self.first_bias = nn.Parameter(torch.tensor([2.5]))
        self.raw_gaps = nn.Parameter(torch.full((LEVELS - 2,), 2.0))

    def forward(self, features: Tensor) -> Tensor:
        """Return logits ``(batch, 3)`` of P(level >= 1..3) for features ``(batch, dim)``."""
        falls = torch.cumsum(functional.softplus(self.raw_gaps), dim=0)
        biases = self.first_bias - torch.cat([torch.zeros_like(falls[:1]), falls])
        return torch.as_tensor(self.score(features) + biases)


class RegressionHead(nn.Module):
    """One number in [0, 1]."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.linear = nn.Linear(dim, 1)

    def forward(self, features: Tensor) -> Tensor:
        """Return ``(batch,)`` in [0, 1] for features ``(batch, dim)``."""
        return torch.sigmoid(self.linear(features)).squeeze(-1)


def coral_loss(cumulative_logits: Tensor, level: Tensor) -> Tensor:
    """Return the mean binary cross-entropy of the three tasks "level >= k" (Cao et al. 2020, equation 5).

    Args:
        cumulative_logits: ``(batch, 3)``.
        level: ``(batch,) int64``, 0 to 3.
    """
    reached = (level[:, None] > torch.arange(LEVELS - 1, device=level.device)).to(cumulative_logits.dtype)
    return functional.binary_cross_entropy_with_logits(cumulative_logits, reached)
