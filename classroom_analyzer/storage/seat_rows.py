"""One seat in one second, packed for sealing: doubles and two status words instead of a dozen table rows."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.domain.readings import FineFigures, SeatSecond

__all__ = ["BOUNDED_NAME", "ESTIMATE_NAME", "FINE_NAMES", "SEAT_VALUE_NAMES", "pack_seat", "unpack_seats"]

_MEASURED = ("face_presence", "facing_target", "movement", "yaw_deg", "pitch_deg", "iod_px", "novelty")
FINE_NAMES = tuple(field.name for field in fields(FineFigures))
SEAT_VALUE_NAMES = (*_MEASURED, *FINE_NAMES)
BOUNDED_NAME = "facing_target"  # the one of them that has an interval
ESTIMATE_NAME = "engagement"
# The named values, the interval of one, their quality; then engagement, low, high and their quality.
_NUMBERS = struct.Struct(f"<{len(SEAT_VALUE_NAMES) + 7}d")
_NAN = math.nan


def pack_seat(second: SeatSecond | None, estimate: SeatEstimate | None) -> bytes:
    """Pack what is known of one seat in one second.

    Args:
        second: Measured values; of an excluded seat only the status is kept.
        estimate: Estimate of the same seat and second.
    """
    values: list[float | None] = [None] * (len(SEAT_VALUE_NAMES) + 3)
    if second is not None and second.status != EstimateStatus.EXCLUDED:
        values = [getattr(second, name) for name in _MEASURED] + [getattr(second.fine, name) for name in FINE_NAMES]
        values += [second.facing_low, second.facing_high, second.quality]
    judged: list[float | None] = [None] * 4
    if estimate is not None:
        judged = [estimate.engagement, estimate.low, estimate.high, estimate.quality]
    numbers = _NUMBERS.pack(*(_NAN if v is None else v for v in (*values, *judged)))
    words = f"{second.status if second else ''}|{estimate.status if estimate else ''}"
    return numbers + words.encode("ascii")


def unpack_seats(packed: Sequence[bytes]) -> tuple[NDArray[np.float64], list[str], list[str]]:
    """Undo ``pack_seat`` for many seconds of one seat.

    Args:
        packed: n results of ``pack_seat``.

    Returns:
        ``(n, len(SEAT_VALUE_NAMES) + 7) float64``: the values of ``SEAT_VALUE_NAMES``, low and high of
        ``BOUNDED_NAME``, their quality, the estimate, its low, high and quality, NaN where there is none; then n status
        words of the values and n of the estimate, empty where there is none.
    """
    numbers = np.frombuffer(b"".join(p[: _NUMBERS.size] for p in packed), dtype="<f8").reshape(len(packed), -1)
    words = [p[_NUMBERS.size :].decode("ascii").partition("|") for p in packed]
    return numbers, [w[0] for w in words], [w[2] for w in words]
