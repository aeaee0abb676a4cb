"""What a running lesson shows: the newest snapshot, its ten minutes of history and its newest chat lines."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path
from threading import Lock

from classroom_analyzer.domain.chat import ChatMessage
from classroom_analyzer.domain.estimates import ClassEstimate
from classroom_analyzer.domain.live import Dashboard, Why
from classroom_analyzer.domain.policy import Policy
from classroom_analyzer.pipeline.seconds import ClosedSecond
from classroom_analyzer.pipeline.why import KEPT_S, WhyHistory

__all__ = ["LiveBoard"]

CHAT_LINES = 200
RATE_S = 10  # the rate of analysed pictures is that of so many seconds


class LiveBoard:
    """Filled by the lesson's thread, asked by any other.

    Args:
        policy: Of the lesson.
        duration_s: Length of the lesson where it is known.
        folder: Of the lesson.
        warnings: So far.
    """

    def __init__(self, policy: Policy, duration_s: float | None, folder: Path, warnings: tuple[str, ...]) -> None:
        self._lock = Lock()
        self._history = WhyHistory()
        self._estimates: deque[ClassEstimate] = deque(maxlen=KEPT_S)
        self._frames: deque[int] = deque(maxlen=RATE_S)
        self._chat: deque[ChatMessage] = deque(maxlen=CHAT_LINES)
        self._snapshot = Dashboard(0, duration_s, policy, (), (), {}, (), (), folder, warnings, False, None)

    def snapshot(self) -> Dashboard:
        """The newest closed second."""
        with self._lock:
            return self._snapshot

    def add_message(self, message: ChatMessage) -> None:
        """Show a chat line with the next second."""
        with self._lock:
            self._chat.append(message)

    def publish(self, second: ClosedSecond, behind_s: float | None, warnings: tuple[str, ...]) -> None:
        """Show a closed second."""
        with self._lock:
            self._history.push(second)
            if second.estimate is not None:
                self._estimates.append(second.estimate)
            if second.vision is not None:
                self._frames.append(second.vision.frames)
            elif self._frames:  # a lost second
                self._frames.append(0)
            self._snapshot = replace(
                self._snapshot,
                t_s=second.t_s,
                estimates=tuple(self._estimates),
                seats=second.seats,
                readings={r.name: r for r in second.readings},
                chat=tuple(self._chat),
                warnings=warnings,
                behind_s=behind_s,
                analysed_fps=sum(self._frames) / len(self._frames) if self._frames else None,
            )

    def why(self, t_s: int) -> Why | None:
        """Say what a second rests on."""
        with self._lock:
            return self._history.why(t_s, tuple(self._chat))
