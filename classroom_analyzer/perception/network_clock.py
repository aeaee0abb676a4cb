"""How much of the time goes into the networks themselves: the floor that the bench holds every stage against.

Each forward pass runs inside ``network_call``. That costs nothing worth measuring unless somebody is measuring.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

__all__ = ["NetworkTime", "measure_networks", "network_call"]


@dataclass(slots=True)
class NetworkTime:
    """Time spent inside networks.

    Attributes:
        total_s: Wall time of all forward passes.
        calls: Their number.
    """

    total_s: float = 0.0
    calls: int = 0


_measured: ContextVar[NetworkTime | None] = ContextVar("measured", default=None)


@contextmanager
def network_call() -> Iterator[None]:
    """Count what runs inside as network time; put nothing else inside than the forward pass."""
    measured = _measured.get()
    if measured is None:
        yield
        return
    started_s = time.perf_counter()
    try:
        yield
    finally:
        measured.total_s += time.perf_counter() - started_s
        measured.calls += 1


@contextmanager
def measure_networks() -> Iterator[NetworkTime]:
    """Add up the network time of everything that this thread runs inside."""
    total = NetworkTime()
    token = _measured.set(total)
    try:
        yield total
    finally:
        _measured.reset(token)
