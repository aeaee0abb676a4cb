"""The three modalities and the order in which every table and tensor lists them."""

from __future__ import annotations

from enum import StrEnum
from itertools import product

__all__ = ["MODALITIES", "Modality", "modality_subsets"]


class Modality(StrEnum):
    """One kind of evidence."""

    VISION = "vision"
    AUDIO = "audio"
    TEXT = "text"


MODALITIES: tuple[Modality, ...] = (Modality.VISION, Modality.AUDIO, Modality.TEXT)


def modality_subsets() -> tuple[frozenset[Modality], ...]:
    """All eight subsets, the empty one first, the full one last."""
    return tuple(
        frozenset(m for m, used in zip(MODALITIES, bits, strict=True) if used)
        for bits in product((False, True), repeat=len(MODALITIES))
    )
