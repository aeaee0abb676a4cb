"""Keeps the last ten minutes of what was measured, and says what a moment of the class line rests on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from statistics import fmean, pstdev

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.domain.live import Change, Why
from classroom_analyzer.domain.readings import Reading
from classroom_analyzer.pipeline.seconds import ClosedSecond

__all__ = ["KEPT_S", "WhyHistory"]

KEPT_S = 600
APART_S = 30  # a moment is compared with what lies so far before it
COMPARED_S = 60
CHAT_S = 120
LEAST_SPREAD = 1e-6


class WhyHistory:
    """The lesson's newest ten minutes. One thread pushes; others may ask."""

    def __init__(self) -> None:
        self._estimates: dict[int, ClassEstimate | None] = {}
        self._readings: dict[int, Mapping[str, Reading]] = {}
        self._order: deque[int] = deque()

    def push(self, second: ClosedSecond) -> None:
        """Add a closed second."""
        if len(self._order) == KEPT_S:
            oldest_s = self._order.popleft()
            del self._estimates[oldest_s], self._readings[oldest_s]
        self._estimates[second.t_s] = second.estimate
        self._readings[second.t_s] = {r.name: r for r in second.readings}
        self._order.append(second.t_s)

    def why(self, t_s: int, chat: Sequence[ChatMessage]) -> Why | None:
        """Say what the second rests on.

        Args:
            t_s: A closed second of the last ten minutes.
            chat: The newest lines of the lesson, oldest first.
        """
        now = self._readings.get(t_s)
        if now is None:
            return None
        return Why(
            t_s=t_s,
            estimate=self._estimates[t_s],
            before=self._estimate_before(t_s),
            changes=self._changes(t_s, now),
            chat=tuple(m for m in chat if t_s - CHAT_S <= to_s(m.t_ns) <= t_s),
        )

    def _estimate_before(self, t_s: int) -> ClassEstimate | None:
        for earlier_s in range(t_s - APART_S, t_s - KEPT_S, -1):
            found = self._estimates.get(earlier_s)
            if found is not None and found.engagement is not None:
                return found
        return None

    def _changes(self, t_s: int, now: Mapping[str, Reading]) -> tuple[Change, ...]:
        changes = []
        for name, reading in now.items():
            before = self._values(name, t_s - APART_S - COMPARED_S + 1, t_s - APART_S + 1)
            change = Change(name, reading.unit, reading.value, fmean(before) if before else None)
            changes.append((self._moved(name, change), change))
        changes.sort(key=lambda item: -item[0])
        return tuple(change for _, change in changes)

    def _moved(self, name: str, change: Change) -> float:
        """How far it moved, in units of its own spread over the ten minutes; 0 when that cannot be told."""
        if change.now is None or change.before is None:
            return 0.0
        known = self._values(name, self._order[0], self._order[-1] + 1)
        moved = abs(change.now - change.before) / max(pstdev(known), LEAST_SPREAD)
        return moved if math.isfinite(moved) else 0.0

    def _values(self, name: str, from_s: int, to_s: int) -> list[float]:
        rows = (self._readings.get(t_s, {}).get(name) for t_s in range(from_s, to_s))
        return [row.value for row in rows if row is not None and row.value is not None]
