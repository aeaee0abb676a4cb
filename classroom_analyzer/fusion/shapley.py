"""Exact Shapley values over the three modalities (Shapley 1953): what each adds to the estimate."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import factorial

from classroom_analyzer.domain.modality import MODALITIES, Modality

__all__ = ["shapley_values"]


def shapley_values(value: Callable[[frozenset[Modality]], float]) -> dict[Modality, float]:
    """Share out ``value(all) - value(none)`` among the modalities.

    Args:
        value: The estimate from a subset of modalities; the empty subset gives the prior. It is asked for all eight.

    Returns:
        One value per modality, in the unit of ``value``; they sum to ``value(all) - value(none)``.
    """
    count = len(MODALITIES)
    shares = {}
    for modality in MODALITIES:
        others = [m for m in MODALITIES if m is not modality]
        share = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for subset in map(frozenset, combinations(others, size)):
                share += weight * (value(subset | {modality}) - value(subset))
        shares[modality] = share
    return shares
