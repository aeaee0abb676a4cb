"""How much a reading is worth when its input looks unlike anything the autoencoder was trained on."""

from __future__ import annotations

__all__ = ["novelty_factor"]

USUAL_Z = 3.0  # up to here the reconstruction error is that of training-like input
HALF_AFTER_Z = 3.0  # so much further and quality is halved


def novelty_factor(novelty: float | None) -> float:
    """Factor on quality.

    Args:
        novelty: Reconstruction error as a z-score of the training errors; None without an autoencoder.

    Returns:
        1 up to z = 3 and without a novelty, then falling: one half at z = 6, one third at z = 9.
    """
    if novelty is None:
        return 1.0
    return 1.0 / (1.0 + max(novelty - USUAL_Z, 0.0) / HALF_AFTER_Z)
