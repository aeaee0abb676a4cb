"""What every way to record sound gives: samples, and when they were handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.errors import DeviceUnavailableError

__all__ = ["Arrival", "SoundInput", "picked"]


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """What was handed over at once.

    Attributes:
        arrival_ns: When; ``time.monotonic_ns`` or any other clock that counts ns evenly.
        rate_hz: As the device says; its own clock may differ by some 100 ppm.
        samples: ``(n,) float32`` mono.
    """

    arrival_ns: int
    rate_hz: int
    samples: NDArray[np.float32]


class SoundInput(Protocol):
    """An open microphone."""

    @property
    def gone(self) -> bool:
        """Whether nothing more will come."""
        ...

    @property
    def overrun_samples(self) -> int:
        """Samples that were lost because ``read`` was not called for 30 s."""
        ...

    def read(self) -> list[Arrival]:
        """What came since the last call, oldest first; returns at once."""
        ...

    def close(self) -> None:
        """End; may block while the sound system hangs."""
        ...


def picked(wanted: str, names: Sequence[str]) -> str:
    """The one name that is meant: the same, or the only one that begins so.

    Raises:
        DeviceUnavailableError: There is none, or more than one.
    """
    same = [name for name in names if name == wanted]
    begin = [name for name in names if name.casefold().startswith(wanted.casefold())]
    if len(same) == 1:
        return wanted
    if len(begin) == 1:
        return begin[0]
    reason = "the name fits several" if begin else "there is no such microphone"
    raise DeviceUnavailableError(wanted, reason, tuple(dict.fromkeys(names)))
