"""Attention fusion: a query token and one token per modality attend to each other; absent ones are masked as keys."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from classroom_analyzer.domain.modality import MODALITIES

__all__ = ["AttentionFusion"]

HEADS = 4


class AttentionFusion(nn.Module):
    """One layer of multi-head attention (Vaswani et al. 2017) over query, vision, audio and text tokens.

    An absent modality is nobody's key: its learned missing token only asks, and so tells the readout what is absent.
    """

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.out_dim = dim
        self.query = nn.Parameter(0.02 * torch.randn(dim))
        self.project = nn.Linear(dim, 3 * dim)
        self.join = nn.Linear(dim, dim)
        self.norm_in = nn.LayerNorm(dim)
        self.norm_out = nn.LayerNorm(dim)
        self.feed = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))
        self.read = nn.Linear(2 * dim, dim)

    def forward(self, tokens: Tensor, present: Tensor, context: Tensor, quality: Tensor) -> tuple[Tensor, Tensor]:
        """Fuse.

        Args:
            tokens: ``(batch, 3, dim)``, learned missing tokens in the place of absent modalities.
            present: ``(batch, 3)`` bool.
            context: ``(batch, dim)``, the phase.
            quality: ``(batch, 3)``; already part of the tokens, so not used again.

        Returns:
            Features ``(batch, dim)`` and the query's attention to vision, audio and text ``(batch, 3)``; the rest of
            it went to the query itself.
        """
        batch, _, dim = tokens.shape
        asked = (self.query + context)[:, None]
        everything = torch.cat([asked, tokens + context[:, None]], dim=1)
        q, k, v = self.project(self.norm_in(everything)).chunk(3, dim=-1)
        size = len(MODALITIES) + 1
        q, k, v = (x.reshape(batch, size, HEADS, dim // HEADS).transpose(1, 2) for x in (q, k, v))
        key = torch.cat([torch.ones_like(present[:, :1]), present], dim=1)[:, None, None]
        logits = (q @ k.transpose(-1, -2)) / (dim // HEADS) ** 0.5
        weights = torch.softmax(logits.masked_fill(~key, float("-inf")), dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, size, dim)
        everything = everything + self.join(mixed)
        everything = everything + self.feed(self.norm_out(everything))
        features = self.read(torch.cat([everything[:, 0], everything[:, 1:].mean(dim=1)], dim=-1))
        return nn.functional.gelu(features), weights.mean(dim=1)[:, 0, 1:]
