"""Where networks run, CUDA, then Apple's MPS, else the CPU, and on how many threads there."""

from __future__ import annotations

__all__ = ["best_device", "use_one_thread"]


def best_device() -> str:
    """Return ``cuda:0``, ``mps`` or ``cpu``."""
    import torch

    if torch.cuda.is_available():
        return "cuda:0"
    if torch.backends.mps.is_available():
        return "mps"
    return "cpu"


def use_one_thread() -> None:
    """Let torch compute on one thread, for the whole process.

    The bundled networks are small: on two threads they spend their time waiting for each other whenever a call or
    another program wants a core (12 face crops: 129 ms on one thread, 647 ms on two, both cores busy). OpenCV's
    detector keeps its own threads.
    """
    import torch

    torch.set_num_threads(1)
