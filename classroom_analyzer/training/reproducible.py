"""What makes a training the same bit for bit on one machine: one thread, a seed, deterministic operations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import torch

from classroom_analyzer.fusion.threads import one_thread

__all__ = ["reproducible"]

_seed_around: ContextVar[int | None] = ContextVar("seed_around", default=None)


@contextmanager
def reproducible(seed: int) -> Iterator[None]:
    """Run a block on one thread, seeded, with deterministic operations; the process's own settings come back after.

    A block inside one of the same seed goes on with its stream of random numbers, so that a model's first weights and
    its training are one stream.

    Args:
        seed: Of torch's generators.
    """
    if _seed_around.get() == seed:
        yield
        return
    strict = torch.are_deterministic_algorithms_enabled()
    devices = []
    if torch.cuda.is_available():
        devices = [torch.cuda.current_device()]
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # torch's condition for determinism there
    with torch.random.fork_rng(devices=devices), one_thread():
        torch.manual_seed(seed)
        torch.use_deterministic_algorithms(True)
        token = _seed_around.set(seed)
        try:
            yield
        finally:
            _seed_around.reset(token)
            torch.use_deterministic_algorithms(strict)
