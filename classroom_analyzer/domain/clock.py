"""The lesson clock: nanoseconds since the lesson began. Wall time is an annotation, never a basis."""

from __future__ import annotations

__all__ = ["NS_PER_S", "to_ns", "to_s"]

NS_PER_S = 1_000_000_000


def to_ns(t_s: float) -> int:
    """Seconds to nanoseconds, rounded to the nearest."""
    return round(t_s * NS_PER_S)


def to_s(t_ns: int) -> float:
    """Nanoseconds to seconds."""
    return t_ns / NS_PER_S
