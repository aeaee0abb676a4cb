"""One seat in one second, packed for sealing: 12 doubles and two status words instead of eight table rows."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

from classroom_analyzer.domain.estimates import EstimateStatus, SeatEstimate
from classroom_analyzer.domain.readings import SeatSecond

__all__ = ["ESTIMATE_NAME", "SEAT_VALUE_NAMES", "SeatRow", "pack_seat", "unpack_seat"]

SEAT_VALUE_NAMES = ("face_presence", "facing_target", "movement", "yaw_deg", "pitch_deg", "iod_px", "novelty")
ESTIMATE_NAME = "engagement"
# The named values, their quality; then engagement, low, high and their quality.
_NUMBERS = struct.Struct("<12d")
_NAN = math.nan

# name, value, low, high, quality, status
SeatRow = tuple[str, float | None, float | None, float | None, float | None, str]


def pack_seat(second: SeatSecond | None, estimate: SeatEstimate | None) -> bytes:
    """Pack what is known of one seat in one second.

    Args:
        second: Measured values; of an excluded seat only the status is kept.
        estimate: Estimate of the same seat and second.
    """
    values: list[float | None] = [None] * 8
    if second is not None and second.status != EstimateStatus.EXCLUDED:
        values = [getattr(second, name) for name in SEAT_VALUE_NAMES] + [second.quality]
    judged: list[float | None] = [None] * 4
    if estimate is not None:
        judged = [estimate.engagement, estimate.low, estimate.high, estimate.quality]
    numbers = _NUMBERS.pack(*(_NAN if v is None else v for v in (*values, *judged)))
    words = f"{second.status if second else ''}|{estimate.status if estimate else ''}"
    return numbers + words.encode("ascii")


def unpack_seat(data: bytes) -> Iterator[SeatRow]:
    """Yield the table rows of ``pack_seat``: one per measured name, one for the estimate."""
    numbers = [None if math.isnan(v) else v for v in _NUMBERS.unpack_from(data)]
    measured, _, judged = data[_NUMBERS.size :].decode("ascii").partition("|")
    if measured:
        for name, value in zip(SEAT_VALUE_NAMES, numbers, strict=False):
            yield name, value, None, None, numbers[7], measured
    if judged:
        yield ESTIMATE_NAME, numbers[8], numbers[9], numbers[10], numbers[11], judged
