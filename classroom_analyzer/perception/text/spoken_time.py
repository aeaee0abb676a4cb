"""How long each role speaks, with several voices of one role at once counted once."""

from __future__ import annotations

from classroom_analyzer.domain.clock import to_s
from classroom_analyzer.domain.transcript import SpeakerRole

__all__ = ["RoleLengths"]


class RoleLengths:
    """Adds up stretches by role."""

    def __init__(self) -> None:
        self._lengths_ns = dict.fromkeys(SpeakerRole, 0)
        self._until_ns = dict.fromkeys(SpeakerRole, 0)

    def add(self, start_ns: int, end_ns: int, role: SpeakerRole) -> None:
        """Add a stretch; stretches come by start, one that ends before it starts adds nothing."""
        self._lengths_ns[role] += max(end_ns - max(start_ns, self._until_ns[role]), 0)
        self._until_ns[role] = max(self._until_ns[role], end_ns)

    def seconds(self, role: SpeakerRole) -> float:
        """Speech of a role so far."""
        return to_s(self._lengths_ns[role])
