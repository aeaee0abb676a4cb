"""When to detect: about four times a second, less often when the machine cannot keep up with a live lesson.

Between two detections faces are followed (``follow``). At the usual four analysed pictures a second every picture is
detected; a faster stream, or a slower machine, makes it every k-th.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom_analyzer.domain.clock import NS_PER_S, to_ns

__all__ = ["USUAL_PER_S", "DetectionCadence"]

USUAL_PER_S = 4.0
LONGEST_GAP_NS = NS_PER_S  # people do not leave a seat unnoticed for longer
MAX_SHARE = 0.5  # of the time may go into detection; the rest belongs to everything else
FOLLOW = 0.2  # share of the newest detection in the mean cost
ROUNDING_NS = NS_PER_S // 100  # containers round times to milliseconds, cameras jitter by more


@dataclass(slots=True)
class DetectionCadence:
    """Decides frame by frame.

    Attributes:
        per_s: Detections per second while the machine keeps up.
        by_load: Whether the gap follows what detections cost. A recording is never in a hurry, and must give the same
            result on every machine: False.
    """

    per_s: float = USUAL_PER_S
    by_load: bool = False
    _detected_ns: int | None = None
    _cost_s: float = 0.0
    _at_once: bool = False

    @property
    def gap_ns(self) -> int:
        """Present time from one detection to the next."""
        usual_ns = to_ns(1 / self.per_s)
        if not self.by_load:
            return usual_ns
        return max(usual_ns, min(to_ns(self._cost_s / MAX_SHARE), LONGEST_GAP_NS))

    def is_due(self, t_ns: int) -> bool:
        """Whether to detect in the frame of this time."""
        before = self._detected_ns
        return before is None or self._at_once or t_ns - before >= self.gap_ns - ROUNDING_NS

    def detected(self, t_ns: int, cost_s: float) -> None:
        """Say that the frame of this time was searched, and how long that took."""
        self._detected_ns, self._at_once = t_ns, False
        self._cost_s = cost_s if not self._cost_s else (1 - FOLLOW) * self._cost_s + FOLLOW * cost_s

    def hurry(self) -> None:
        """Detect in the next frame whatever its time, because a face could not be followed."""
        self._at_once = True
