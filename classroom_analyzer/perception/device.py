"""Where networks run: CUDA, then Apple's MPS, else the CPU."""

from __future__ import annotations

__all__ = ["best_device"]


def best_device() -> str:
    """Return ``cuda:0``, ``mps`` or ``cpu``."""
    import torch

    if torch.cuda.is_available():
        return "cuda:0"
    if torch.backends.mps.is_available():
        return "mps"
    return "cpu"
