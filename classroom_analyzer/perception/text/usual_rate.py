"""How busy the chat is against what is usual in this lesson: messages of the last minute as a robust z-score.

z = (x - median) / (1.4826 MAD) over the lesson's own minutes so far (VALIDITY.md section 4), at most 4 either way.
"""

from __future__ import annotations

from collections import deque
from statistics import median

__all__ = ["UsualRate"]

MINUTE_S = 60
LEAST_MINUTES = 5
MOST_MINUTES = 600  # ten hours
LEAST_MAD = 1.0  # message a minute: in a quiet chat one message more is nothing unusual
FARTHEST = 4.0
MAD_TO_SPREAD = 1.4826


class UsualRate:
    """The minutes of one lesson's chat; seconds in which it was not connected do not count."""

    def __init__(self) -> None:
        self._minutes: deque[int] = deque(maxlen=MOST_MINUTES)
        self._last: deque[int] = deque(maxlen=MINUTE_S)
        self._seconds = 0

    def push(self, messages: int) -> None:
        """Take the number of messages of a connected second."""
        self._last.append(messages)
        self._seconds += 1
        if self._seconds % MINUTE_S == 0:
            self._minutes.append(sum(self._last))

    def z(self) -> float | None:
        """Return z of the last 60 connected seconds; None before five whole minutes."""
        if len(self._minutes) < LEAST_MINUTES:
            return None
        middle = median(self._minutes)
        mad = max(median(abs(count - middle) for count in self._minutes), LEAST_MAD)
        return float(min(max((sum(self._last) - middle) / (MAD_TO_SPREAD * mad), -FARTHEST), FARTHEST))
