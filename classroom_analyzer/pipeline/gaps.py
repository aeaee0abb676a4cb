"""Follows when each source gave nothing, so that a gap is kept as a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from classroom_analyzer.domain.live import DeviceHealth, SourceState
from classroom_analyzer.domain.modality import Modality

__all__ = ["Gap", "GapBook"]

LOST_AFTER_S = 3.0  # a source counts as lost so long after its last data (TRUST section 3)
ABSENT = frozenset({SourceState.LOST, SourceState.RETRY, SourceState.OFF})  # off: it failed too often


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a source.

    Attributes:
        modality: What it feeds.
        from_s: Lesson time of its last data.
        to_s: When it was back, or the lesson's end.
        reason: Why, for people.
    """

    modality: Modality
    from_s: float
    to_s: float
    reason: str


class GapBook:
    """One lesson's sources."""

    def __init__(self) -> None:
        self._open: dict[tuple[Modality, str], tuple[float, str]] = {}
        self._states: dict[tuple[Modality, str], SourceState] = {}

    def follow(self, now_s: float, devices: Iterable[DeviceHealth]) -> tuple[list[Gap], list[DeviceHealth]]:
        """Look at all sources.

        Args:
            now_s: Lesson time.
            devices: How each is doing.

        Returns:
            Gaps that ended, and the devices whose state changed since the last look.
        """
        ended, changed = [], []
        for device in devices:
            key = (device.modality, device.name)
            before = self._states.get(key)
            if before is not device.state:
                self._states[key] = device.state
                changed.append(device)
            if device.state in ABSENT:
                reason = device.detail or f"{device.name} gave nothing"
                began_s, known = self._open.get(key, (max(0.0, now_s - LOST_AFTER_S), ""))
                self._open[key] = (began_s, known or reason)
            elif key in self._open and device.state is not SourceState.STALE:
                from_s, reason = self._open.pop(key)
                ended.append(Gap(device.modality, from_s, now_s, reason))
        return ended, changed

    def close(self, now_s: float) -> list[Gap]:
        """End of the lesson: gaps that are still open."""
        ended = [Gap(key[0], from_s, now_s, reason) for key, (from_s, reason) in self._open.items()]
        self._open.clear()
        return ended
