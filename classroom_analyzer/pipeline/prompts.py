"""How soon the chat answers: from the end of a teacher's question to the next chat line.

The question comes from the words and the line from the chat; the engine knows both.
"""

from __future__ import annotations

from collections import deque
from statistics import median

from classroom_analyzer.domain.clock import NS_PER_S, to_ns, to_s
from classroom_analyzer.domain.readings import Reading

__all__ = ["PromptLatency"]

NAME, UNIT = "chat_rate.latency", "s"
READING_WINDOW_NS = 120 * NS_PER_S
ANSWER_WITHIN_NS = 60 * NS_PER_S  # a later line answers something else
LATE_WORDS_NS = 60 * NS_PER_S  # recognised words come later than the lines that answer them
STEP_NS = NS_PER_S // 20  # of a flood the first line of each step is kept, so that memory stays flat


class PromptLatency:
    """Latencies of one lesson."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}  # step: time of its first line
        self._open: list[int] = []
        self._answered: deque[tuple[int, int]] = deque()

    def ask(self, end_ns: int) -> None:
        """Take the end of a teacher's question; late ones may come in any order."""
        self._open.append(end_ns)

    def answer(self, t_ns: int) -> None:
        """Take the time of a line that is not the teacher's own."""
        step = t_ns // STEP_NS
        self._lines[step] = min(self._lines.get(step, t_ns), t_ns)

    def second(self, t_s: int, words: Reading | None, chat: Reading | None) -> Reading:
        """Close the second that ends at ``t_s``; called once per second, in order.

        Args:
            t_s: End of the second.
            words: The teacher's questions of this second; None, or without a value, where they are not known.
            chat: The messages of this second; None, or without a value, where the chat is not connected.

        Returns:
            Median over the questions that ended in the last 120 s and had a line within 60 s, with their number. No
            value where there are none; its quality is that of both readings.
        """
        now_ns = to_ns(t_s)
        still_open = []
        for end_ns in self._open:
            line_ns = min((t for t in self._lines.values() if end_ns <= t <= end_ns + ANSWER_WITHIN_NS), default=None)
            if line_ns is not None and line_ns <= now_ns:
                self._answered.append((end_ns, line_ns - end_ns))
            elif now_ns < end_ns + ANSWER_WITHIN_NS:
                still_open.append(end_ns)
        self._open = still_open
        self._answered = deque(one for one in self._answered if one[0] > now_ns - READING_WINDOW_NS)
        oldest_ns = now_ns - ANSWER_WITHIN_NS - LATE_WORDS_NS
        self._lines = {step: t_ns for step, t_ns in self._lines.items() if t_ns >= oldest_ns}
        waits_s = [to_s(wait_ns) for _, wait_ns in self._answered]
        if not waits_s or words is None or chat is None or words.quality is None or chat.quality is None:
            return Reading(NAME, None, UNIT, None, len(waits_s))
        return Reading(NAME, median(waits_s), UNIT, words.quality * chat.quality, len(waits_s))
