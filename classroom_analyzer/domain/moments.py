"""When a stretch of a lesson counts as a dip or a rise: the one rule for reports and for measuring how often it errs.

A stretch of two minutes stands out when at least half of it, and at least a minute, has an estimate and its whole band
lies on one side of the lesson's own median (VALIDITY section 4: nothing is called a change unless intervals separate).
"""

from __future__ import annotations

__all__ = ["LEAST_EVIDENCE_S", "STRETCH_S", "distance_from_usual", "is_estimated"]

STRETCH_S = 120
LEAST_EVIDENCE_S = 60  # nothing is said about less


def is_estimated(estimated: float, windows: float) -> bool:
    """Whether a stretch has enough windows with an estimate to stand for itself; otherwise it is a gap."""
    return estimated > 0 and 2 * estimated >= windows


def distance_from_usual(low: float | None, high: float | None, estimated_s: float, median: float) -> float:
    """Say how far a stretch lies from the usual.

    Args:
        low: Mean lower end of its windows' bands; None for a gap.
        high: Mean upper end.
        estimated_s: Seconds of it with an estimate.
        median: Of the lesson's estimates.

    Returns:
        Below 0 for a dip, above 0 for a rise, 0 when the band holds the median or there is too little evidence.
    """
    if low is None or high is None or estimated_s < LEAST_EVIDENCE_S:
        return 0.0
    if low > median:
        return low - median
    return min(high - median, 0.0)
