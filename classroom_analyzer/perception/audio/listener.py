"""The seam for whoever wants the sound behind the speech gate: who speaks, what is said."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["VoiceListener"]


class VoiceListener(Protocol):
    """Is given every decided stretch of 32 ms frames, in order, 0.2 to 0.3 s late."""

    def push(self, start_ns: int, frames: NDArray[np.float32], voiced: NDArray[np.bool_]) -> None:
        """Take a stretch.

        Args:
            start_ns: Time of the first sample, lesson clock.
            frames: ``(n, 512) float32`` mono at 16 kHz, full scale is [-1, 1].
            voiced: ``(n,) bool`` speech.
        """
        ...

    def gap(self) -> None:
        """Sound was missing here: nothing carries over."""
        ...
